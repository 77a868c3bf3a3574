"""A list from its first look to its undoing: nothing before the word, each row once, and nothing lost that somebody touched."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal
from portal.imports import queries, services
from portal.imports.models import BatchState, Became, ImportBatch, ImportRow
from portal.merging import services as merging
from portal.merging.queries import Pair
from portal.organisations import queries as organisations
from portal.organisations.models import Invitation, Organisation, OrganisationStatus, Role
from portal.organisations.services import grant_role, update
from portal.tasks import services as tasks
from tests.factories.imports import carry_out, fresh, make_batch, row, undo, work
from tests.factories.networks import make_network
from tests.factories.organisations import make_organisation, words
from tests.factories.people import make_administrator, make_person

pytestmark = pytest.mark.both_engines  # tasks, locks and keys


def names() -> list[str]:
    db.session.rollback()
    return sorted(one.source for one in db.session.scalars(sa.select(Organisation.name)))


def rows(batch: ImportBatch) -> dict[int, str]:
    return {one.line: one.became for one in queries.rows_of(batch.id)}


def test_nothing_is_made_before_somebody_says_so(app: Any) -> None:
    batch = make_batch()
    assert batch.state == BatchState.PREPARED and names() == []
    assert queries.outcomes(batch.id) == {Became.READY: 2}
    services.discard(batch, by=PORTAL)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ImportRow)) == 0 and names() == []


def test_list_is_made_once(app: Any) -> None:
    batch = make_batch([row(1, krs="123"), row(2)])
    carry_out(batch)
    assert names() == ["Stowarzyszenie Klon 1", "Stowarzyszenie Klon 2"]
    assert fresh(batch.id).state == BatchState.DONE and queries.outcomes(batch.id) == {Became.MADE: 2}
    assert not [one.cells for one in queries.rows_of(batch.id) if one.cells is not None], "what it said is not kept"
    with pytest.raises(Conflict):
        carry_out(batch)
    made = db.session.scalars(sa.select(Organisation)).first()
    assert made is not None and made.status == OrganisationStatus.DRAFT and made.imported_from == "Lista gminy"
    assert made.confirmed_at is None and not organisations.owners_of(made)


def test_changed_columns_are_not_made_unseen(app: Any) -> None:
    batch = make_batch()
    version = batch.row_version
    services.look(batch, mapping={"name": 0, "town": 2}, starts={}, by=PORTAL)
    with pytest.raises(Conflict):
        services.carry_out(fresh(batch.id), version=version, is_public=False, makes_doubles=False, by=PORTAL)
    assert queries.outcomes(batch.id) == {Became.PROBLEM: 2}
    with pytest.raises(Refusal):
        carry_out(batch)
    assert fresh(batch.id).state == BatchState.PREPARED


def test_list_that_was_not_read_to_its_end_is_not_made(app: Any) -> None:
    batch = make_batch()
    services.look(batch, mapping={}, starts={}, by=PORTAL)
    assert queries.outcomes(batch.id) == {Became.UNREAD: 2}
    with pytest.raises(Refusal):
        carry_out(batch)


@pytest.mark.parametrize("mapping", [{"name": 9}, {"name": 0, "town": 0}, {"name": 0, "password": 1}, {"name": -1}])
def test_columns_that_cannot_be_are_refused(app: Any, mapping: dict[str, int]) -> None:
    batch = make_batch()
    with pytest.raises(Refusal):
        services.look(batch, mapping=mapping, starts={}, by=PORTAL)
    assert fresh(batch.id).mapping["town"] == 2


def test_doubles_are_found_in_the_portal_and_in_the_file(app: Any) -> None:
    make_organisation(name="Stowarzyszenie KLON 1", town="ZGIERZ")
    make_organisation(name="Inna", krs="777")
    batch = make_batch(
        [row(1), row(2, krs="777"), row(3), row(3), row(4, krs="888"), row(5, krs="888"), row(1, town="Łódź")]
    )
    assert rows(batch) == {2: "double", 3: "known", 4: "ready", 5: "double", 6: "ready", 7: "known", 8: "ready"}
    told = {one.line: one.problems["en"][0] for one in queries.rows_of(batch.id) if one.problems}
    assert told[5] == told[5].replace("Line 4", "Line 4") and "Line 4" in told[5] and "Line 6" in told[7]
    carry_out(batch)
    assert rows(batch) == {2: "skipped", 3: "skipped", 4: "made", 5: "skipped", 6: "made", 7: "skipped", 8: "made"}


def test_doubles_are_made_where_somebody_wants_them_but_no_number_twice(app: Any) -> None:
    make_organisation(name="Stowarzyszenie Klon 1", town="Zgierz", krs="777")
    batch = make_batch([row(1), row(2, krs="777")])
    carry_out(batch, makes_doubles=True)
    assert rows(batch) == {2: "made", 3: "skipped"}
    assert names() == ["Stowarzyszenie Klon 1"] * 2


def test_number_that_somebody_took_meanwhile_is_no_second_profile(app: Any) -> None:
    batch = make_batch([row(1, krs="777"), row(2)])
    make_organisation(name="Szybsza", krs="777")
    carry_out(batch)
    assert rows(batch) == {2: "problem", 3: "made"}
    (first, *_others) = queries.rows_of(batch.id, [Became.PROBLEM])
    assert first.problems and "has this number already" in first.problems["en"][0]


def test_public_profiles_say_where_they_come_from(client: Any) -> None:
    batch = make_batch([row(1, email="klon@example.org")])
    carry_out(batch, is_public=True)
    page = client.get("/en/organisations/stowarzyszenie-klon-1")
    assert page.status_code == 200 and "Lista gminy" in page.text and "do not manage this profile yet" in page.text
    assert "klon@example.org" not in page.text, "nobody of them has agreed"
    assert "Stowarzyszenie Klon 1" in client.get("/pl/organisations?q=klon").text
    organisation = organisations.by_slug("stowarzyszenie-klon-1")
    assert organisation is not None
    grant_role(organisation, to=make_person(), role=Role.OWNER, by=PORTAL)
    assert "Lista gminy" not in client.get("/en/organisations/stowarzyszenie-klon-1").text


def test_drafts_are_seen_by_the_team_alone(client: Any) -> None:
    carry_out(make_batch([row(1)]))
    assert client.get("/pl/organisations/stowarzyszenie-klon-1").status_code == 404


@pytest.mark.parametrize("is_public", [False, True])
def test_undo_takes_back_what_nobody_has_touched(app: Any, client: Any, is_public: bool) -> None:
    batch = make_batch([row(number, krs=str(number)) for number in range(1, 6)])
    carry_out(batch, is_public=is_public)
    found = {name: organisations.by_slug(f"stowarzyszenie-klon-{name}") for name in range(1, 6)}
    assert all(found.values())
    person = make_person()
    grant_role(found[1], to=person, role=Role.OWNER, by=PORTAL)  # type: ignore[arg-type]
    editor = make_person()
    grant_role(found[2], to=editor, role=Role.EDITOR, by=PORTAL)  # type: ignore[arg-type]
    second = organisations.by_slug("stowarzyszenie-klon-2")
    assert second is not None
    update(second, by=editor, version=second.row_version, **words(name="Stowarzyszenie Klon 2", summary="Nowe"))
    undo(batch)
    assert names() == ["Stowarzyszenie Klon 1", "Stowarzyszenie Klon 2"]
    assert rows(batch) == {2: "kept", 3: "kept", 4: "undone", 5: "undone", 6: "undone"}
    assert fresh(batch.id).state == BatchState.UNDONE
    if is_public:
        assert "Klon 4" not in client.get("/pl/organisations?q=klon").text
    with pytest.raises(Conflict):
        undo(batch)


def test_undo_keeps_what_any_row_points_at(app: Any) -> None:
    batch = make_batch([row(1), row(2)])
    carry_out(batch)
    first = organisations.by_slug("stowarzyszenie-klon-1")
    assert first is not None
    with transaction() as session:
        session.add(Invitation(organisation_id=first.id, address="a@example.org", role="editor"))
    undo(batch)
    assert rows(batch) == {2: "kept", 3: "undone"}


def test_undone_list_can_be_brought_in_again(app: Any) -> None:
    batch = make_batch([row(1, krs="777")])
    carry_out(batch, is_public=True)
    undo(batch)
    again = make_batch([row(1, krs="777")])
    assert rows(again) == {2: "ready"}


def test_bad_row_spoils_nothing_else(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from portal.organisations.services import importing

    real = importing.sort_keys

    def breaks(name: Any) -> Any:
        if name.source.endswith("2"):
            raise ValueError("a fault of ours")
        return real(name)

    monkeypatch.setattr(importing, "sort_keys", breaks)
    batch = make_batch([row(1), row(2), row(3)])
    carry_out(batch)
    assert rows(batch) == {2: "made", 3: "failed", 4: "made"}


def test_stopped_list_goes_on_where_it_was(app: Any) -> None:
    person = make_person()
    make_network("Sieć", coordinators=(person,))
    batch = make_batch([row(number) for number in range(1, 4)], by=person)
    task = services.carry_out(
        fresh(batch.id), version=fresh(batch.id).row_version, is_public=False, makes_doubles=False, by=person
    )
    tasks.cancel(task, by=person)
    assert fresh(batch.id).state == BatchState.STOPPED and names() == []
    carry_out(batch, by=person)
    assert len(names()) == 3 and fresh(batch.id).state == BatchState.DONE


def test_list_without_rows_is_refused(app: Any) -> None:
    with pytest.raises(Refusal):
        make_batch([""], head="Nazwa")


def test_old_lists_are_forgotten(app: Any, frozen_clock: Any) -> None:
    waiting, done = make_batch([row(1)]).id, make_batch([row(2)])
    carry_out(done)
    frozen_clock.shift(days=8)
    assert services.remove_old() == 1
    assert db.session.get(ImportBatch, waiting) is None and fresh(done.id).state == BatchState.DONE


def test_work_waits_for_no_list(app: Any) -> None:
    work()
    assert names() == []


def test_profile_that_cannot_be_taken_back_stays(app: Any) -> None:
    batch = make_batch([row(1)])
    carry_out(batch)
    (made,) = queries.rows_of(batch.id)
    number = made.id
    with transaction():
        services.undo_spoilt({"batch": batch.id}, number)
    assert rows(fresh(batch.id)) == {2: "kept"} and names()


def test_task_of_a_deleted_list_ends_with_a_reason(app: Any) -> None:
    with pytest.raises(tasks.CannotGoOn):
        services.total({"batch": 999})


def test_lists_of_a_second_account_go_to_the_first(app: Any) -> None:
    one, other = make_person(), make_person()
    make_network("Sieć", coordinators=(one,))
    batch = make_batch(by=one)
    with transaction():
        services.hand_over(gone_id=one.id, kept_id=other.id)
    assert fresh(batch.id).by_id == other.id


def test_undo_keeps_both_profiles_of_which_one_was_made_by_hand(app: Any) -> None:
    batch = make_batch([row(1), row(2)])
    carry_out(batch, is_public=True)
    team = make_administrator()
    kept, lost = make_organisation(name="Klon"), organisations.by_slug("stowarzyszenie-klon-1")
    assert lost is not None
    pair = Pair(organisations.by_slug(kept.slug) or kept, lost)
    merging.merge(pair, by=team, kept_version=pair.kept.row_version, lost_version=lost.row_version, taken=())
    undo(batch)
    assert rows(batch) == {2: "kept", 3: "undone"}
    assert organisations.by_former_slug("stowarzyszenie-klon-1") is not None
