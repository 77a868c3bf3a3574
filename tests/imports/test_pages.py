"""The pages of a list, without JavaScript: upload, columns, preview, making, report, undoing."""

import csv
import io
from typing import Any

import pytest

from portal.face.web.budget import most
from portal.imports import queries, services
from portal.organisations import queries as organisations
from tests.factories.imports import HEAD, fresh, make_batch, row, work
from tests.factories.networks import make_network
from tests.factories.people import make_administrator, make_person
from tests.support.workbooks import bomb, lying_bomb, workbook

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso8859-2"]


@pytest.fixture
def coordinator(app: Any, as_person: Any) -> Any:
    person = make_person()
    make_network("Sieć", coordinators=(person,))
    return as_person(person)


def upload(browser: Any, data: bytes, **more: Any) -> Any:
    fields = {"file": (io.BytesIO(data), "lista.csv"), "source": "Rejestr gminy", "language": "pl", **more}
    return browser.submit("/en/imports/", fields)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_list_is_read_in_the_letters_it_was_written_in(coordinator: Any, encoding: str, delimiter: str) -> None:
    text = "\r\n".join([HEAD, "Kółko Gżegżółka;stowarzyszenie;Łódź;łódzkie;1;123;;"]).replace(";", delimiter)
    page = coordinator.follow(upload(coordinator, text.encode(encoding)))
    assert "Kółko Gżegżółka" in page.text and "1 row can be made into a profile." in page.text
    assert organisations.by_slug("kolko-gzegzolka") is None


def test_bulgarian_list_in_an_old_code_page(coordinator: Any) -> None:
    text = (
        "Наименование;Правна форма;Населено място;Област;Тема;ЕИК\nНЧ Извор;читалище;Казанлък;Стара Загора;1;000703415"
    )
    page = coordinator.follow(upload(coordinator, text.encode("cp1251")))
    assert "НЧ Извор" in page.text and "1 row can be made into a profile." in page.text


def test_workbook_is_read(coordinator: Any) -> None:
    rows = [HEAD.split(";"), *(row(number, krs=str(number)).split(";") for number in range(1, 4))]
    page = coordinator.follow(upload(coordinator, workbook(rows)))
    assert "3 rows can be made into profiles." in page.text


def test_list_goes_from_upload_to_undo(coordinator: Any) -> None:
    data = "\n".join([HEAD, row(1), "Zła;coś;Zgierz;łódzkie;1;;;"]).encode()
    answer = upload(coordinator, data)
    page = coordinator.follow(answer)
    address = answer.headers["Location"].split("#")[0]
    assert "Legal form: The portal does not know “coś” here." in page.text
    number = int(address.rsplit("/", 1)[1])
    answer = coordinator.submit(page, {}, action=f"/en/imports/{number}/start")
    assert answer.status_code == 303
    page = coordinator.follow(answer)
    assert "The profiles are being made" in page.text
    work()
    page = coordinator.get(f"/en/imports/{number}")
    assert "1 profile was made." in page.text
    answer = coordinator.submit(page, {}, action=f"/en/imports/{number}/undo")
    work()
    assert "1 profile was taken back." in coordinator.get(f"/en/imports/{number}").text
    assert organisations.by_slug("stowarzyszenie-klon-1") is None


def test_columns_can_be_changed(coordinator: Any) -> None:
    data = b"a;b;c\nLipa;Zgierz;fundacja"
    page = coordinator.follow(upload(coordinator, data))
    assert "Choose the column with the name of the organisation." in page.text
    (batch,) = queries.batches_for(make_administrator())
    number = batch.id
    changes = {
        "column_name": "0", "column_town": "1", "column_legal_form": "2", "start_region": "PL-10", "start_themes": "5",
    }  # fmt: skip
    answer = coordinator.submit(page, changes, action=f"/en/imports/{number}/columns")
    assert answer.status_code == 303
    assert "1 row can be made into a profile." in coordinator.follow(answer).text
    page = coordinator.get(f"/en/imports/{number}")
    read = fresh(number).mapping, fresh(number).starts, queries.outcomes(number)
    assert coordinator.submit(page, {}, action=f"/en/imports/{number}/columns").status_code == 303
    assert (fresh(number).mapping, fresh(number).starts, queries.outcomes(number)) == read, "saved untouched"
    page = coordinator.get(f"/en/imports/{number}")
    answer = coordinator.submit(page, {"column_town": "0"}, action=f"/en/imports/{number}/columns")
    assert answer.status_code == 422 and "Two fields are read from the same column." in answer.text
    assert fresh(number).mapping == {"name": 0, "town": 1, "legal_form": 2}


