"""Documents in the browser: of those who write them, and of everybody who may read them."""

import io
import re
from typing import Any

import pytest
from flask import Flask

from portal.documents import queries, services
from portal.documents.models import Document
from portal.face.media import storage
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.organisations import services as organisations
from portal.organisations.models import Visibility
from tests.factories.documents import PDF, again, described, make_document
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.organisations.test_contacts import SEES, somebody
from tests.support.moments import at_once

PAGE = "/en/organisations/lipa"
LIST = f"{PAGE}/documents"
SEEN = [str(one) for one in Visibility]
LOCKED = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 9 0 R")


def chosen(data: bytes = PDF, name: str = "statut.pdf") -> Any:
    return io.BytesIO(data), name


def shown(text: str) -> list[str]:
    """The visibilities of the documents that a page names."""
    return [seen for seen in SEEN if re.search(rf"Tylko {seen}\b", text)]


def padded(size: int) -> bytes:
    """A PDF of exactly so many bytes."""
    return PDF.replace(b"xref\n", b"\n" * (size - len(PDF)) + b"xref\n", 1)


def five(organisation: Any) -> dict[str, int]:
    """A document of each visibility, by the number of it."""
    owner = make_member(organisation, "owner")
    return {
        seen: make_document(organisation, owner, title_pl=f"Tylko {seen}", visibility=seen).document_id for seen in SEEN
    }


@pytest.fixture
def editor(app: Flask, as_person: Any) -> Any:
    return as_person(make_member(make_organisation(name="Lipa"), "editor"))


@pytest.mark.parametrize("who", SEES)
def test_page_and_file_are_for_whoever_the_document_is_meant_for(app: Flask, as_person: Any, who: str) -> None:
    organisation, person = somebody(who)
    documents = five(organisation)
    browser = as_person(person)
    text = browser.get(PAGE).text
    assert set(shown(text)) == SEES[who]
    for seen, number in documents.items():
        answer = browser.get(f"{LIST}/{number}.pdf")
        if seen in SEES[who]:
            assert (answer.status_code, answer.data) == (200, PDF)
        else:
            assert answer.status_code == 404 and PDF not in answer.data


@pytest.mark.parametrize("seen", SEEN)
def test_file_is_only_ever_a_file_and_what_is_not_public_is_never_kept(app: Flask, as_person: Any, seen: str) -> None:
    organisation = make_organisation(name="Lipa")
    made = make_document(organisation, title_pl='Sprawozdanie; "rok"\r\n2025 / ąę', year=2025, visibility=seen)
    browser = as_person(make_member(organisation, "author"))
    headers = browser.get(f"/pl/organisations/lipa/documents/{made.document_id}.pdf").headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    name = re.fullmatch(r"attachment; filename\*=UTF-8''([A-Za-z0-9%._-]+)\.pdf", headers["Content-Disposition"])
    assert name and "2025" in name[1] and "%0D" not in name[1] and "%2F" not in name[1]
    if seen == "public":
        assert headers["Cache-Control"] == "public, no-cache" and headers["ETag"]
    else:
        assert headers["Cache-Control"] == "private, no-store" and "ETag" not in headers


def test_public_document_is_not_sent_twice_and_goes_when_it_becomes_private(app: Flask, client: Any) -> None:
    owner = make_person()
    made = make_document(make_organisation(owner, name="Lipa"), owner)
    address, version = f"{LIST}/{made.document_id}.pdf", made.document.row_version
    first = client.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    second = client.get(address, headers=known)
    assert (second.status_code, second.data) == (304, b"")
    services.change(made, by=owner, version=version, **described(visibility="private"))
    assert client.get(address, headers=known).status_code == 404


@pytest.mark.parametrize("status", ["draft", "hidden", "suspended"])
def test_public_document_of_a_profile_that_is_not_public_is_for_its_own_people(
    app: Flask, client: Any, as_person: Any, status: str
) -> None:
    owner = make_person()
    made = make_document(make_organisation(owner, name="Lipa", status=status), owner)
    address = f"{LIST}/{made.document_id}.pdf"
    assert client.get(address).status_code == 404
    own = as_person(owner).get(address)
    assert own.data == PDF and own.headers["Cache-Control"] == "private, no-store"


def test_file_is_not_served_where_pictures_are(app: Flask, client: Any) -> None:
    make_document(make_organisation())
    (key,) = list(storage.stored_keys())
    assert client.get(f"/media/{key}").status_code == 404


