"""The directory as files: the same list as the page, for programs and spreadsheets, and nothing that is not for everybody."""

import csv
import io
import json
import tracemalloc
from typing import Any

import pytest

from portal.ground import clock
from portal.organisations import queries, services
from portal.organisations.fields import OPEN, PROFILE
from portal.organisations.models import Visibility
from portal.words.tables import read_file
from portal.words.vocabularies import label
from tests.factories.organisations import make_organisation, translated
from tests.factories.people import make_person

pytestmark = pytest.mark.both_engines  # filters and order are made by SQL
ENDINGS = ("csv", "xlsx", "json", "jsonld")
FORMULAS = ["=1+1", "+48 42", "-2", "@SUM(A1)", '=HYPERLINK("http://x.example")', "=cmd|' /C calc'!A0", "+1-1", "@x"]


def lines(answer: Any) -> list[dict[str, str]]:
    """The rows of a table by the heads of its columns, as our own reader reads them."""
    head, *rows = read_file(answer.data).lines
    return [dict(zip(head.cells, [*row.cells, *[""] * 40], strict=False)) for row in rows]


def nodes(answer: Any) -> list[dict[str, Any]]:
    return [one["item"] for one in json.loads(answer.data)["itemListElement"]]


@pytest.fixture
def three(app: Any) -> None:
    make_organisation(
        name="Łódź, Стара Загора", town="Łódź", themes=["5", "1"], krs="123456", nip="1234563218",
        website="https://lipa.example",
        contacts=[("email", "biuro@lipa.example", "public"), ("phone", "+48 42 123 45 67", "public")],
        founded_year=2012,
    )  # fmt: skip
    make_organisation(name="Żubr", town="Lublin", region="PL-06", themes=["1"], legal_form="pl-informal")
    make_organisation(name="Читалище Извор", language="bg", country="BG", town="Стара Загора", eik="000703415")
    make_organisation(name="Szkic", status="draft")
    make_organisation(name="Ukryta", status="hidden")
    make_organisation(name="Zawieszona", status="suspended")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_table_comes_back_as_it_was_written(client: Any, ending: str) -> None:
    rows = lines(client.get(f"/en/organisations.{ending}"))
    assert [row["Name of the organisation or group"] for row in rows] == [
        "Łódź, Стара Загора",
        "Żubr",
        "Читалище Извор",
    ]
    first = rows[0]
    assert (first["KRS number"], first["NIP"]) == ("PL-KRS-0000123456", "PL-NIP-1234563218")
    assert (first["Country"], first["Region"], first["Founded in the year"]) == (
        "PL",
        label("regions", "PL-10", "en"),
        "2012",
    )
    assert first["Profile"].endswith("/en/organisations/lodz-stara-zagora")
    assert first["Confirmed"] == clock.today("Europe/Warsaw").isoformat()
    assert (first["Telephone number"], first["Languages"]) == ("+48 42 123 45 67", "pl")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("language", "sign"), [("pl", b";"), ("bg", b";"), ("en", b",")])
def test_csv_opens_in_the_spreadsheet_of_its_language(client: Any, language: str, sign: bytes) -> None:
    answer = client.get(f"/{language}/organisations.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf") and answer.mimetype == "text/csv"
    head = next(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=sign.decode()))
    assert len(head) == len(list(OPEN)) + 10 and len(set(head)) == len(head)
    assert ".csv" in answer.headers["Content-Disposition"]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    "filters",
    ["", "theme=5", "country=BG", "region=PL-10&theme=1", "kind=informal", "q=lodz", "q=xyzzy", "network=none"],
)
def test_every_file_has_what_the_page_lists(client: Any, filters: str) -> None:
    page = client.get(f"/en/organisations?{filters}").text
    listed = [name for name in ("Łódź, Стара Загора", "Żubr", "Читалище Извор") if f">{name}</a></h3>" in page]
    files = {ending: client.get(f"/en/organisations.{ending}?{filters}") for ending in ENDINGS}
    objects = json.loads(files["json"].data)["organisations"]
    assert sorted(next(iter(one["name"].values())) for one in objects) == sorted(listed)
    assert sorted(one["name"][0]["@value"] for one in nodes(files["jsonld"])) == sorted(listed)
    for ending in ("csv", "xlsx"):
        assert sorted(row["Name of the organisation or group"] for row in lines(files[ending])) == sorted(listed)


@pytest.mark.parametrize("visibility", list(Visibility))
def test_contacts_are_in_no_file_unless_everybody_sees_them(client: Any, visibility: str) -> None:
    contacts = [("email", "tajny@lipa.example", visibility), ("phone", "+48 42 555 66 77", visibility)]
    make_organisation(contacts=contacts)
    for ending in ENDINGS:
        text = str(list(lines(client.get(f"/pl/organisations.{ending}")))) if ending in ("csv", "xlsx") else (
            client.get(f"/pl/organisations.{ending}").text
        )  # fmt: skip
        is_there = visibility == Visibility.PUBLIC
        assert ("tajny@lipa.example" in text) is is_there and ("555 66 77" in text) is is_there, ending


