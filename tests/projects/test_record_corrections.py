"""Correcting records: what a record says of itself is no clash, and who wrote it stays known when two accounts become one."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from portal.accounts.facts import PeopleJoined
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, Refusals, Stale
from portal.ground.facts import announce
from portal.impact import services as impact
from portal.impact.models import Report
from portal.organisations.services import change_status
from portal.projects import queries, services
from portal.projects.models import Project, Record, RecordStatus
from portal.projects.record_fields import RECORD
from portal.projects.services.parties import check_parties, read_parties
from tests.factories.events import make_event
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_project
from tests.factories.records import corrected, fresh_record, make_record, make_report


@pytest.fixture
def project(app: Flask, frozen_clock: Any) -> Project:
    frozen_clock.set(dt.datetime(2026, 6, 1, 10, 0, tzinfo=dt.UTC))
    return make_project(make_organisation(make_person()))


def test_a_record_is_no_clash_with_itself(project: Project) -> None:
    event = make_event()
    record = make_record(project, begins="9:00", leader="Ewa Lipa", event=f"/pl/events/{event.slug}")
    record = corrected(project, fresh_record(project, record), minutes=200)
    assert (record.minutes, record.event_id, record.status) == (200, event.id, RecordStatus.DELIVERED)


def test_a_correction_leaves_translations_and_names_as_they_are(project: Project) -> None:
    record = make_record(project, organisations="OSP Barciany", groups="Klub nad rzeką")
    with transaction() as session:
        row = session.get_one(Record, record.id)
        row.title = row.title.with_translation("bg", "Устав без пропуски")
    record = corrected(project, fresh_record(project, record), minutes=200)
    assert record.title.get("bg") == "Устав без пропуски"
    assert [(one.name, one.kind) for one in queries.parties_of(record.id)] == [
        ("OSP Barciany", "organisation"), ("Klub nad rzeką", "group"),
    ]  # fmt: skip


def test_a_correction_of_an_older_version_says_what_is_stored(project: Project) -> None:
    record = make_record(project, organisations="OSP Barciany")
    with pytest.raises(Stale) as refused:
        services.change_record(record, version=0, by=PORTAL, **RECORD.read(record, "pl"))
    assert refused.value.theirs["organisations"] == "OSP Barciany"


def test_what_was_moved_to_a_later_day_is_planned_again(project: Project) -> None:
    record = corrected(project, fresh_record(project, make_record(project)), day=dt.date(2026, 8, 1))
    assert (record.status, record.confirmed_at) == (RecordStatus.PLANNED, None)


def test_what_was_taken_away_is_not_corrected(project: Project) -> None:
    record = make_record(project, status="cancelled")
    with pytest.raises(Refusal):
        corrected(project, fresh_record(project, record))


@pytest.mark.parametrize("name", ["„…”", "x" * 201])
def test_what_is_no_name_is_refused_at_its_field(project: Project, name: str) -> None:
    with pytest.raises(Refusals) as refused:
        make_record(project, local_governments=name)
    assert [part.field for part in refused.value.parts] == ["local_governments"]


def test_an_event_that_is_not_public_is_not_told_of(project: Project) -> None:
    hidden = make_event(invited_only=True)
    with pytest.raises(Refusals) as refused:
        make_record(project, event=f"/pl/events/{hidden.slug}")
    assert [part.field for part in refused.value.parts] == ["event"]


def test_a_record_that_is_gone_is_said_to_be_gone(project: Project) -> None:
    draft = make_project(make_organisation(), state="draft")
    seen = Record(id=make_record(draft).id)  # as somebody else has it before them
    services.delete_project(draft, by=PORTAL)
    with pytest.raises(Refusal):
        services.move_record(seen, RecordStatus.CANCELLED, by=PORTAL, reason="Nie było.")


def test_what_somebody_wrote_confirmed_and_froze_is_theirs_after_two_accounts_became_one(project: Project) -> None:
    organisation = project.organisation
    gone, kept = make_member(organisation, "editor"), make_member(organisation, "editor")
    record = make_record(project, status="delivered", by=gone)
    other = make_record(project, status="delivered", by=kept)
    services.move_record(other, RecordStatus.CONFIRMED, by=gone)
    report = make_report(project, by=gone)
    with transaction():
        announce(PeopleJoined(gone_id=gone.id, kept_id=kept.id))
    db.session.expire_all()
    assert fresh_record(project, record).written_by == kept.id
    assert fresh_record(project, other).confirmed_by == kept.id
    assert db.session.get_one(Report, report.id).frozen_by == kept.id


def test_figures_of_a_project_that_is_gone_are_nobody_s_loss(app: Flask) -> None:
    with transaction():
        impact.recount(10**6)


def test_a_merge_keeps_the_longer_time_of_two_names(project: Project) -> None:
    kept, lost = make_organisation(name="Fundacja A"), make_organisation(name="Fundacja B")
    record = make_record(project, organisations=f"/pl/organisations/{kept.slug}\n/pl/organisations/{lost.slug}")
    with transaction() as session:
        for party, minutes in zip(queries.parties_of(record.id), (60, 200), strict=True):
            session.get_one(type(party), party.id).minutes = minutes
    with transaction():
        services.follow_merge(lost.id, kept.id)
    (party,) = queries.parties_of(record.id)
    assert (party.organisation_id, party.minutes) == (kept.id, 200)


def test_a_form_that_is_sent_twice_is_one_record(project: Project) -> None:
    given = {"organisations": "OSP Barciany\nKGW Barciany", "place": "Barciany", "begins": "9:00"}
    make_record(project, status="delivered", **given)
    with pytest.raises(Conflict):
        make_record(project, status="delivered", **{**given, "organisations": "kgw  BARCIANY\nOSP Barciany"})
    for other in ({"begins": "13:00"}, {"organisations": "OSP Barciany"}, {"minutes": 239}, {"title": "Inne"}):
        make_record(project, status="delivered", **{**given, **other})
    assert queries.number_of_records(project.id) == 5


def test_what_was_taken_away_can_be_written_down_anew(project: Project) -> None:
    make_record(project, status="cancelled", place="Barciany")
    make_record(project, place="Barciany")


def test_a_period_is_not_made_so_short_that_records_lie_outside(project: Project) -> None:
    make_record(project)
    make_record(project, status="cancelled", day=dt.date(2026, 1, 2))
    none = {"cost": None, "cost_currency": "", "subsidy": None, "subsidy_currency": "", "hour": "hour"}
    later, kept = dt.date(2026, 3, 10), dt.date(2026, 3, 9)
    with pytest.raises(Refusals) as refused:
        services.update_project(
            project, version=project.row_version, by=PORTAL, starts_on=later, ends_on=project.ends_on, **none
        )
    assert [part.field for part in refused.value.parts] == ["ends_on"]
    services.update_project(
        project, version=project.row_version, by=PORTAL, starts_on=kept, ends_on=project.ends_on, **none
    )


def test_a_draft_with_records_and_a_report_can_be_deleted(project: Project) -> None:
    draft = make_project(project.organisation, state="draft", title="Szkic")
    number = make_report(draft).id
    services.delete_project(draft, by=PORTAL)
    assert db.session.get(Report, number) is None


def test_two_hundred_organisations_are_the_most_of_all_fields_together(project: Project) -> None:
    many, more = "\n".join(f"OSP {n}" for n in range(120)), "\n".join(f"Klub {n}" for n in range(81))
    with pytest.raises(Refusals) as refused:
        make_record(project, organisations=many, groups=more)
    assert [part.field for part in refused.value.parts] == ["groups"]
    assert len(queries.parties_of(make_record(project, organisations=many).id)) == 120


def test_a_profile_that_was_hidden_while_somebody_typed_is_not_named(project: Project) -> None:
    gone = make_organisation(name="Fundacja A")
    known = read_parties({"organisations": f"/pl/organisations/{gone.slug}"}, "pl")[0]
    change_status(gone, "hidden", by=PORTAL)
    with pytest.raises(Conflict):
        check_parties(known)
