"""Documents of organisations: added, described, replaced, removed; few enough; each with its file and none without."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Person
from portal.documents import queries, reactions, services
from portal.documents.models import Document, OrganisationDocument
from portal.documents.services.organisations import ENOUGH
from portal.face.media import File, storage
from portal.ground import audit, clock
from portal.ground.authz import NotAllowed
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, Refusals, Stale
from portal.merging.facts import OrganisationsMerged
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from tests.factories.documents import PDF, again, described, make_document, plant
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_person
from tests.merging.test_merging import merge
from tests.support.moments import at_once

OTHER = PDF.replace(b"0.3 rg", b"0.7 rg")


def count(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def acts(organisation: Organisation) -> list[str]:
    return [act.verb for act in organisations.acts_of(fresh(organisation), offset=0, limit=50)]


def test_document_is_added_with_its_file_and_stands_in_the_log(app: Flask) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    made = make_document(organisation, owner, year=2024, title_bg="Устав", visibility="network")
    document = made.document
    assert (document.kind, document.language, document.year) == ("statute", "pl", 2024)
    assert document.title.get("bg") == "Устав" and document.file.size == len(PDF)
    assert storage.get(document.file.variants[0]["key"]) == PDF
    assert acts(organisation)[0] == "organisation.document_added"
    assert audit.verify().broken_at is None


def test_title_in_any_language_stands_for_itself(app: Flask) -> None:
    made = make_document(make_organisation(language="pl"), title_en="Statute", title_bg="Устав")
    title = made.document.title
    assert {code: title.get(code) for code in ("pl", "bg", "en")} == {"pl": "", "bg": "Устав", "en": "Statute"}
    assert title.shown_in("en").text == "Statute" and title.shown_in("pl").text


def test_document_is_described_anew_and_keeps_its_file(app: Flask) -> None:
    owner = make_person()
    made = make_document(make_organisation(owner), owner)
    before = made.document.file_id
    version = made.document.row_version
    services.change(made, by=owner, version=version, **described(kind="annual-report", title_pl="Rok 2025", year=2025))
    now = again(made).document
    assert (now.kind, now.title.source, now.year, now.file_id) == ("annual-report", "Rok 2025", 2025, before)
    assert acts(again(made).organisation)[0] == "organisation.document_changed"


def test_file_is_replaced_and_the_one_of_before_is_gone(app: Flask) -> None:
    owner = make_person()
    made = make_document(make_organisation(owner), owner)
    key = made.document.file.variants[0]["key"]
    services.change(made, by=owner, version=made.document.row_version, file=OTHER, **described())
    now = again(made).document
    assert storage.get(now.file.variants[0]["key"]) == OTHER
    assert storage.get(key) is None and count(File) == 1


def test_same_file_in_its_own_place_stays(app: Flask) -> None:
    owner = make_person()
    made = make_document(make_organisation(owner), owner)
    services.change(made, by=owner, version=made.document.row_version, file=PDF, **described())
    now = again(made).document
    assert storage.get(now.file.variants[0]["key"]) == PDF


def test_removed_document_leaves_nothing_but_the_act(app: Flask) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    made = make_document(organisation, owner)
    services.remove(made, by=owner)
    assert (count(Document), count(OrganisationDocument), count(File)) == (0, 0, 0)
    assert not list(storage.stored_keys())
    assert acts(organisation)[0] == "organisation.document_removed"


@pytest.mark.parametrize("act", ["change", "remove"])
def test_document_that_somebody_has_removed_meanwhile_is_not_there_any_more(app: Flask, act: str) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    make_document(organisation, owner)
    seen = again(make_document(organisation, owner))
    number, person, version = seen.document_id, owner.id, seen.document.row_version

    def remove() -> None:
        found = db.session.get_one(OrganisationDocument, number)
        services.remove(found, by=db.session.get_one(Person, person))

    assert at_once(app, [remove]) == ["done"]
    with pytest.raises(Conflict) as gone:
        if act == "change":
            services.change(seen, by=owner, version=version, file=OTHER, **described())
        else:
            services.remove(seen, by=owner)
    assert gone.value.reason == services.GONE
    assert (count(Document), count(File)) == (1, 1)


def test_document_that_a_merge_has_moved_meanwhile_is_not_there_any_more(app: Flask) -> None:
    owner = make_person()
    kept, lost = make_organisation(owner, name="Lipa"), make_organisation(owner, name="Lipa druga")
    seen = again(make_document(lost, owner))
    ids, person, version = (kept.id, lost.id), owner.id, seen.document.row_version

    def move() -> None:
        merge(*(db.session.get_one(Organisation, one) for one in ids), db.session.get_one(Person, person))

    assert at_once(app, [move]) == ["done"]
    with pytest.raises(Conflict):
        services.change(seen, by=owner, version=version, **described(title_pl="Za późno"))
    assert [one.title.source for one in queries.documents_of(fresh(kept))] == [""]


def test_stale_description_says_what_is_stored_and_changes_nothing(app: Flask) -> None:
    owner = make_person()
    made = make_document(make_organisation(owner), owner)
    version = made.document.row_version
    services.change(made, by=owner, version=version, **described(title_pl="Pierwsza"))
    with pytest.raises(Stale) as stale:
        services.change(made, by=owner, version=version, file=OTHER, **described(title_pl="Druga"))
    assert stale.value.theirs["title_pl"] == "Pierwsza"
    now = again(made).document
    content = storage.get(now.file.variants[0]["key"])
    assert (now.title.source, content, count(File)) == ("Pierwsza", PDF, 1)


@pytest.mark.parametrize("role", ["author", "translator", "representative"])
def test_whoever_may_not_edit_the_profile_writes_no_documents(app: Flask, role: str) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    made, somebody = make_document(organisation, owner), make_member(organisation, role)
    with pytest.raises(NotAllowed):
        services.add(organisation, by=somebody, file=PDF, **described())
    with pytest.raises(NotAllowed):
        services.change(made, by=somebody, version=1, **described())
    with pytest.raises(NotAllowed):
        services.remove(made, by=somebody)
    assert count(Document) == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": ""}, "kind"), ({"kind": "poem"}, "kind"), ({"language": "xx"}, "language"),
        ({"visibility": "everybody"}, "visibility"), ({"year": 25}, "year"), ({"year": 3000}, "year"),
        ({"title_pl": "a" * 121}, "title_pl"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_at_its_field_with_the_file_and_nothing_is_kept(
    app: Flask, said: dict[str, Any], field: str
) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    with pytest.raises(Refusals) as refused:
        services.add(organisation, by=owner, file=b"%PDF-1.7 half", **described(**said))
    assert [part.field for part in refused.value.parts] == ["file", field]
    assert count(Document) == 0 and not list(storage.stored_keys())


def test_new_document_needs_a_file(app: Flask) -> None:
    owner = make_person()
    with pytest.raises(Refusals) as refused:
        services.add(make_organisation(owner), by=owner, file=None, **described())
    assert [part.field for part in refused.value.parts] == ["file"]


def planted(organisation: Organisation, number: int) -> None:
    """So many documents of an organisation."""
    own = organisation.id
    plant(number, lambda made: OrganisationDocument(document_id=made, organisation_id=own))


def test_twenty_first_document_is_refused_and_none_is_kept(app: Flask) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    planted(organisation, services.MOST_DOCUMENTS)
    kept = len(list(storage.stored_keys()))
    with pytest.raises(Refusal) as refused:
        services.add(organisation, by=owner, file=PDF, **described())
    assert refused.value.reason == ENOUGH
    assert count(OrganisationDocument) == services.MOST_DOCUMENTS and len(list(storage.stored_keys())) == kept


def test_several_who_add_the_last_one_at_the_same_moment_do_not_pass_the_limit(app: Flask) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    planted(organisation, services.MOST_DOCUMENTS - 1)
    number, person = organisation.id, owner.id
    db.session.rollback()

    def add() -> None:
        there, by = db.session.get_one(Organisation, number), db.session.get_one(Person, person)
        services.add(there, by=by, file=PDF, **described())

    told = at_once(app, [add] * 3)
    assert told.count("done") == 1, told
    assert count(OrganisationDocument) == services.MOST_DOCUMENTS


def test_documents_of_a_merged_profile_go_over_with_their_files_beyond_any_limit(app: Flask) -> None:
    owner = make_person()
    kept, lost = make_organisation(owner, name="Lipa"), make_organisation(owner, name="Lipa druga")
    planted(kept, services.MOST_DOCUMENTS)
    numbers = [make_document(lost, owner, title_pl=f"Numer {place}").document_id for place in range(2)]
    before = (count(Document), count(OrganisationDocument), count(File), len(list(storage.stored_keys())))
    previewed = reactions.merge_preview(OrganisationsMerged(lost.id, kept.id))
    assert [one for one in previewed if "2" in str(one)]
    merge(kept, lost, owner)
    assert (count(Document), count(OrganisationDocument), count(File), len(list(storage.stored_keys()))) == before
    now = {one.id for one in queries.documents_of(fresh(kept))}
    assert set(numbers) <= now and len(now) == services.MOST_DOCUMENTS + 2
    assert queries.number_of_documents(lost.id) == 0
    assert not reactions.merge_preview(OrganisationsMerged(lost.id, kept.id))


def test_documents_that_nothing_holds_are_deleted_with_their_files_after_a_day(app: Flask) -> None:
    owner = make_person()
    organisation = make_organisation(owner, status="draft")
    stays, goes = make_document(make_organisation(owner), owner), make_document(organisation, owner)
    key = goes.document.file.variants[0]["key"]
    with transaction() as session:
        session.execute(sa.delete(Organisation).where(Organisation.id == organisation.id))
    assert services.remove_unused() == 0
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        assert services.remove_unused() == 1
        assert services.remove_unused() == 0
    assert count(Document) == 1 and storage.get(key) is None
    assert storage.get(again(stays).document.file.variants[0]["key"]) == PDF


def test_documents_stay_when_the_one_who_added_them_leaves(app: Flask) -> None:
    from portal.accounts import services as accounts
    from portal.ground.authz import PORTAL

    owner = make_person()
    organisation = make_organisation(owner)
    editor = make_member(organisation, "editor")
    made = make_document(organisation, editor)
    accounts.erase_person(editor.id, by=PORTAL)
    file = again(made).document.file
    assert file.uploaded_by is None and storage.get(file.variants[0]["key"]) == PDF
