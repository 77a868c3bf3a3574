"""How long revisions are kept, and whose name stands at them."""

import datetime as dt
from typing import Any

import pytest

from portal.accounts import services as accounts
from portal.ground import clock
from portal.ground.db import db
from portal.revisions import queries, services
from portal.revisions.services import keeping
from tests.factories.organisations import fresh, make_organisation, words
from tests.factories.people import make_person

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("batch", [500, 2])
def test_of_old_ones_the_first_and_the_last_of_each_month_stay(
    app: Any, frozen_clock: Any, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(keeping, "BATCH", batch)
    owner, other = make_person(), make_person()
    lipa, dab = make_organisation(owner), make_organisation(other)
    for day in ("2026-12-10", "2026-12-20", "2027-01-03", "2027-01-04", "2027-01-05"):
        frozen_clock.set(dt.datetime.fromisoformat(f"{day}T12:00+00:00"))
        for row, by in ((lipa, owner), (dab, other)):
            services_update(row, by, town=day)
    before = [row.n for row in queries.listed("organisation", lipa.id, offset=0, limit=50)]
    assert before == [6, 5, 4, 3, 2, 1]
    assert services.thin_out() == 0
    frozen_clock.set(dt.datetime(2029, 3, 1, 12, tzinfo=dt.UTC))
    assert services.thin_out() > 0
    for row in (lipa, dab):
        db.session.rollback()
        kept = queries.listed("organisation", row.id, offset=0, limit=50)
        assert [one.n for one in kept] == [6, 3, 1]
    assert services.thin_out() == 0


def services_update(row: Any, by: Any, **fields: Any) -> None:
    from portal.organisations import services as organisations

    now = fresh(row)
    organisations.update(
        now, by=by, version=now.row_version, **{**words(), "krs": "", "nip": "", "regon": "", **fields}
    )


def test_who_leaves_is_named_no_more_and_the_version_stays(app: Any) -> None:
    owner, editor = make_person(), make_person("Edek Odchodzący")
    lipa = make_organisation(owner)
    from tests.factories.organisations import make_member

    make_member(lipa, "editor", editor)
    services_update(lipa, editor, town="Łódź")
    accounts.erase_person(editor.id, by=editor)
    db.session.rollback()
    last = queries.latest("organisation", lipa.id)
    assert last is not None and last.data["town"] == "Łódź" and last.person_id is None
    assert clock.now() - last.at < DAY
