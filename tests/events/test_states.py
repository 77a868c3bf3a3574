"""What must hold before an event and its sessions take a step."""

import datetime as dt

import pytest
from flask import Flask

from portal.events import services
from portal.events.models import EventStatus, SessionStatus
from portal.ground import clock
from portal.ground.errors import Conflict, Refusal, Refusals
from tests.factories.events import make_coordinator, make_event, make_network, make_session, refreshed

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_a_session_of_a_draft_is_not_cancelled_but_deleted(app: Flask) -> None:
    network = make_network()
    session = make_session(make_event(network, status=EventStatus.DRAFT))
    with pytest.raises(Conflict):
        services.cancel_session(session, reason="Choroba.", by=make_coordinator(network))
    assert refreshed(session).status == SessionStatus.SCHEDULED


def test_what_a_draft_lacks_is_said_all_at_once(app: Flask) -> None:
    network = make_network()
    over = make_event(network, status=EventStatus.DRAFT, starts_at=clock.now() - dt.timedelta(days=30))
    with pytest.raises(Refusals) as refused:
        services.publish_event(over, by=make_coordinator(network))
    assert len(refused.value.parts) == 2


def test_what_people_have_booked_is_not_cancelled_without_a_reason(app: Flask) -> None:
    network = make_network()
    event = make_event(network)
    session, coordinator = make_session(event), make_coordinator(network)
    for cancel, row in ((services.cancel_session, session), (services.cancel_event, event)):
        with pytest.raises(Refusal) as refused:
            cancel(row, reason=" ", by=coordinator)
        assert refused.value.field == "reason"
