"""Addresses that nobody else has, and what is done when somebody was faster."""

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Person
from portal.ground.db import transaction
from portal.ground.errors import Busy
from portal.organisations.models import OrganisationRole
from portal.words.slugs import MOST_TRIES, again_when_taken


def test_use_case_is_tried_again_while_others_are_faster(app: Flask) -> None:
    tries = []

    @again_when_taken
    def take(address: str) -> None:
        tries.append(address)
        with transaction() as session:
            session.execute(sa.insert(Person).values([{"name": "Ola", "email": address, "locale": "pl"}] * 2))

    with pytest.raises(Busy):
        take("ola@example.org")
    assert len(tries) == MOST_TRIES


def test_fault_of_ours_is_no_busy_portal_and_is_not_tried_again(app: Flask) -> None:
    tries = []

    @again_when_taken
    def name_nobody() -> None:
        tries.append(1)
        with transaction() as session:
            session.execute(sa.insert(OrganisationRole).values(organisation_id=7, person_id=7, role="owner"))

    with pytest.raises(IntegrityError):
        name_nobody()
    assert len(tries) == 1
