"""Whoever has noted a code can read one day that their data are deleted; nobody else finds out anything by it."""

import datetime as dt
import re

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import services as accounts
from portal.events.models import Event
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.limits import LIMITS
from portal.registration import services
from portal.registration.models import Receipt, Registration
from portal.registration.receipts import LETTERS, hash_of, new_code
from tests.factories.events import make_event, refreshed
from tests.factories.people import make_person
from tests.factories.registrations import confirmed
from tests.fixtures.pages import FrozenClock
from tests.registration.test_feed_address import feed, gone, subscribe
from tests.support.client import CheckedClient

PAGE = "/en/receipt"


@pytest.fixture
def event(app: Flask, frozen_clock: FrozenClock) -> Event:
    return make_event()


def delete(event: Event, frozen_clock: FrozenClock) -> None:
    frozen_clock.set(refreshed(event).ends_at + services.DETAILS_KEPT + dt.timedelta(seconds=1))
    services.purge()


def noted(client: CheckedClient, registration: Registration) -> str:
    """The code as the own page shows it."""
    page = client.get(f"/en/registration/{services.open_own(registration.id).token}").text
    found = re.search(r"Your receipt code: <b[^>]*>([A-Z0-9-]+)</b>", page)
    assert found is not None
    return found[1]


def test_code_of_the_own_page_tells_when_the_data_were_deleted(
    event: Event, client: CheckedClient, frozen_clock: FrozenClock
) -> None:
    code = noted(client, confirmed(event))
    before = client.submit(PAGE, {"code": code})
    assert before.status_code == 422 and "No deletion is known under this code." in before.text
    delete(event, frozen_clock)
    for typed in (code, code.lower().replace("-", ""), f" {code.replace('-', ' – ')} "):
        told = client.follow(client.submit(PAGE, {"code": typed}))
        said = told.text.replace("\xa0", " ")
        assert "Your data of this event were deleted on 2 December 2027" in said, typed
        assert "Congress of the Network" in said and code not in told.request.path
    for wrong in ("0" * 64, "0" * 9000, "x", "%00", "żółw"):
        assert client.get(f"{PAGE}/{wrong}").status_code == 404


@pytest.mark.parametrize("typed", ["", "AAAA-AAAA-AAAA-AAAA", "0" * 16, "x" * 500, "żółw", "🙂" * 16, "' OR 1=1 --"])
def test_what_is_no_code_is_told_at_its_field(event: Event, client: CheckedClient, typed: str) -> None:
    answer = client.submit(PAGE, {"code": typed})
    assert answer.status_code == 422 and 'id="code-error"' in answer.text.replace("id=code-error", 'id="code-error"')


def test_receipts_lead_to_nobody(event: Event, frozen_clock: FrozenClock) -> None:
    """No number, no order, no code: what is kept is the hash, in the order of hashes."""
    codes = [refreshed(confirmed(event)).receipt for _ in range(12)]
    delete(event, frozen_clock)
    db.session.rollback()
    assert set(Receipt.__table__.columns.keys()) == {"code_hash", "event_id", "deleted_on"}
    written = [row[0] for row in db.session.execute(sa.text("SELECT code_hash FROM deletion_receipt"))]
    assert written == sorted(filter(None, map(hash_of, filter(None, codes)))) and len(written) == 12
    assert db.session.scalars(sa.select(Registration.receipt)).all() == [None] * 12


def test_codes_cannot_be_tried_one_after_another(event: Event, client: CheckedClient) -> None:
    client.checking = False
    answers = [client.submit(PAGE, {"code": new_code()}).status_code for _ in range(LIMITS["receipt"].per_ip + 1)]
    assert set(answers[:-1]) == {422} and answers[-1] == 429


def test_who_leaves_the_portal_can_read_it_too(event: Event, client: CheckedClient) -> None:
    person = make_person("Ola Próbna", "ola@example.org")
    code = noted(client, confirmed(event, email="ola@example.org", name="Ola Próbna"))
    accounts.erase_person(person.id, by=person)
    assert client.submit(PAGE, {"code": code}).status_code == 303
    assert db.session.scalars(sa.select(Registration.receipt)).one() is None


def test_registrations_of_the_release_before_get_a_code(event: Event, client: CheckedClient) -> None:
    one, other = confirmed(event), confirmed(event)
    kept = refreshed(other).receipt
    with transaction() as session:
        session.execute(sa.update(Registration).where(Registration.id == one.id).values(receipt=None))
    assert "receipt code" not in client.get(f"/en/registration/{services.open_own(one.id).token}").text
    assert (services.give_codes(), services.give_codes()) == (1, 0)
    assert noted(client, one) != kept == refreshed(other).receipt


def test_a_code_is_random_and_easy_to_type() -> None:
    codes = {new_code() for _ in range(100)}
    assert len(codes) == 100 and all(set(code) <= {*LETTERS, "-"} for code in codes)
    assert not set("01OI") & set(LETTERS)


def test_old_links_lead_nowhere_when_the_data_are_gone(
    event: Event, client: CheckedClient, frozen_clock: FrozenClock
) -> None:
    """Though they would live longer: the calendar answers 410, the own page says that its link has ended."""
    services.set_periods(event, version=refreshed(event).row_version, days={"participant": 0}, by=PORTAL)
    registration = confirmed(event)
    path, own = subscribe(registration), f"/en/registration/{services.open_own(registration.id).token}"
    frozen_clock.set(refreshed(event).ends_at)
    assert services.purge() == 0 and feed(client, path) and client.get(own).status_code == 200
    frozen_clock.shift(seconds=1)
    assert services.purge() == 1 and clock.now() == frozen_clock.moment
    assert gone(client, path) == 410
    assert client.get(own).status_code in (404, 410)