@pytest.mark.parametrize("language", ["pl", "bg", "en"])
def test_report_has_the_lines_and_what_to_do_in_the_language_of_the_reader(coordinator: Any, language: str) -> None:
    upload(coordinator, "\n".join([HEAD, row(1), "", "Zła;coś;Zgierz;łódzkie;1;1234563218;;nie"]).encode())
    (batch,) = queries.batches_for(make_administrator())
    answer = coordinator.get(f"/{language}/imports/{batch.id}/report.csv")
    sign = "," if language == "en" else ";"
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=sign))
    assert [line[0] for line in rows[1:]] == ["2", "4"] and rows[1][3] == "" and "coś" in rows[2][3]
    assert ("This looks like a NIP" in rows[2][3]) is (language == "en")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "has no rows below the first one"), (b"PK\x03\x04" + b"x" * 50, "cannot read this workbook"),
        (b"%PDF-1.4", "not a table"),
        (b"<html><table>", "web page"), (b"Nazwa", "has no rows below the first one"),
        (b"a;b\n" + b"x" * 11_000 + b";b", "has a cell of more than"), (b"a;b\n" * 20_001, "more than 20,000 rows"),
        (b"a\n" + b"b;" * 300, "more than 200 columns"), (bomb(51), "Unpacked, the workbook is larger than 50"),
        (lying_bomb(51), "workbook"), (b"a;b\n" + b"b;c\n" * 5_100_000, "limit is 20"),
    ],
    ids=[str(number) for number in range(11)],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_way_out(coordinator: Any, data: bytes, words: str) -> None:
    answer = upload(coordinator, data)
    assert answer.status_code == 422 and words in answer.text.replace("\u00a0", " ")
    assert "Rejestr gminy" in answer.text, "nothing that was typed is lost"
    assert not queries.batches_for(make_administrator())


def test_door_has_room_for_the_largest_list(app: Any) -> None:
    with app.test_request_context():
        from flask import url_for

        path = url_for("imports.index", lang="pl")
    assert most(path) > services.FILE.file


def test_list_is_nobody_elses_business(coordinator: Any, as_person: Any) -> None:
    batch = make_batch()
    assert coordinator.get(f"/en/imports/{batch.id}").status_code == 404
    assert as_person(make_person()).get("/en/imports/").status_code == 403
    team = as_person(make_administrator())
    assert "Lista gminy" in team.get("/en/imports/").text
    assert team.get(f"/en/imports/{batch.id}").status_code == 200


def test_discarded_list_is_gone(coordinator: Any) -> None:
    page = coordinator.follow(upload(coordinator, "\n".join([HEAD, row(1)]).encode()))
    (batch,) = queries.batches_for(make_administrator())
    number = batch.id
    assert coordinator.submit(page, {}, action=f"/en/imports/{number}/discard").status_code == 303
    assert coordinator.get(f"/en/imports/{number}").status_code == 404


def test_second_press_says_that_it_has_begun(coordinator: Any) -> None:
    page = coordinator.follow(upload(coordinator, "\n".join([HEAD, row(1)]).encode()))
    (batch,) = queries.batches_for(make_administrator())
    action = f"/en/imports/{batch.id}/start"
    assert coordinator.submit(page, {}, action=action).status_code == 303
    assert coordinator.submit(page, {}, action=action).status_code == 409


def test_own_page_leads_to_the_lists_of_whoever_may_bring_them(coordinator: Any, as_person: Any) -> None:
    link = 'href="/en/imports/"'
    assert link in coordinator.get("/en/account/").text
    assert link in as_person(make_administrator()).get("/en/account/").text
    assert link not in as_person(make_person()).get("/en/account/").text
