"""Calendars to subscribe to, as programs fetch them."""

from typing import Any

from werkzeug.test import TestResponse

from portal.accounts.models import Person
from portal.accounts.queries import account_of
from portal.registration import services
from portal.registration.models import Registration
from tests.support.calendars import entries
from tests.support.client import CheckedClient


def subscribe(whose: Person | Registration, language: str = "pl") -> str:
    """The path of a new address, of everything that somebody is registered for or of one registration."""
    owner = account_of(whose) if isinstance(whose, Person) else whose
    assert owner is not None
    return f"/{language}/registration/feed/{services.make_feed(owner)}.ics"


def fetched(client: CheckedClient, path: str) -> TestResponse:
    """What a program gets that has never asked before."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar"), answer.status
    return answer


def feed(client: CheckedClient, path: str) -> dict[str, Any]:
    """The entries of a calendar, by UID; none stands in it twice."""
    content = fetched(client, path).data
    found = entries(content)
    assert content.count(b"BEGIN:VEVENT") == len(found)
    return found
