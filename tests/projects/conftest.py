"""A project with those who write its records, for tests that need no other one."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.projects.models import Project
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_project


@pytest.fixture
def organisation(app: Flask, frozen_clock: Any) -> Any:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))
    return make_organisation(make_person())


@pytest.fixture
def project(organisation: Any) -> Project:
    return make_project(organisation)


@pytest.fixture
def adviser(organisation: Any) -> Person:
    return make_member(organisation, "editor")