def test_document_of_another_organisation_is_not_found_at_this_one(app: Flask, client: Any) -> None:
    make_organisation(name="Klon")
    made = make_document(make_organisation(name="Lipa"))
    assert client.get(f"/en/organisations/klon/documents/{made.document_id}.pdf").status_code == 404


def test_profile_says_kind_year_language_and_size(app: Flask, client: Any) -> None:
    organisation = make_organisation(name="Lipa")
    make_document(organisation, year=2021)
    make_document(organisation, kind="annual-report", title_pl="Nasz rok", language="bg")
    text = client.get("/pl/organisations/lipa").text.replace("\xa0", " ")
    assert "Statut\n(PDF, 1,2 kB)" in text or re.search(r"Statut\s+\(PDF, [0-9,]+ (k?B|bajty?)\)", text)
    assert re.search(r"2021 ·\s+język: polski", text)
    assert re.search(r"Nasz rok\s+\(PDF", text) and re.search(
        r"Sprawozdanie z działalności.*język: bułgarski", text, re.S
    )
    assert '<span lang="pl">Nasz rok</span>' in client.get("/en/organisations/lipa").text


def test_editor_adds_describes_replaces_and_removes(editor: Any, client: Any) -> None:
    page = editor.get(LIST)
    assert "There are no documents yet." in page.text
    answer = editor.submit(
        f"{LIST}/new", {"file": chosen(), "kind": "statute", "language": "pl", "title_en": "Our rules"}
    )
    page = editor.follow(answer)
    assert "Document added." in page.text and "Our rules" in page.text
    (document,) = queries.documents_of(organisations_of())
    number = document.id
    other = PDF.replace(b"0.3 rg", b"0.7 rg")
    answer = editor.submit(f"{LIST}/{number}/edit", {"file": chosen(other), "year": "2020", "visibility": "registered"})
    assert "Changes saved." in editor.follow(answer).text
    assert editor.get(f"{LIST}/{number}.pdf").data == other and client.get(f"{LIST}/{number}.pdf").status_code == 404
    question = editor.get(f"{LIST}/{number}/remove")
    assert "Remove this document?" in question.text and editor.get(f"{LIST}/{number}.pdf").status_code == 200
    assert "Document removed." in editor.follow(editor.submit(question)).text
    assert editor.get(f"{LIST}/{number}.pdf").status_code == 404 and not list(storage.stored_keys())


def organisations_of() -> Any:
    from portal.organisations import queries as found

    db.session.rollback()
    return found.by_slug("lipa")


def test_everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(editor: Any) -> None:
    answer = editor.submit(f"{LIST}/new", {"file": chosen(LOCKED), "year": "12", "title_pl": "Nasz statut"})
    assert answer.status_code == 422
    assert "Choose what kind of document it is." in answer.text and "Nasz statut" in answer.text
    answer = editor.submit(
        f"{LIST}/new", {"file": chosen(LOCKED), "kind": "statute", "year": "12", "title_pl": "Nasz statut"}
    )
    assert answer.status_code == 422 and "Nasz statut" in answer.text
    assert "protected by a password" in answer.text and "Enter a year with four digits" in answer.text
    assert "The other answers are still here. Choose the file again." in answer.text
    assert not list(storage.stored_keys())


def test_new_document_without_a_file_is_refused(editor: Any) -> None:
    answer = editor.submit(f"{LIST}/new", {"kind": "statute"})
    assert answer.status_code == 422 and "Choose a PDF file." in answer.text


@pytest.mark.parametrize("page", ["new", "edit"])
def test_file_of_a_little_too_much_gets_a_sentence_and_a_larger_one_is_turned_away_at_the_door(
    editor: Any, page: str
) -> None:
    made = make_document(organisations_of())
    address = f"{LIST}/new" if page == "new" else f"{LIST}/{made.document_id}/edit"
    answer = editor.submit(address, {"file": chosen(padded(services.MOST_BYTES + 1)), "kind": "statute"})
    assert answer.status_code == 422 and "the limit is 10 MB" in answer.text.replace("\xa0", " ")
    answer = editor.submit(address, {"file": chosen(padded(12_000_000)), "kind": "statute"})
    assert answer.status_code == 413
    assert len(list(storage.stored_keys())) == 1
    assert editor.submit(address, {"file": chosen(padded(services.MOST_BYTES)), "kind": "statute"}).status_code == 303


