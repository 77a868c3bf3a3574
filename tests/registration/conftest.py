"""What tests of registration begin with."""

from typing import Any

import pytest
from flask import Flask

from portal.events.models import Event
from tests.factories.events import make_event, make_team_member


@pytest.fixture
def event(app: Flask) -> Event:
    """A public event."""
    return make_event()


@pytest.fixture
def desk(event: Event) -> Any:
    """Somebody who registers people at its desk."""
    return make_team_member(event, "desk")
