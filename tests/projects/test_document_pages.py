"""Documents of projects in the browser: of those who look after a project, and of whoever reads its card."""

import io
import re
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.documents.models import DocumentKind
from portal.documents.services import MOST_BYTES
from portal.face.media import storage
from portal.ground.authz import PORTAL
from portal.organisations.models import Visibility
from portal.organisations.services import change_status
from portal.projects import queries, services
from portal.projects.document_fields import WHO_SEES
from portal.projects.models import Project
from portal.projects.services.documents import MOST_DOCUMENTS
from tests.factories.documents import PDF
from tests.factories.organisations import make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.projects import (
    fresh,
    make_partner,
    make_project,
    make_project_document,
    plant_documents,
)
from tests.support.markup import Page, text_of
from tests.support.papers import Read

OTHER = PDF.replace(b"0.3 rg", b"0.7 rg")
SAID = {"kind": "expert-opinion", "language": "pl", "title_pl": "Budżet obywatelski"}
LIST = "/en/projects/kuznia-ekspertow/documents"
CARD = "/en/projects/kuznia-ekspertow"


def chosen(data: bytes = PDF, name: str = "opinia.pdf") -> Any:
    return io.BytesIO(data), name


def titles(page: str) -> list[str]:
    """The documents that a card names, by their links."""
    found = [one for one in Page(page).all("a") if one.get("type") == "application/pdf"]
    return [text_of(one).partition(" (PDF")[0] for one in found]


def test_visitor_reads_what_is_public_on_a_public_card_and_nothing_else(
    project: Project, adviser: Person, client: Any, as_person: Any
) -> None:
    for seen in WHO_SEES:
        make_project_document(project, title_pl=f"Tylko {seen}", visibility=seen)
    numbers = {one.visibility: one.id for one in queries.documents_of(project.id)}
    assert titles(client.get(CARD).text) == ["Tylko public"]
    assert titles(as_person(adviser).get(CARD).text) == ["Tylko public"], "the card is the same for everybody"
    public, private = (f"{LIST}/{numbers[seen]}.pdf" for seen in ("public", "private"))
    answer = client.get(public)
    assert answer.data == PDF and answer.headers["Cache-Control"] == "public, no-cache" and answer.headers["ETag"]
    assert client.get(private).status_code == 404
    own = as_person(adviser).get(private)
    assert own.data == PDF and own.headers["Cache-Control"] == "private, no-store" and "ETag" not in own.headers
    assert as_person(make_administrator()).get(private).status_code == 404


@pytest.mark.parametrize("how", ["draft", "withdrawn", "hidden organisation"])
def test_document_of_a_card_that_is_not_public_is_not_public(
    app: Flask, organisation: Any, adviser: Person, client: Any, as_person: Any, how: str
) -> None:
    project = make_project(organisation, state="published" if how == "hidden organisation" else how)
    held, asked = make_project_document(project), make_person()
    make_partner(fresh(project), make_organisation(asked))
    address, number = f"{LIST}/{held.document_id}.pdf", held.document_id
    if how == "hidden organisation":
        change_status(organisation, "hidden", by=PORTAL, reason="Powód")
    assert client.get(address).status_code == 404 and client.get(f"{CARD}.json").status_code == 404
    own = as_person(adviser).get(address)
    assert own.data == PDF and own.headers["Cache-Control"] == "private, no-store"
    assert as_person(asked).get(address).status_code == 200, "whoever is asked reads the card, and what stands on it"
    assert queries.document_at("inny", number) is None


def test_document_of_another_project_is_not_found_at_this_one(app: Flask, client: Any, project: Project) -> None:
    other = make_project(title="Inny projekt")
    held = make_project_document(other)
    assert client.get(f"/en/projects/{other.slug}/documents/{held.document_id}.pdf").status_code == 200
    assert client.get(f"{LIST}/{held.document_id}.pdf").status_code == 404


def test_card_says_kind_year_language_and_size_in_the_order_of_kinds(project: Project, client: Any) -> None:
    assert "Expert opinions and documents" not in client.get(CARD).text
    make_project_document(project, kind="report", title_pl="Końcowe", year=2023)
    make_project_document(project, title_pl="Starsza", year=2021)
    make_project_document(project, title_pl="Nowsza", title_en="The newer one", year=2022, language="bg")
    make_project_document(project, kind="publication")
    page = client.get(CARD).text
    assert titles(page) == ["The newer one", "Starsza", "Publication", "Końcowe"]
    section = page.partition('id="documents"')[2].replace("\xa0", " ")
    assert re.search(r"Expert opinion ·\s+2022 ·\s+language: Bulgarian", section)
    assert re.search(r"\(PDF, [0-9.,]+ (k?B|bytes?)\)", section)
    assert '<span lang="pl">Starsza</span>' in section
    polish = client.get(CARD.replace("/en/", "/pl/")).text.replace("\xa0", " ")
    assert "Ekspertyzy i dokumenty" in polish and "Sprawozdanie" in polish


def test_card_asks_one_query_for_its_documents_however_many(project: Project, client: Any, count_queries: Any) -> None:
    def asked() -> tuple[int, int]:
        """How many queries ask for documents, and how many there are: of a page that nobody has kept, since a card changed."""
        make_project_document(project)
        with count_queries() as seen:
            assert client.get(CARD).status_code == 200
        return len([one for one in seen if "project_document" in str(one)]), len(seen)

    first = asked()
    plant_documents(project, 4)
    assert asked() == first and first[0] == 1


