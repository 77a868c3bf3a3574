"""A network with its coordination, and a frame in which its funder asks for results."""

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.impact.models import Frame, FrameOutcome
from portal.membership.models import Network
from tests.factories.frames import HOURS, PEOPLE, STRENGTHENED, make_frame, make_outcome
from tests.factories.networks import make_network
from tests.factories.people import make_person


@pytest.fixture
def coordinator(app: Flask) -> Person:
    return make_person()


@pytest.fixture
def network(coordinator: Person) -> Network:
    return make_network(coordinators=(coordinator,))


@pytest.fixture
def frame(network: Network) -> Frame:
    return make_frame(network)


@pytest.fixture
def outcome(frame: Frame) -> FrameOutcome:
    return make_outcome(frame, targets={HOURS: 10, STRENGTHENED: 4, PEOPLE: 100})
