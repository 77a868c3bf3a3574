"""What is hidden cannot be found out: a stranger is answered as if it did not exist, at every address."""

import pytest
from flask import Flask

from portal.ground.authz import requires
from portal.ground.sights import Everybody
from portal.membership.policies import Permission as Membership
from portal.news.policies import Permission as News
from portal.organisations import queries as organisations
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.support import hidden

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def browsers(as_person):
    """Of a visitor, and of somebody with an account and nothing to do with it."""
    return as_person(None), as_person(make_person())


def test_stranger_is_answered_as_if_it_did_not_exist(app: Flask, browsers) -> None:
    routes = list(hidden.routes(app))
    assert len(routes) > 60
    found = hidden.leaks(app, browsers, hidden.hidden_objects(), routes)
    assert not found, "\n".join(f"{endpoint} {how}" for endpoint, how in found.items())


def test_draft_that_can_be_found_out_is_seen(app: Flask, browsers, monkeypatch) -> None:
    """The three routes that once told a draft from nothing, as they were: without a sight."""
    asked = {
        "membership.of_organisation": Membership.SEE_NETWORKS_OF,
        "membership.send_for_review": Membership.SEND_FOR_REVIEW,
        "news.new_for_organisation": News.WRITE_FOR_ORGANISATION,
    }
    for endpoint, permission in asked.items():
        view = requires(permission, on=organisations.by_slug, see=Everybody("as it was"))(lambda organisation: "")
        monkeypatch.setitem(app.view_functions, endpoint, view)
    routes = [route for route in hidden.routes(app) if route.endpoint in asked]
    assert hidden.leaks(app, browsers, hidden.hidden_objects(), routes).keys() == asked.keys()


def test_mail_about_a_draft_leads_its_people_to_the_sign_in(app: Flask, as_person) -> None:
    draft = make_organisation(status="draft")
    answer = as_person(None).get(f"/pl/organisations/{draft.slug}/networks")
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/pl/account/sign-in")


def test_words_typed_into_a_draft_outlive_the_session(app: Flask, as_person) -> None:
    """Who was signed out while writing is asked to sign in with the words kept, and so is who writes to nothing."""
    draft, typed = make_organisation(status="draft"), {"name": "Koło Lipa", "summary": "Długo pisane zdanie."}
    for slug in (draft.slug, "nie-ma"):
        answer = as_person(None).post(f"/pl/organisations/{slug}/edit/work", data=typed)
        assert answer.status_code == 403 and "Długo pisane zdanie." in answer.text
    assert as_person(make_person()).post(f"/pl/organisations/{draft.slug}/edit/work", data=typed).status_code == 404
