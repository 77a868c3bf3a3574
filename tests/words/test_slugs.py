"""Addresses that nobody else has, and what is done when somebody was faster."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Person
from portal.ground.db import transaction
from portal.ground.errors import Busy
from portal.organisations.models import FormerSlug, Organisation, OrganisationRole
from portal.words.slugs import MOST_TRIES, again_when_taken, free_slug
from tests.factories.organisations import make_organisation


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


def test_name_of_many_is_asked_for_a_few_times(app: Flask, count_queries: Any) -> None:
    made = [make_organisation(name="Koło Gospodyń Wiejskich") for _ in range(12)]
    with transaction() as session:
        session.execute(sa.update(Organisation).where(Organisation.id == made[3].id).values(slug="inne-kolo"))
        session.add(FormerSlug(organisation_id=made[3].id, slug="kolo-gospodyn-wiejskich-4"))
    with count_queries() as seen:
        slug = free_slug("Koło Gospodyń Wiejskich", Organisation.slug, FormerSlug.slug)
    assert slug == "kolo-gospodyn-wiejskich-13"
    assert len(seen) == 3, seen
    own = {"kolo-gospodyn-wiejskich-4"}
    assert free_slug("Koło Gospodyń Wiejskich", Organisation.slug, FormerSlug.slug, own=own) in own
