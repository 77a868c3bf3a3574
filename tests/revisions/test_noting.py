"""Writing revisions: inside the transaction that saves, and named after whoever turns out to be the same person."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from portal.ground.db import db, transaction
from portal.merging import services as merging
from portal.merging.models import MergeRequest
from portal.organisations.history import PROFILE_HISTORY
from portal.revisions import queries, services
from portal.revisions.history import History
from portal.words.fields import Field, FieldSet, Kind
from tests.factories.merging import make_request
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

FIELDS = FieldSet(
    Field("day", Kind.DAY, "Day"), Field("price", Kind.DECIMAL, "Price"), Field("seats", Kind.NUMBER, "Seats"),
    Field("codes", Kind.SEVERAL, "Codes", choices=lambda: [("a", "A"), ("b", "B")]),
)  # fmt: skip
FULL = {"day": dt.date(2027, 1, 7), "price": Decimal("12.50"), "seats": 0, "codes": ("a", "b")}


def test_every_kind_of_value_comes_back_as_it_was() -> None:
    plain = History("plain", FIELDS)
    data = plain.snapshot(SimpleNamespace(**FULL))
    assert data == {"day": "2027-01-07", "price": "12.50", "seats": 0, "codes": ["a", "b"]}
    assert {field.name: plain.value(data, field, "pl") for field in FIELDS} == FULL
    assert plain.hidden(None, None, data) == frozenset()
    assert list(plain.no_longer_offered(data)) == []
    (fault,) = plain.no_longer_offered({**data, "codes": ["a", "old"]})
    assert fault.field == "codes"


def test_field_that_a_snapshot_does_not_know_is_empty_there_and_a_zero_is_not() -> None:
    plain = History("plain", FIELDS)
    data = plain.snapshot(SimpleNamespace(day=None, price=None, seats=None, codes=()))
    assert not plain.differ({}, data)
    assert plain.differ(data, {**data, "seats": 0})
    assert plain.value({}, FIELDS["codes"], "pl") == ()


def test_revision_belongs_to_a_transaction(app: Any) -> None:
    organisation = make_organisation()
    with pytest.raises(RuntimeError), services.noting(PROFILE_HISTORY, organisation, by=None):
        pass


def test_what_one_of_two_people_saved_is_the_others_when_they_are_one(app: Any) -> None:
    gone, kept, asked = make_person(), make_person(), make_person()
    organisation = make_organisation(gone)
    request = make_request(gone, asked)
    with transaction():
        services.hand_over(gone_id=gone.id, kept_id=kept.id)
        merging.hand_over(gone_id=gone.id, kept_id=kept.id)
    last = queries.latest("organisation", organisation.id)
    assert last is not None and last.person_id == kept.id
    assert db.session.get_one(MergeRequest, request.id).requested_by == kept.id


def test_thing_without_a_revision_gets_one_of_what_it_says_now(app: Any) -> None:
    organisation = make_organisation()
    with transaction():
        services.ensure(PROFILE_HISTORY, organisation)
    assert queries.count("organisation", organisation.id) == 1
    with transaction():
        services.remove(PROFILE_HISTORY, organisation.id)
        services.ensure(PROFILE_HISTORY, organisation)
    assert queries.count("organisation", organisation.id) == 1
