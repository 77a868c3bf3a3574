"""Several people of one mailbox where seats are kept for sectors."""

import pytest
from flask import Flask

from portal.ground.errors import Refusal
from portal.registration import services
from tests.factories.events import make_event
from tests.factories.registrations import confirmed, keep
from tests.registration.test_together import NAMES, come, statuses


def test_seats_that_are_kept_for_their_sector_are_free_for_a_party(app: Flask) -> None:
    event = make_event(seats=3, asks_organisation=True)
    keep(event, 2, "local-government")
    confirmed(event, sector="media")
    with pytest.raises(Refusal):
        come(event, NAMES[:2], sector="media", whole=True)
    services.confirm_together(come(event, NAMES[:2], key="inny", sector="local-government", whole=True))
    assert statuses(event) == ["confirmed"] * 2