def test_programs_read_the_public_documents_of_a_card(project: Project, client: Any) -> None:
    held = make_project_document(project, title_pl="Budżet", title_en="Budget", year=2022)
    make_project_document(project, title_pl="Notatki", visibility="private")
    (document,) = client.get(f"{CARD}.json").json["documents"]
    assert document == {
        "title": {"pl": "Budżet", "en": "Budget"}, "kind": {"code": "expert-opinion", "label": "expert opinion"},
        "language": "pl", "year": 2022, "bytes": len(PDF), "url": f"http://127.0.0.1:8000{LIST}/{held.document_id}.pdf",
    }  # fmt: skip
    assert client.get(document["url"]).data == PDF


def test_paper_of_a_card_names_its_documents_with_their_addresses(project: Project, client: Any) -> None:
    assert not Read(client.get(f"{CARD}.pdf").data).says("Expert opinions and documents")
    held = make_project_document(project, title_pl="Budżet obywatelski", year=2022)
    make_project_document(project, kind="report", title_pl="", year=None)
    make_project_document(project, title_pl="Notatki", visibility="private")
    paper = Read(client.get(f"{CARD}.pdf").data)
    for words in ("Expert opinions and documents", "Budżet obywatelski", "Expert opinion · 2022 · language: Polish"):
        assert paper.says(words), words
    assert paper.says(f"{LIST}/{held.document_id}.pdf") and not paper.says("Notatki")


def test_editor_adds_describes_replaces_and_removes(
    project: Project, adviser: Person, as_person: Any, client: Any
) -> None:
    editor = as_person(adviser)
    assert f'href="{LIST}"' in editor.get(f"{CARD}/manage").text
    assert "There are no documents yet." in editor.get(LIST).text
    page = editor.get(f"{LIST}/new")
    kinds = [one.get("value") for one in Page(page.text).all("option") if one.get("value") in [*DocumentKind]]
    assert kinds == ["easy-read", "expert-opinion", "publication", "report", "other"]
    seen = [one.get("value") for one in Page(page.text).all("option") if one.get("value") in [*Visibility]]
    assert seen == ["public", "private"]
    answer = editor.follow(editor.submit(page, {"file": chosen(), **SAID}))
    assert "Document added." in answer.text and "Who sees it: everybody who sees the card" in answer.text
    (document,) = queries.documents_of(project.id)
    number = document.id
    answer = editor.submit(f"{LIST}/{number}/edit", {"file": chosen(OTHER), "visibility": "private"})
    assert "only those who look after the project" in editor.follow(answer).text
    assert editor.get(f"{LIST}/{number}.pdf").data == OTHER and client.get(f"{LIST}/{number}.pdf").status_code == 404
    question = editor.get(f"{LIST}/{number}/remove")
    assert "The card no longer shows it" in question.text and editor.get(f"{LIST}/{number}.pdf").status_code == 200
    assert "Document removed." in editor.follow(editor.submit(question)).text
    assert editor.get(f"{LIST}/{number}.pdf").status_code == 404 and not list(storage.stored_keys())


def test_everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(
    project: Project, adviser: Person, as_person: Any
) -> None:
    editor = as_person(adviser)
    locked = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 9 0 R")
    answer = editor.submit(f"{LIST}/new", {"file": chosen(locked), **SAID, "year": "12"})
    assert answer.status_code == 422 and "Budżet obywatelski" in answer.text
    assert "protected by a password" in answer.text and "Enter a year with four digits" in answer.text
    assert "The other answers are still here. Choose the file again." in answer.text
    large = PDF.replace(b"xref\n", b"\n" * (MOST_BYTES + 1 - len(PDF)) + b"xref\n", 1)
    answer = editor.submit(f"{LIST}/new", {"file": chosen(large), **SAID})
    assert answer.status_code == 422 and "the limit is 10 MB" in answer.text.replace("\xa0", " ")
    assert not list(storage.stored_keys())


def test_page_says_when_the_card_is_not_public_and_offers_no_document_too_many(
    organisation: Any, adviser: Person, as_person: Any
) -> None:
    project, editor = make_project(organisation, state="draft"), as_person(adviser)
    page = editor.get(LIST).text
    assert "nobody outside sees any of these documents" in page and "Add a document" in page
    plant_documents(project, MOST_DOCUMENTS)
    services.publish_project(fresh(project), by=PORTAL)
    page = editor.get(LIST).text
    assert "nobody outside" not in page and "Add a document" not in page and "at most thirty documents" in page
    assert editor.submit(f"{LIST}/new", {"file": chosen(), **SAID}).status_code == 422


@pytest.mark.parametrize("act", ["edit", "remove"])
def test_who_reads_a_public_document_finds_no_form_of_it(
    project: Project, client: Any, as_person: Any, act: str
) -> None:
    held = make_project_document(project)
    for browser in (client, as_person(make_person())):
        answer = browser.get(f"{LIST}/{held.document_id}/{act}")
        nowhere = browser.get(f"{LIST}/987654/{act}")
        assert (answer.status_code, nowhere.status_code) in ((404, 404), (303, 303), (302, 302))
