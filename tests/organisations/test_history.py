"""The history of a profile: each change once, side by side, and brought back as a change of its own."""

import tracemalloc
from typing import Any

import pytest

from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal, Refusals, Stale
from portal.organisations import queries, services
from portal.organisations.history import PROFILE_HISTORY
from portal.organisations.models import Organisation
from portal.revisions import queries as revisions
from portal.revisions.differences import changes
from portal.revisions.models import Revision
from tests.factories.organisations import fresh, make_member, make_organisation, translated, words
from tests.factories.people import make_administrator, make_person


def rows(organisation: Organisation) -> list[Revision]:
    db.session.rollback()
    return [*reversed(revisions.listed("organisation", organisation.id, offset=0, limit=100))]


def save(organisation: Organisation, by: Any, **fields: Any) -> None:
    now = fresh(organisation)
    stored = {**words(), **_stored(now), **fields}
    services.update(now, by=by, version=now.row_version, **stored)


def _stored(organisation: Organisation) -> dict[str, Any]:

    return queries.stored(organisation)


def test_each_change_is_kept_once_and_an_unchanged_saving_is_none(app: Any) -> None:
    owner, editor = make_person(), make_person("Edek")
    lipa = make_organisation(owner, name="Lipa")
    make_member(lipa, "editor", editor)
    save(lipa, owner)
    save(lipa, editor, town="Pabianice")
    services.translate(
        fresh(lipa),
        by=owner,
        language="en",
        version=fresh(lipa).row_version,
        **translated(name="The Lime", summary="Trees."),
    )
    assert [(row.n, row.person_id) for row in rows(lipa)] == [(1, owner.id), (2, editor.id), (3, owner.id)]
    first, second, third = rows(lipa)
    (change,) = changes(PROFILE_HISTORY, first.data, second.data)
    assert str(change.label) and [piece.text for piece in change.rows[0].after] == ["Pabianice"]
    assert {one.language for one in changes(PROFILE_HISTORY, second.data, third.data)} == {"en"}


def test_profile_of_before_the_history_gets_its_first_version_with_its_first_change(app: Any) -> None:
    owner = make_person()
    lipa = make_organisation(owner, town="Zgierz")
    _forget_all(lipa)
    save(lipa, owner)
    assert rows(lipa) == []
    save(lipa, owner, town="Ozorków")
    before, after = rows(lipa)
    assert (before.person_id, before.data["town"]) == (None, "Zgierz")
    assert (after.person_id, after.data["town"]) == (owner.id, "Ozorków")
    assert before.at < after.at


def _forget_all(organisation: Organisation) -> None:
    from portal.ground.db import transaction
    from portal.revisions import services as writing

    with transaction():
        writing.remove(PROFILE_HISTORY, organisation.id)


def test_version_is_brought_back_as_a_new_one_with_its_translations(app: Any) -> None:
    owner = make_person()
    lipa = make_organisation(owner, name="Lipa", krs="0000123456", summary="Pierwsze słowa.")
    services.translate(
        fresh(lipa), by=owner, language="bg", version=fresh(lipa).row_version, **translated(summary="Първи думи.")
    )
    save(lipa, owner, summary="Inne.", krs="", name="Dąb")
    now = fresh(lipa)
    services.translate(now, by=owner, language="bg", version=now.row_version, **translated())
    assert [row.n for row in rows(lipa)] == [1, 2, 3, 4]
    now = fresh(lipa)
    services.restore_version(now, by=owner, n=2, version=now.row_version)
    now = fresh(lipa)
    assert (now.name.source, now.summary.get("bg"), now.slug) == ("Lipa", "Първи думи.", "lipa")
    assert not now.summary.is_outdated("bg")
    assert queries.stored(now)["krs"] == "0000123456"
    last = rows(lipa)[-1]
    assert (last.n, last.restored, last.person_id) == (5, 2, owner.id)
    with pytest.raises(Conflict):
        services.restore_version(now, by=owner, n=2, version=now.row_version)
    assert len(rows(lipa)) == 5


