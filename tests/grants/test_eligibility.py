"""May we apply? Each answer has its rule, the limits themselves fit, and asking stores nothing."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from portal.grants import queries
from portal.grants.eligibility import ELSEWHERE, Asked, answers
from portal.grants.models import Call
from portal.ground import clock
from portal.words.i18n import in_language
from tests.factories.grants import make_call

pytestmark = pytest.mark.usefixtures("app")
FITS = {"who": "organisation", "place": "PL-10", "amount": "3000"}


@pytest.fixture
def call() -> Call:
    """For organisations and groups with a patron in PL-10, from 2,000 to 5,000 zł."""
    return make_call()


def fits(call: Call, **asked: Any) -> list[bool]:
    given = {"who": "organisation", "place": "PL-10", "amount": Decimal(3000), **asked}
    return [one.fits for one in answers(call, queries.places_of(call.id), Asked(**given))]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [True] * 4),
        ({"who": "group-with-patron"}, [True] * 4),
        ({"who": "group"}, [False, True, True, True]),
        ({"place": ELSEWHERE}, [True, False, True, True]),
        ({"place": "PL-14"}, [True, False, True, True]),
        ({"amount": Decimal("1999.99")}, [True, True, False, True]),
        ({"amount": Decimal(2000)}, [True] * 4),
        ({"amount": Decimal(5000)}, [True] * 4),
        ({"amount": Decimal("5000.01")}, [True, True, False, True]),
    ],
)
def test_what_fits_and_what_does_not(call: Call, asked: dict[str, Any], expected: list[bool]) -> None:
    assert fits(call, **asked) == expected


def test_until_when_follows_from_the_clock(call: Call, frozen_clock: Any) -> None:
    assert call.opens_at is not None and call.closes_at is not None

    def when(moment: dt.datetime) -> str:
        frozen_clock.set(moment)
        with in_language("en"):
            asked = Asked("organisation", "PL-10", Decimal(3000))
            return answers(call, queries.places_of(call.id), asked)[-1].words

    minute = dt.timedelta(minutes=1)
    assert when(call.opens_at - minute).startswith("Applications are taken later, from: ")
    assert when(call.opens_at).startswith("Applications are taken until: ")
    assert when(call.closes_at - minute).startswith("Applications are taken until: ")
    assert when(call.closes_at).startswith("The deadline has passed: ")


def test_a_cancelled_call_is_said_to_be_cancelled() -> None:
    found = answers(make_call(status="cancelled"), (), Asked("organisation", ELSEWHERE, Decimal(3000)))
    with in_language("en"):
        again = answers(make_call(status="cancelled"), (), Asked("organisation", ELSEWHERE, Decimal(3000)))
    assert not found[-1].fits and again[-1].words == "The call is cancelled and takes no applications."


def test_the_page_answers_without_an_account_and_keeps_nothing(call: Call, client: Any) -> None:
    answer = client.get(f"/en/grants/{call.slug}", query_string={**FITS, "amount": "3 000,50"})
    page = answer.text.replace("\u00a0", " ")
    assert "Yes, you may apply" in page and "One grant is from" in page and "noindex" in page
    assert 'value="3 000,50"' in page and "Set-Cookie" not in answer.headers and "csrf" not in page
    refused = client.get(f"/en/grants/{call.slug}", query_string={"who": "group", "place": ELSEWHERE, "amount": "9000"})
    page = refused.text.replace("\u00a0", " ")
    assert "No, not in this call" in page and page.count("Does not fit:") == 3 and "at most" in page


@pytest.mark.parametrize(
    "asked",
    [
        {"who": "", "place": "", "amount": ""},
        {"who": "x\x00", "place": "PL-99", "amount": "-1"},
        {"who": "organisation", "place": "PL-10", "amount": "9" * 400},
        {"amount": "0"},
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(call: Call, client: Any, asked: dict[str, str]) -> None:
    answer = client.get(f"/en/grants/{call.slug}", query_string=asked)
    assert answer.status_code == 200 and "Yes, you may apply" not in answer.text and "field wrong" in answer.text


def test_drafts_and_closed_calls_are_not_asked(client: Any, frozen_clock: Any) -> None:
    call = make_call()
    assert "May we apply?" in client.get(f"/en/grants/{call.slug}").text
    assert call.closes_at is not None
    frozen_clock.set(call.closes_at)
    assert "May we apply?" not in client.get(f"/en/grants/{call.slug}", query_string=FITS).text
    assert clock.now() == call.closes_at