def test_contacts_are_withheld_from_whoever_is_signed_in_too(as_person: Any) -> None:
    person = make_person()
    make_organisation(person, contacts=[("email", "tajny@lipa.example", "registered")])
    answer = as_person(person).get("/pl/organisations.json")
    assert "tajny@lipa.example" not in answer.text


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(client: Any, formula: str) -> None:
    made = make_organisation(name=f"{formula} a", summary=formula, town=f"{formula} b")
    answer = client.get("/en/organisations.csv")
    cells = [cell for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    for ending in ("csv", "xlsx"):
        (row,) = lines(client.get(f"/en/organisations.{ending}"))
        assert row["Name of the organisation or group"] == made.name.source
        assert row["Town or village"] == made.town


@pytest.mark.parametrize("language", ["pl", "bg", "en"])
def test_workbook_says_what_its_columns_mean_in_its_language(client: Any, language: str) -> None:
    import python_calamine

    make_organisation()
    book = python_calamine.load_workbook(io.BytesIO(client.get(f"/{language}/organisations.xlsx").data))
    first, second = (book.get_sheet_by_index(number).to_python() for number in range(2))
    assert [row[0] for row in second[1:]] == first[0]
    assert all(row[1] for row in second[1:])


@pytest.mark.usefixtures("three")
def test_objects_have_codes_and_labels(client: Any) -> None:
    answer = client.get("/bg/organisations.json?region=PL-10")
    assert answer.mimetype == "application/json"
    told = json.loads(answer.data)
    assert told["licence"].startswith("https://creativecommons.org/") and told["language"] == "bg"
    (one,) = told["organisations"]
    assert set(one) >= {"url", "identifiers", "assured_date", "languages", "country", *(field.name for field in OPEN)}
    assert one["region"]["code"] == "PL-10" and one["region"]["label"]
    assert [term["code"] for term in one["themes"]] == ["5", "1"]
    assert one["identifiers"] == ["PL-KRS-0000123456", "PL-NIP-1234563218"]
    assert one["founded_year"] == 2012 and one["languages"] == ["pl"]
    assert "contact_visibility" not in one and "description" not in one and set(PROFILE.columns) - set(one)


@pytest.mark.usefixtures("three")
def test_graph_is_a_list_of_organisations_in_the_words_of_schema(client: Any) -> None:
    make_organisation(name="Urząd", legal_form="xx-public")
    answer = client.get("/pl/organisations.jsonld")
    told = json.loads(answer.data)
    assert (told["@context"], told["@type"]) == ("https://schema.org", "ItemList")
    entries = told["itemListElement"]
    assert [one["position"] for one in entries] == [1, 2, 3, 4] and {one["@type"] for one in entries} == {"ListItem"}
    kinds = {one["name"][0]["@value"]: one["@type"] for one in nodes(answer)}
    assert kinds["Urząd"] == "Organization" and kinds["Żubr"] == "NGO"
    node = nodes(answer)[0]
    assert node["@id"] == node["url"] and node["address"]["@type"] == "PostalAddress"
    assert {"@type": "PropertyValue", "propertyID": "PL-KRS", "value": "0000123456"} in node["identifier"]
    assert all(node.values())


def test_translations_are_told_with_their_languages(client: Any) -> None:
    made = make_organisation(name="Lipa")
    person = queries.owners_of(made)[0]
    services.translate(made, by=person, language="bg", version=made.row_version, **translated(name="Липа"))
    (one,) = json.loads(client.get("/pl/organisations.json").data)["organisations"]
    assert one["name"] == {"pl": "Lipa", "bg": "Липа"} and one["languages"] == ["pl", "bg"]


def test_whoever_has_the_file_is_told_so_until_something_changes(client: Any) -> None:
    make_organisation()
    for ending in ENDINGS:
        first = client.get(f"/pl/organisations.{ending}")
        known = {"If-None-Match": first.headers["ETag"]}
        assert client.get(f"/pl/organisations.{ending}", headers=known).status_code == 304
        assert client.get(f"/en/organisations.{ending}", headers=known).status_code == 200
        assert client.get(f"/pl/organisations.{ending}?theme=1", headers=known).status_code == 200
    make_organisation()
    assert client.get("/pl/organisations.jsonld", headers=known).status_code == 200


def test_few_files_are_made_at_once(client: Any, monkeypatch: Any) -> None:
    from portal.face.web import downloads

    monkeypatch.setattr(downloads, "_WAIT", 0.01)
    held = [downloads.Slot() for _ in range(downloads.AT_ONCE)]
    assert client.get("/pl/organisations.csv").status_code == 503
    held[0].give_back()
    held[0].give_back()  # twice is once
    for _ in range(3):
        assert client.get("/pl/organisations.csv").status_code == 200
    held[1].give_back()
    with pytest.raises(ValueError):
        downloads._slots.release()


def test_page_leads_to_the_files_with_its_filters(client: Any) -> None:
    make_organisation(themes=["1"])
    page = client.get("/en/organisations?theme=1&kind=registered").text
    for ending in ENDINGS:
        assert f'href="/en/organisations.{ending}?theme=1&amp;kind=registered"' in page
    assert "CC BY 4.0" in page


def test_memory_does_not_grow_with_the_list(client: Any) -> None:
    import datetime as dt

    from portal.words.i18n import Localized

    def row(number: int) -> services.BulkRow:
        return services.BulkRow(
            Localized.of("pl", f"Lipa {number}"), Localized.of("pl", "Sadzimy. " * 20), Localized.of("pl", "<p>a</p>" * 50),
            "pl-assoc", "Łódź", "PL-10", ("1",), dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        )  # fmt: skip

    services.bulk_create(map(row, range(2_000)))
    client.get("/pl/organisations.json?theme=2")
    peaks = []
    for filters in ("q=%22lipa+1%22", ""):
        tracemalloc.start()
        answer = client.get(f"/pl/organisations.json?{filters}", buffered=False)
        size = sum(len(piece) for piece in answer.iter_encoded())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert size > 1_000_000 and peaks[1] < 4_000_000, peaks
