"""Records pasted as a table: shown as they are read, written down as they were shown, and one that cannot be stops no other."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.impact import queries as impact
from portal.organisations.models import Organisation
from portal.projects import queries, record_table, services
from portal.projects.models import Project, Record
from portal.projects.services import RowOutcome, record_tables
from portal.words.i18n import in_language
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_project
from tests.factories.records import make_record
from tests.support.workbooks import workbook

HEAD = "Dzień\tTemat\tRodzaj\tMinuty\tOrganizacje"
LOOK, SEND = "act=look", "act=send"


@pytest.fixture
def owner(app: Flask) -> Any:
    return make_person()


@pytest.fixture
def project(owner: Any) -> Project:
    return make_project(make_organisation(owner, town="Elbląg", region="PL-28"))


@pytest.fixture
def browser(owner: Any, as_person: Any) -> Any:
    return as_person(owner)


def path(project: Project, language: str = "en") -> str:
    return f"/{language}/projects/{project.slug}/records/table"


def rows(*lines: str, head: str = HEAD, activity: str = "") -> list[record_table.Row]:
    return record_table.read("\n".join((head, *lines)), activity)


def write(project: Project, *lines: str, **more: Any) -> list[RowOutcome]:
    return services.write_records(project, rows(*lines, **more), by=PORTAL)


def told(outcomes: Sequence[RowOutcome]) -> list[list[str]]:
    with in_language("en"):
        return [[record_table.about(fault) for fault in one.faults] for one in outcomes]


def written(project: Project) -> Sequence[Record]:
    db.session.rollback()
    return sorted(queries.records_of(project.id, limit=600), key=lambda one: one.id)


def test_lines_of_a_spreadsheet_are_shown_first_and_written_down_as_they_were_shown(
    project: Project, browser: Any, owner: Any
) -> None:
    known = make_organisation(make_person(), name="Fundacja Most")
    table = (
        f"{HEAD}\n9.03.2026\tStatut\tszkolenie\t240\tOSP Barciany; Fundacja Most\n10 marca 2026\tDotacja\tadvice\t90\t"
    )
    shown = browser.submit(path(project), {"table": table}, button=LOOK)
    assert shown.status_code == 422
    assert "Write down 2 records" in shown.text
    assert written(project) == []  # it was only looked at
    answer = browser.submit(shown, button=SEND)
    assert "Written down: 2 records." in browser.follow(answer).text
    first, second = written(project)
    assert (first.activity, first.day.isoformat(), first.minutes, first.status) == (
        "training",
        "2026-03-09",
        240,
        "delivered",
    )
    assert [(one.name, one.organisation_id) for one in queries.parties_of(first.id)] == [
        ("OSP Barciany", None), ("", known.id),
    ]  # fmt: skip
    assert (second.activity, second.title.get("pl"), second.minutes) == ("advice", "Dotacja", 90)
    assert {first.written_by, second.written_by} == {owner.id}
    assert impact.figures_of(project.id) == []  # a second person confirms them


def test_a_table_that_was_changed_after_it_was_shown_is_shown_again(project: Project, browser: Any) -> None:
    shown = browser.submit(path(project), {"table": f"{HEAD}\n9.03.2026\tStatut\ttraining\t240\t"}, button=LOOK)
    again = browser.submit(shown, {"table": f"{HEAD}\n9.03.2026\tStatut\ttraining\t480\t"}, button=SEND)
    assert again.status_code == 422
    assert written(project) == []
    browser.follow(browser.submit(again, button=SEND))
    assert [one.minutes for one in written(project)] == [480]


def test_what_cannot_be_written_stops_nothing_and_stays_to_be_corrected(project: Project, browser: Any) -> None:
    lines = [
        "9.03.2026\tStatut\ttraining\t240\t",
        "31.02.2026\tTego dnia nie ma\ttraining\t240\t",
        "11.03.2026\tKsięgi\ttraining\t120\t",
    ]
    shown = browser.submit(path(project), {"table": "\n".join((HEAD, *lines))}, button=LOOK)
    assert "There is no such day in the calendar." in shown.text
    left = browser.submit(shown, button=SEND)
    assert left.status_code == 422
    assert "Written down: 2 records." in left.text
    assert "1 line could not be written down." in left.text
    assert [one.title.get("pl") for one in written(project)] == ["Statut", "Księgi"]
    assert "Tego dnia nie ma" in left.text
    assert "Księgi" not in left.text.split("<form")[-1]
    corrected = f"{HEAD}\n28.02.2026\tTego dnia nie ma\ttraining\t240\t"
    shown = browser.submit(left, {"table": corrected}, button=LOOK)
    browser.follow(browser.submit(shown, button=SEND))
    assert len(written(project)) == 3


def test_every_fault_of_a_line_is_told_at_once_with_its_column(project: Project) -> None:
    outcome = write(project, "1.01.1999\t\tpływanie\t1441\thttps://example.org/pl/organisations/nie-ma")
    assert told(outcome) == [
        [
            "Kind of activity: The portal does not know “pływanie” here. Use a name from the list in the form.",
            "What it was about: Say what it was about.",
            "Day: This day lies outside the period of the project. Check the day, or change the period first.",
            "Minutes: A day has 1,440 minutes. Write down what lasted longer day by day.",
            "Organisations that took part: There is no public profile at this address: "
            "https://example.org/pl/organisations/nie-ma",
        ]
    ]
    assert written(project) == []


@pytest.mark.parametrize(
    "cells", ["9.03.2026\tStatut\tpływanie\t240\t", "9.03.2026\tStatut\ttraining\tdużo\t", "\tStatut\ttraining\t240\t"]
)
def test_one_cell_that_says_nothing_is_enough_to_keep_a_line_out(project: Project, cells: str) -> None:
    (outcome,) = write(project, cells)
    assert len(outcome.faults) == 1
    assert written(project) == []


def test_doubles_are_left_out_whether_they_stand_in_the_table_or_were_written_before(project: Project) -> None:
    make_record(project, status="delivered", place="")
    outcomes = write(
        project, "9.03.2026\tStatut bez błędów\ttraining\t240\t", "10.03.2026\tKsięgi\ttraining\t60\tOSP Barciany",
        "10.03.2026\tKsięgi\ttraining\t60\tosp barciany",
    )  # fmt: skip
    assert [(one.is_record, one.is_double) for one in outcomes] == [(False, True), (True, False), (False, True)]
    assert len(written(project)) == 2


def test_two_lines_of_one_leader_at_one_hour_clash_as_in_the_form(project: Project) -> None:
    head = f"{HEAD}\tTrener\tGodzina"
    outcomes = write(
        project, "9.03.2026\tStatut\ttraining\t240\t\tEwa Lipa\t9:00", "9.03.2026\tKsięgi\ttraining\t60\t\tewa lipa\t10:30",
        head=head,
    )  # fmt: skip
    assert [one.is_record for one in outcomes] == [True, False]
    assert "leads something else that began at 09:00" in told(outcomes)[1][0]


def test_columns_that_are_not_read_are_named(project: Project, browser: Any) -> None:
    shown = browser.submit(
        path(project), {"table": f"{HEAD}\tUwagi\n9.03.2026\tStatut\ttraining\t9\t\tnic"}, button=LOOK
    )
    assert "These columns are not read: Uwagi" in shown.text


def test_a_line_that_names_no_kind_gets_the_one_that_was_chosen(project: Project) -> None:
    write(project, "9.03.2026\tDotacja\t\t90\t", activity="advice")
    (record,) = written(project)
    assert record.activity == "advice"


def test_a_file_is_read_like_what_is_pasted_and_unknown_columns_are_not_kept(project: Project, browser: Any) -> None:
    data = workbook(
        [["Data", "Temat", "PESEL", "Minuty", "Rodzaj"], ["2026-03-09", "Statut", "tajne", 240, "training"]]
    )
    shown = browser.submit(path(project), {"file": (io.BytesIO(data), "rejestr.xlsx")}, button=LOOK)
    assert "tajne" not in shown.text
    assert "These columns are not read: PESEL" in shown.text
    browser.follow(browser.submit(shown, button=SEND))
    assert [(one.day.isoformat(), one.minutes) for one in written(project)] == [("2026-03-09", 240)]


def test_organisations_in_lines_of_one_cell_stay_apart_in_a_file_and_in_what_is_left(
    project: Project, browser: Any
) -> None:
    names = "OSP Barciany\nKGW Nowa Wieś"
    rows_of = [["Data", "Temat", "Rodzaj", "Minuty", "Organizacje"], ["9.03.2026", "Statut", "training", 60, names]]
    shown = browser.submit(path(project), {"file": (io.BytesIO(workbook(rows_of)), "rejestr.xlsx")}, button=LOOK)
    browser.follow(browser.submit(shown, button=SEND))
    (record,) = written(project)
    assert [one.name for one in queries.parties_of(record.id)] == ["OSP Barciany", "KGW Nowa Wieś"]
    left = record_table.left_over(f'{HEAD}\n31.02.2026\tStatut\ttraining\t60\t"{names}"', [2])
    assert record_table.read(left, "")[0].said("organisations").splitlines() == names.splitlines()


BAD = {
    "nothing": ({"table": " \n "}, "Paste the table or choose a file."),
    "both": ({"table": HEAD, "file": (b"b", "b.csv")}, "not both"),
    "no heads": ({"table": "9.03.2026\tStatut\ttraining\t240"}, "The first line must name the columns"),
    "no day": ({"table": "Temat\tMinuty\nStatut\t240"}, "The first line must name the columns"),
    "no rows": ({"table": HEAD}, "There is no record below"),
    "too many rows": ({"table": "\n".join([HEAD, *["9.03.2026\tA\ttraining\t1\t"] * 300])}, "more than 300 rows"),
    "a file without heads": ({"file": (b"9.03.2026;Statut;240", "rejestr.csv")}, "The first line must name"),
    "a picture": ({"file": (b"\x89PNG\r\n\x1a\n\0\0", "rejestr.xlsx")}, "not a table"),
    "large": ({"file": (b"a" * 5_000_001, "rejestr.csv")}, "limit is"),
}


@pytest.mark.parametrize(("fields", "words"), BAD.values(), ids=BAD)
def test_what_is_no_table_is_refused_with_a_sentence_and_what_was_typed_stays(
    project: Project, browser: Any, fields: dict[str, Any], words: str
) -> None:
    fields = {name: (io.BytesIO(value[0]), value[1]) if name == "file" else value for name, value in fields.items()}
    answer = browser.submit(path(project), {"table": "", **fields}, button=LOOK)
    assert answer.status_code == 422
    assert words in answer.text
    assert str(fields.get("table", "")).strip()[:2000] in answer.text.replace("\r\n", "\n")
    assert written(project) == []


def test_a_table_of_too_many_names_is_refused_before_one_is_searched_for(
    project: Project, count_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_tables, "MOST_NAMES", 2)
    table = rows("9.03.2026\tA\ttraining\t60\tX1; X2; X3")
    with count_queries() as asked, pytest.raises(Refusal):
        services.look_at_records(project, table, by=PORTAL)
    assert len(asked) <= 1  # the project itself


def test_a_name_of_many_lines_is_searched_for_once(project: Project, count_queries: Any) -> None:
    def searches(lines: int) -> int:
        table = rows(*(f"{day}.03.2026\tStatut\ttraining\t60\tOSP Barciany; KGW Nowa" for day in range(1, lines + 1)))
        with count_queries() as asked:
            services.look_at_records(project, table, by=PORTAL)
        return sum("search" in str(one).lower() for one in asked)

    searches(1)
    assert searches(12) == searches(2)


def test_whoever_may_not_write_records_neither_looks_nor_writes(project: Project) -> None:
    stranger, table = make_person(), rows("9.03.2026\tStatut\ttraining\t240\t")
    for use in (services.look_at_records, services.write_records):
        with pytest.raises(NotAllowed):
            use(project, table, by=stranger)
    organisation = db.session.get_one(Organisation, project.organisation_id)
    with pytest.raises(NotAllowed):
        services.write_records(project, table, by=make_member(organisation, "translator"))
    assert db.session.scalar(sa.select(sa.func.count(Record.id))) == 0


def test_our_own_labels_head_the_columns_in_every_language(project: Project) -> None:
    said = {
        "activity": "training", "title": "Statut", "day": "9.03.2026", "minutes": "240", "leader": "Ewa", "people": "12",
        "local_governments": "Gmina",
    }  # fmt: skip
    for language in ("pl", "bg", "en"):
        with in_language(language):
            head = "\t".join(str(field.label) for field in record_table.COLUMNS)
        line = "\t".join(said.get(one.name, "") for one in record_table.COLUMNS)
        (row,) = record_table.read("\n".join((head, line)), "")
        assert row.faults == []
        assert (row.values["leader"], row.values["people"], row.said("local_governments")) == ("Ewa", 12, "Gmina")