def test_who_edits_beside_somebody_else_sees_both_versions(editor: Any) -> None:
    organisation = organisations_of()
    owner = make_member(organisation, "owner")
    made = make_document(organisation, owner)
    page = editor.get(f"{LIST}/{made.document_id}/edit")
    services.change(again(made), by=owner, version=1, **described(title_pl="Ich tytuł"))
    answer = editor.submit(page, {"title_pl": "Mój tytuł", "file": chosen()})
    assert answer.status_code == 409 and "Two versions" in answer.text
    assert "Ich tytuł" in answer.text and "Mój tytuł" in answer.text


@pytest.mark.parametrize("act", ["edit", "remove"])
def test_who_acts_on_what_is_gone_meanwhile_is_told_so(app: Flask, editor: Any, act: str) -> None:
    organisation = organisations_of()
    owner = make_member(organisation, "owner")
    made = make_document(organisation, owner)
    number, person = made.document_id, owner.id
    page = editor.get(f"{LIST}/{number}/{act}")

    def remove() -> None:
        from portal.accounts.models import Person
        from portal.documents.models import OrganisationDocument

        found = db.session.get_one(OrganisationDocument, number)
        services.remove(found, by=db.session.get_one(Person, person))

    assert at_once(app, [remove]) == ["done"]
    assert editor.submit(page).status_code == 404


def test_full_profile_offers_no_further_document(editor: Any) -> None:
    from tests.documents.test_documents import planted

    assert "Add a document" in editor.get(LIST).text
    planted(organisations_of(), services.MOST_DOCUMENTS)
    text = editor.get(LIST).text
    assert "Add a document" not in text and "at most twenty documents" in text
    assert editor.submit(f"{LIST}/new", {"file": chosen(), "kind": "statute"}).status_code == 422


def test_who_sees_what_says_it_of_documents_and_shows_it(app: Flask, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    five(organisation)
    browser = as_person(owner)
    table = browser.get(f"{PAGE}/who-sees").text
    rows = {seen: table.partition(f"Tylko {seen}")[2].partition("</tr>")[0] for seen in SEEN}
    assert [row.count("does not see it") for row in rows.values()] == [0, 1, 2, 3, 4]
    for place, near in enumerate(("visitor", "registered", "network", "coordinators"), start=1):
        text = browser.get(f"{PAGE}/who-sees?near={near}").text
        assert shown(text) == SEEN[:place]


def test_overview_lists_the_documents_for_those_who_write_them(app: Flask, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    browser = as_person(owner)
    assert "Statute, reports and other papers" in browser.get(f"{PAGE}/edit").text
    make_document(organisation, owner)
    text = browser.get(f"{PAGE}/edit").text
    assert "Statute, reports and other papers" not in text and "statute" in text
    assert f'href="{LIST}"' in text
    assert f'href="{LIST}"' not in as_person(make_member(organisation, "translator")).get(PAGE).text


def test_address_of_before_leads_on_to_the_document(app: Flask, client: Any) -> None:
    from tests.organisations.test_history import save

    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    made = make_document(organisation, owner)
    save(fresh(organisation), owner, name="Lipowa Polana")
    answer = client.get(f"{LIST}/{made.document_id}.pdf")
    assert answer.status_code == 301
    assert client.get(answer.location).data == PDF


def test_closed_profile_still_shows_its_public_documents(app: Flask, client: Any) -> None:
    owner = make_person()
    made = make_document(make_organisation(owner, name="Lipa", status="closed"), owner)
    assert client.get(f"{LIST}/{made.document_id}.pdf").headers["Cache-Control"] == "public, no-cache"


def test_team_suspends_a_profile_and_its_documents_are_for_nobody_outside(
    app: Flask, client: Any, as_person: Any
) -> None:
    owner, team = make_person(), make_administrator()
    made = make_document(make_organisation(owner, name="Lipa"), owner)
    private = make_document(fresh(made.organisation), owner, visibility="private")
    organisations.change_status(fresh(private.organisation), "suspended", by=PORTAL, reason="Powód")
    addresses = [f"{LIST}/{one.document_id}.pdf" for one in (again(made), again(private))]
    assert [client.get(one).status_code for one in addresses] == [404, 404]
    assert [as_person(team).get(one).status_code for one in addresses] == [200, 404]


def test_file_that_the_store_has_lost_is_not_found(app: Flask, client: Any) -> None:
    made = make_document(make_organisation(name="Lipa"))
    storage.delete(made.document.file.variants[0]["key"])
    assert client.get(f"{LIST}/{made.document_id}.pdf").status_code == 404
    db.session.rollback()
    db.session.delete(db.session.get_one(Document, made.document_id))
    db.session.rollback()