def test_restoring_asks_for_the_version_that_was_seen_and_for_the_right(app: Any) -> None:
    owner = make_person()
    lipa = make_organisation(owner)
    translator = make_member(lipa, "translator")
    save(lipa, owner, town="Łódź")
    with pytest.raises(Stale):
        services.restore_version(fresh(lipa), by=owner, n=1, version=fresh(lipa).row_version - 1)
    with pytest.raises(Refusal) as refused:
        services.restore_version(fresh(lipa), by=translator, n=1, version=fresh(lipa).row_version)
    assert refused.value.status == 403
    assert fresh(lipa).town == "Łódź"


def test_number_that_another_has_by_now_is_not_brought_back(app: Any, as_person: Any) -> None:
    owner = make_person()
    lipa = make_organisation(owner, name="Lipa", krs="0000123456")
    save(lipa, owner, krs="")
    make_organisation(name="Inna", krs="0000123456")
    answer = as_person(owner).submit("/pl/organisations/lipa/history/1/restore", {})
    assert answer.status_code == 422
    assert "Ten numer ma już inny profil" in answer.text
    assert queries.stored(fresh(lipa))["krs"] == ""


def test_code_that_is_offered_no_more_gets_a_sentence(app: Any) -> None:
    owner = make_person()
    lipa = make_organisation(owner)
    save(lipa, owner, town="Łódź")
    first = rows(lipa)[0]
    _write_data(first, {**first.data, "themes": ["1", "theme-of-old"]})
    now = fresh(lipa)
    with pytest.raises(Refusals) as refused:
        services.restore_version(now, by=owner, n=1, version=now.row_version)
    assert [part.field for part in refused.value.parts] == [None]
    assert fresh(lipa).town == "Łódź"


def _write_data(revision: Revision, data: dict[str, Any]) -> None:
    import sqlalchemy as sa

    from portal.ground.db import transaction

    with transaction() as session:
        session.execute(sa.update(Revision).where(Revision.id == revision.id).values(data=data))


def test_history_is_for_its_people_and_the_portal_team(app: Any, as_person: Any, client: Any) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa")
    for path in ("/pl/organisations/lipa/history", "/pl/organisations/lipa/history/1"):
        assert as_person(owner).get(path).status_code == 200
        assert as_person(make_administrator()).get(path).status_code == 200
        assert as_person(make_person()).get(path).status_code == 404
        assert client.get(path).status_code == 303
    assert as_person(owner).get("/pl/organisations/lipa/history/7").status_code == 404


def test_words_taken_out_and_put_in_are_said_and_not_only_coloured(app: Any, as_person: Any) -> None:
    owner = make_person()
    lipa = make_organisation(owner, name="Lipa", description="<p>Od 2012 roku sadzimy drzewa.</p><p>Stały akapit.</p>")
    save(lipa, owner, description="<p>Od 2013 roku sadzimy drzewa.</p><p>Stały akapit.</p>")
    text = as_person(owner).get("/pl/organisations/lipa/history/2").text
    assert "<del>" in text and "<ins>" in text
    assert text.count('class="vh" lang="pl">Usunięto:') == 1
    assert text.count('class="vh" lang="pl">Dodano:') == 1


def test_restoring_through_the_page(app: Any, as_person: Any) -> None:
    owner = make_person()
    lipa = make_organisation(owner, name="Lipa", town="Zgierz")
    save(lipa, owner, town="Łódź")
    page = as_person(owner).get("/pl/organisations/lipa/history/1/restore")
    assert "Zgierz" in page.text and "Łódź" in page.text
    assert as_person(owner).submit("/pl/organisations/lipa/history/1/restore", {}).status_code == 303
    assert fresh(lipa).town == "Zgierz"


def _text(sign: str, paragraphs: int) -> dict[str, Any]:
    html = "".join(f"<p>{sign}{i} słowa {i}</p>" for i in range(paragraphs))
    return {"original": "pl", "texts": {"pl": html}}


def test_memory_of_a_comparison_grows_with_the_text_and_no_faster(app: Any) -> None:
    def peak(paragraphs: int) -> int:
        data = [{"description": _text(sign, paragraphs)} for sign in "ab"]
        tracemalloc.start()
        assert changes(PROFILE_HISTORY, *data)
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(100)
    small, large = peak(2000), peak(4000)
    assert large < 2.5 * small
    assert large < 30_000_000
