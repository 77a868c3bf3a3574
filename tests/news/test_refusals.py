"""What the services of posts refuse, whoever calls them: they look again behind the page that looked first."""

import datetime as dt

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.errors import Conflict, Refusal
from portal.news import services
from portal.news.models import PostStatus
from tests.factories.news import fresh, make_post
from tests.fixtures.pages import FrozenClock

TOMORROW = dt.datetime(2026, 11, 22, 8, 0)  # on the wall in Warsaw


def test_post_that_became_public_meanwhile_is_not_called_back(app: Flask, frozen_clock: FrozenClock) -> None:
    post = make_post(state="scheduled", at=TOMORROW)
    frozen_clock.set(dt.datetime(2026, 11, 22, 7, 0, tzinfo=dt.UTC))  # its very moment
    with pytest.raises(Conflict):
        services.call_back_post(post, by=PORTAL)
    assert fresh(post).status == PostStatus.SCHEDULED
    services.unpublish_post(post, by=PORTAL)
    assert fresh(post).status == PostStatus.UNPUBLISHED


def test_steps_that_do_not_exist_are_refused(app: Flask, frozen_clock: FrozenClock) -> None:
    public, draft = make_post(), make_post(state="draft")
    for step in (
        lambda: services.publish_post(public, by=PORTAL),
        lambda: services.schedule_post(public, at=TOMORROW, by=PORTAL),
        lambda: services.unpublish_post(draft, by=PORTAL),
        lambda: services.call_back_post(draft, by=PORTAL),
    ):
        with pytest.raises(Conflict):
            step()


def test_only_drafts_are_deleted_whoever_asks(app: Flask) -> None:
    public = make_post()
    with pytest.raises(Refusal):
        services.delete_post(public, by=PORTAL)
    assert fresh(public).status == PostStatus.PUBLISHED
