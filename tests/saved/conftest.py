"""Whose searches the tests of telling are about."""

import pytest
from flask import Flask

from portal.accounts.models import Person
from tests.factories.people import make_person


@pytest.fixture
def reader(app: Flask) -> Person:
    return make_person("Rumiana", "rumiana@example.org", locale="bg")
