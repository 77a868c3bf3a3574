"""What an organisation wrote is found as long as its profile is public, and no longer."""

from flask import Flask

from portal.ground.authz import PORTAL
from portal.news.models import KIND
from portal.organisations.models import OrganisationStatus
from portal.organisations.services import change_status
from portal.words.search import search
from tests.factories.news import make_post
from tests.factories.organisations import make_organisation


def found(words: str) -> list[str]:
    return [hit.url for hit in search(words, lang="pl", kinds=[KIND], limit=5, offset=0).items]


def test_posts_leave_search_with_the_profile_and_come_back(app: Flask) -> None:
    organisation = make_organisation()
    shown = make_post(organisation, title="Jarmark wiklinowy", state="published")
    make_post(organisation, title="Jarmark odwołany", state="draft")
    assert found("jarmark") == [f"news/{shown.slug}"]
    change_status(organisation, OrganisationStatus.HIDDEN, by=PORTAL)
    assert found("jarmark") == []
    change_status(organisation, OrganisationStatus.PUBLISHED, by=PORTAL)
    assert found("jarmark") == [f"news/{shown.slug}"]
