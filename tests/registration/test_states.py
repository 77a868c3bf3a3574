"""What belongs to the steps of a registration."""

import pytest
from flask import Flask

from portal.registration import services
from tests.factories.events import make_event, refreshed
from tests.factories.registrations import confirmed


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_calendars_hear_of_an_end_by_a_higher_sequence(app: Flask) -> None:
    registration = confirmed(make_event())
    before = registration.sequence
    services.cancel(registration.id)
    ended = refreshed(registration)
    assert (ended.sequence, ended.cancelled_at is not None) == (before + 1, True)
