"""Records of what a project did: one person writes them down, another confirms, and only that counts."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.impact import queries as impact
from portal.projects import queries, services
from portal.projects.models import Project, Record, RecordParty, RecordStatus
from portal.words.i18n import in_language
from tests.factories.events import make_event
from tests.factories.networks import make_network
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_project
from tests.factories.records import DAY, NEW, fresh_record, make_record

S = RecordStatus


@pytest.fixture
def organisation(app: Flask, frozen_clock: Any) -> Any:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))
    return make_organisation(make_person(), town="Elbląg", region="PL-28")


@pytest.fixture
def project(organisation: Any) -> Project:
    return make_project(organisation)


def reasons(refusal: Refusal) -> dict[str | None, str]:
    with in_language("en"):
        return {part.field: str(part.reason) for part in refusal.parts}


def write(project: Project, **fields: Any) -> Record:
    return make_record(project, status="delivered", **fields)


def test_what_one_person_writes_down_counts_once_another_has_confirmed_it(organisation: Any, project: Project) -> None:
    writer, second = make_member(organisation, "editor"), make_member(organisation, "editor")
    record = write(project, by=writer)
    assert impact.figures_of(project.id) == []
    with pytest.raises(NotAllowed):
        services.move_record(record, S.CONFIRMED, by=writer)
    services.move_record(record, S.CONFIRMED, by=second)
    assert {one.code: amount for one, amount in impact.figures_of(project.id)} == {"training-hours": 240}
    assert fresh_record(project, record).confirmed_by == second.id


def test_whoever_corrects_a_record_does_not_confirm_it_either(organisation: Any, project: Project) -> None:
    writer, second = make_member(organisation, "editor"), make_member(organisation, "editor")
    record = make_record(project, by=writer)
    values = {"activity": "training", "title": "Statut", "day": DAY, "minutes": 180}
    unsaid = {
        "begins": "",
        "leader": "",
        "people": None,
        "stage": "",
        "topic": "",
        "channel": "",
        "evidence": "",
        "place": "",
    }
    services.change_record(record, version=record.row_version, by=second, **values, **unsaid)
    assert impact.figures_of(project.id) == []  # confirmed no more
    with pytest.raises(NotAllowed):
        services.move_record(record, S.CONFIRMED, by=second)
    services.move_record(record, S.CONFIRMED, by=writer)
    assert impact.figure_of(project.id, "training-hours") == 180


def test_what_lies_ahead_is_planned_and_counts_only_after_its_day(project: Project, frozen_clock: Any) -> None:
    later = dt.date(2026, 6, 9)
    record = make_record(project, status="planned", day=later)
    assert record.status == S.PLANNED
    with pytest.raises(Refusal):
        services.move_record(record, S.DELIVERED, by=PORTAL)
    with pytest.raises(Conflict):
        services.move_record(record, S.CONFIRMED, by=PORTAL)
    frozen_clock.set(dt.datetime(2026, 6, 9, 10, 0, tzinfo=dt.UTC))
    services.move_record(record, S.DELIVERED, by=PORTAL)
    services.move_record(record, S.CONFIRMED, by=PORTAL)
    assert impact.figure_of(project.id, "training-hours") == 240


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"minutes": -1}, "minutes", "Minutes cannot be fewer than 0."),
        ({"minutes": 1441}, "minutes", "A day has 1,440 minutes. Write down what lasted longer day by day."),
        ({"minutes": None}, "minutes", "Enter how many minutes it lasted: they are what counts here."),
        ({"people": -3}, "people", "Enter a number of people from 0 to 100,000, or leave it empty."),
        (
            {"day": dt.date(2027, 1, 1)}, "day",
            "This day lies outside the period of the project. Check the day, or change the period first.",
        ),
        (
            {"event": "https://synergia.example/pl/events/nie-ma"}, "event",
            "There is no public event at this address. Copy it from the page of the event.",
        ),
        (
            {"organisations": "/organisations/nie-ma"}, "organisations",
            "There is no public profile at this address: /organisations/nie-ma",
        ),
        ({"groups": "\n".join(f"Grupa {n}" for n in range(201))}, "groups", "Enter at most 200 organisations, one in a line."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_to_do(
    project: Project, fields: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Refusals) as refused:
        write(project, **fields)
    assert reasons(refused.value) == {field: words}
    assert queries.number_of_records(project.id) == 0


def test_all_faults_of_a_record_are_told_at_once(project: Project) -> None:
    with pytest.raises(Refusals) as refused:
        write(project, minutes=-1, day=dt.date(2020, 1, 1), people=-1, organisations="/organisations/x", begins="99:99")
    assert set(reasons(refused.value)) == {"minutes", "day", "people", "organisations", "begins"}


@pytest.mark.parametrize(
    ("begins", "minutes", "is_free"),
    [("9:30", 60, False), ("12:59", 60, False), ("13:00", 60, True), ("7:00", 120, True)],
)
def test_nobody_leads_two_things_at_once(
    organisation: Any, project: Project, begins: str, minutes: int, is_free: bool
) -> None:
    write(project, begins="9.00", minutes=240, leader="Ewa  TOMCZYK")
    other = make_project(organisation, title="Inny projekt")
    given = {"begins": begins, "minutes": minutes, "leader": "ewa tomczyk"}
    if is_free:
        write(other, **given)
        return
    with pytest.raises(Refusals) as refused:
        write(other, **given)
    assert "begins" in reasons(refused.value)
    assert "09:00" in reasons(refused.value)["begins"]


@pytest.mark.parametrize(
    ("days", "begins", "minutes", "is_free"),
    [(1, "1:59", 30, False), (1, "2:00", 30, True), (-1, "20:00", 181, True), (-1, "20:00", 1440, False)],
)
def test_nobody_leads_two_things_at_once_past_midnight(
    project: Project, days: int, begins: str, minutes: int, is_free: bool
) -> None:
    day = dt.date(2026, 5, 12)
    write(project, day=day, begins="19:00", minutes=420, leader="Ewa Tomczyk")
    given = {"day": day + dt.timedelta(days=days), "begins": begins, "minutes": minutes, "leader": "Ewa Tomczyk"}
    if is_free:
        write(project, **given)
        return
    with pytest.raises(Refusals) as refused:
        write(project, **given)
    assert "12 May 2026, 19:00" in reasons(refused.value)["begins"]


def test_somebody_of_the_same_name_elsewhere_is_not_told_of(project: Project) -> None:
    write(project, begins="9:00", leader="Ewa Tomczyk")
    write(make_project(make_organisation()), begins="9:00", leader="Ewa Tomczyk")


def test_an_event_of_the_portal_counts_in_one_project_only(organisation: Any, project: Project) -> None:
    event = make_event(make_network())
    address = f"/pl/events/{event.slug}"
    record = write(project, event=address)
    other = make_project(organisation, title="Inny projekt")
    with pytest.raises(Refusals) as refused:
        write(other, event=address)
    assert "already" in reasons(refused.value)["event"]
    assert "Kuźnia Ekspertów" not in reasons(refused.value)["event"]  # its card may be a draft
    services.move_record(record, S.CANCELLED, by=PORTAL)
    assert write(other, event=address).event_id == event.id


def test_the_database_itself_keeps_an_event_in_one_record(project: Project) -> None:
    event = make_event(make_network())
    first, second = write(project, event=f"/pl/events/{event.slug}"), write(project)
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(sa.update(Record).where(Record.id == second.id).values(event_id=event.id))
    assert first.event_id == event.id


def test_an_organisation_is_found_by_its_address_or_its_name_and_named_once(project: Project) -> None:
    known = make_organisation(name="Stowarzyszenie „Ster na Północ”")
    typed = f"/bg/organisations/{known.slug}\nstowarzyszenie ster na północ\nOSP Barciany\n  osp   BARCIANY \n"
    record = write(project, organisations=typed)
    rows = queries.parties_of(record.id)
    assert [(row.organisation_id, row.name) for row in rows] == [(known.id, ""), (None, "OSP Barciany")]


def test_a_merge_counts_two_names_once_and_changes_no_other_figure(project: Project) -> None:
    kept, lost = make_organisation(name="Fundacja A"), make_organisation(name="Fundacja B")
    both = f"/pl/organisations/{kept.slug}\n/pl/organisations/{lost.slug}"
    make_record(project, organisations=both)
    make_record(project, organisations=f"/pl/organisations/{lost.slug}")
    before = {one.code: amount for one, amount in impact.figures_of(project.id)}
    assert before == {"training-hours": 480, "organisations-strengthened": 2}
    with transaction():
        services.follow_merge(lost.id, kept.id)
    after = {one.code: amount for one, amount in impact.figures_of(project.id)}
    assert after == {"training-hours": 480, "organisations-strengthened": 1}
    assert not db.session.scalar(sa.select(sa.func.count()).where(RecordParty.organisation_id == lost.id))


def test_a_refused_record_says_why_and_can_be_corrected(organisation: Any, project: Project) -> None:
    second = make_member(organisation, "editor")
    record = write(project, by=make_member(organisation, "editor"))
    with pytest.raises(Refusal):
        services.move_record(record, S.REJECTED, by=second)
    services.move_record(record, S.REJECTED, by=second, reason="Brak listy obecności.")
    record = fresh_record(project, record)
    assert (record.status, record.reason) == (S.REJECTED, "Brak listy obecności.")
    services.move_record(record, S.DELIVERED, by=second)
    services.move_record(record, S.CONFIRMED, by=second)
    assert fresh_record(project, record).reason == ""


def test_many_are_confirmed_at_once_and_one_that_cannot_be_stops_no_other(organisation: Any, project: Project) -> None:
    writer, second = make_member(organisation, "editor"), make_member(organisation, "editor")
    theirs = [write(project, by=writer).id for _ in range(3)]
    own = write(project, by=second).id
    foreign = write(make_project(make_organisation())).id
    assert services.confirm_records(project, [*theirs, own, foreign, 10**8], by=second) == (3, 1)
    assert impact.figure_of(project.id, "training-hours") == 3 * 240
    assert db.session.get_one(Record, foreign).status == S.DELIVERED


def test_only_who_looks_after_the_project_writes_records(project: Project) -> None:
    with pytest.raises(NotAllowed):
        write(project, by=make_person())


def test_a_record_is_written_corrected_and_confirmed_on_pages(
    as_person: Any, organisation: Any, project: Project
) -> None:
    writer = as_person(make_member(organisation, "editor"))
    base = f"/pl/projects/{project.slug}"
    sent = writer.submit(
        f"{base}/records/new", {**NEW, "day": "9.03.2026", "organisations": "OSP Barciany", "people": "12"}
    )
    assert sent.location.endswith(f"{base}/records")
    assert "zrealizowane, do potwierdzenia" in writer.get(f"{base}/records").text
    record = db.session.scalars(sa.select(Record)).one()
    assert writer.submit(f"{base}/records/{record.id}", {"minutes": "200"}).status_code == 303
    assert db.session.get_one(Record, record.id).minutes == 200
    wrong = writer.submit(f"{base}/records/new", {**NEW, "minutes": "1441", "title": "Nie ginie"})
    assert (wrong.status_code, "Nie ginie" in wrong.text) == (422, True)
    second = as_person(make_member(organisation, "editor"))
    assert second.submit(f"{base}/records", {"record": str(record.id)}).status_code == 303
    assert db.session.get_one(Record, record.id).status == S.CONFIRMED
    card = second.get(base).text
    assert "3,3 h" in card
    assert "godzina zegarowa (60 min)" in card
    figure = second.get(f"{base}/figures/training-hours")
    assert figure.status_code == 200
    assert "Statut bez błędów" in figure.text
