"""Photos and logos on a card: described for whoever does not see them, of nobody who was not asked, and gone when removed."""

import io
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.face.media import File, storage
from portal.ground import audit
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, Refusals, Stale
from portal.projects import queries, services
from portal.projects.models import ProjectPicture
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.pictures import picture, picture_of
from tests.factories.projects import fresh, make_picture, make_project, shown
from tests.support.client import CheckedClient
from tests.support.papers import Read


def count(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def faults(project: Any, **given: Any) -> list[str]:
    """The fields that the form marks."""
    values = {"file": picture(), **shown(**given)}
    with pytest.raises(Refusals) as refused:
        services.add_picture(project, by=PORTAL, **values)
    return [str(fault.field) for fault in refused.value.parts]


def test_photo_stands_on_the_card_with_its_words(app: Flask, client: CheckedClient) -> None:
    project = make_project()
    made = make_picture(project, caption_pl="Spacer po Olecku", author="Ewa Lis", alt_bg="Ръце над карта")
    address = made.file.sized(480).path
    page = client.get("/pl/projects/kuznia-ekspertow").text
    assert 'alt="Ręce nad mapą gminy"' in page and "Spacer po Olecku" in page and "Fot. Ewa Lis" in page
    assert address in page
    assert 'alt="Ръце над карта"' in client.get("/bg/projects/kuznia-ekspertow").text
    assert 'alt="Ręce nad mapą gminy" lang="pl"' in client.get("/en/projects/kuznia-ekspertow").text
    assert audit.verify().broken_at is None


def test_logo_stands_with_who_pays_even_where_nothing_is_written_there(app: Flask, client: CheckedClient) -> None:
    project = make_project()
    make_picture(project, kind="logo", consent="", alt_pl="Logo: Fundusz Regionalny")
    page = client.get("/pl/projects/kuznia-ekspertow").text
    assert 'id="funder"' in page and 'alt="Logo: Fundusz Regionalny"' in page and 'id="photos"' not in page


def test_card_without_pictures_says_nothing_of_them(app: Flask, client: CheckedClient) -> None:
    make_project()
    page = client.get("/pl/projects/kuznia-ekspertow").text
    assert 'id="photos"' not in page and 'class="logos"' not in page


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"consent": ""}, ["consent"]),
        ({"consent": "yes"}, ["consent"]),
        ({"kind": ""}, ["kind"]),
        ({"alt_pl": ""}, ["alt_pl"]),
        ({"alt_pl": "a" * 151}, ["alt_pl"]),
        ({"caption_bg": "я" * 201}, ["caption_bg"]),
        ({"file": None}, ["file"]),
        ({"file": b"%PDF-1.4 no picture"}, ["file"]),
        ({"file": b"", "consent": "", "alt_pl": "", "author": "x" * 121}, ["file", "consent", "alt_pl", "author"]),
    ],
)
def test_what_is_wrong_is_said_at_once_and_nothing_is_kept(app: Flask, wrong: Any, fields: list[str]) -> None:
    assert faults(make_project(), **wrong) == fields
    assert count(ProjectPicture) == count(File) == 0


def test_alt_in_one_language_is_enough_and_stands_for_itself(app: Flask) -> None:
    made = make_picture(make_project(), alt_pl="", alt_bg="Ръце над карта")
    assert made.alt.shown_in("bg").text == "Ръце над карта" and made.alt.get("pl") == ""


def test_logo_says_nothing_of_people(app: Flask) -> None:
    made = make_picture(make_project(), kind="logo", consent="agreed")
    assert made.consent == ""


@pytest.mark.parametrize(("kind", "consent"), [("photo", ""), ("logo", "agreed"), ("photo", "perhaps"), ("poster", "")])
def test_database_takes_no_photo_without_an_answer(app: Flask, kind: str, consent: str) -> None:
    made = make_picture(make_project())
    written = sa.update(ProjectPicture).where(ProjectPicture.id == made.id).values(kind=kind, consent=consent)
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(written)


@pytest.mark.parametrize(("kind", "consent"), [("photo", "nobody"), ("logo", "")])
def test_card_shows_so_many_and_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch, kind: str, consent: str) -> None:
    monkeypatch.setattr("portal.projects.services.pictures.MOST_PICTURES", {"photo": 2, "logo": 2})
    project = make_project()
    for number in range(2):
        make_picture(project, kind=kind, consent=consent, file=picture_of(number))
    with pytest.raises(Refusal) as refused:
        make_picture(project, kind=kind, consent=consent, file=picture_of(3))
    assert refused.value.field == "kind" and count(ProjectPicture) == 2
    other = {"photo": ("logo", ""), "logo": ("photo", "agreed")}[kind]
    turned = make_picture(project, kind=other[0], consent=other[1], file=picture_of(4))
    with pytest.raises(Refusal):
        services.change_picture(turned, by=PORTAL, version=turned.row_version, **shown(kind=kind, consent=consent))


def test_file_is_replaced_and_the_one_of_before_is_gone(app: Flask) -> None:
    made = make_picture(make_project())
    before = [one.key for one in made.file.sizes]
    services.change_picture(made, by=PORTAL, version=1, file=picture_of(7), **shown(alt_pl="Inne ręce"))
    again = queries.picture_at("kuznia-ekspertow", made.id)
    assert again is not None and again.alt.source == "Inne ręce"
    assert all(storage.get(key) is None for key in before) and storage.get(again.file.sizes[-1].key)
    assert count(File) == 1


def test_words_change_and_the_file_stays(app: Flask) -> None:
    made = make_picture(make_project())
    services.change_picture(made, by=PORTAL, version=1, **shown(consent="agreed", alt_pl="Ludzie przy mapie"))
    again = queries.picture_at("kuznia-ekspertow", made.id)
    assert again is not None and (again.consent, again.alt.source, again.file_id) == (
        "agreed", "Ludzie przy mapie", made.file_id,
    )  # fmt: skip


def test_second_of_two_editors_reads_what_the_first_has_saved(app: Flask) -> None:
    made = make_picture(make_project())
    services.change_picture(made, by=PORTAL, version=1, **shown(alt_pl="Pierwsze"))
    again = queries.picture_at("kuznia-ekspertow", made.id)
    assert again is not None
    with pytest.raises(Stale):
        services.change_picture(again, by=PORTAL, version=1, **shown(alt_pl="Drugie"))


def test_removed_picture_takes_its_file_along_and_is_removed_once(app: Flask) -> None:
    made = make_picture(make_project())
    key = made.file.sizes[-1].key
    services.remove_picture(made, by=PORTAL)
    assert count(ProjectPicture) == count(File) == 0 and storage.get(key) is None
    with pytest.raises(Conflict):
        services.remove_picture(made, by=PORTAL)


def test_deleted_draft_leaves_no_file(app: Flask) -> None:
    project = make_project(state="draft")
    key = make_picture(project).file.sizes[-1].key
    services.delete_project(fresh(project), by=PORTAL)
    assert count(File) == 0 and storage.get(key) is None


def test_same_picture_on_two_cards_stays_on_the_other(app: Flask) -> None:
    first, second = make_project(), make_project(title="Drugi")
    gone, kept = make_picture(first), make_picture(second)
    services.remove_picture(gone, by=PORTAL)
    found = queries.picture_at(second.slug, kept.id)
    assert found is not None and storage.get(found.file.sizes[-1].key)


def test_nobody_else_touches_them(app: Flask) -> None:
    owner, other = make_person(), make_person()
    project = make_project(make_organisation(owner), by=owner)
    made = make_picture(project, by=owner)
    for call in (
        lambda: services.add_picture(project, by=other, file=picture(), **shown()),
        lambda: services.change_picture(made, by=other, version=1, **shown()),
        lambda: services.remove_picture(made, by=other),
    ):
        with pytest.raises(NotAllowed):
            call()
    assert count(ProjectPicture) == 1


def test_form_says_what_is_missing_and_keeps_what_was_typed(app: Flask, as_person: Any) -> None:
    owner = make_person()
    make_project(make_organisation(owner), by=owner)
    browser, address = as_person(owner), "/pl/projects/kuznia-ekspertow/pictures/new"
    sent = {name: value for name, value in shown(author="Ewa Lis").items() if name != "consent"}
    answer = browser.submit(address, {**sent, "file": (io.BytesIO(picture()), "mapa.png")})
    assert answer.status_code == 422 and 'href="#consent' in answer.text
    assert "Ewa Lis" in answer.text and "Ręce nad mapą gminy" in answer.text
    kept = browser.submit(address, {**shown(author="Ewa Lis"), "file": (io.BytesIO(picture()), "mapa.png")})
    assert kept.status_code == 303 and count(ProjectPicture) == 1


def test_logos_stand_on_paper_with_their_words(app: Flask, client: CheckedClient) -> None:
    project = make_project()
    make_picture(project, alt_pl="Ludzie przy mapie")
    make_picture(project, kind="logo", alt_pl="Logo: Fundusz *Ł* $1", file=picture_of(3))
    make_picture(project, kind="logo", alt_pl="", alt_bg="Лого: Фонд", file=picture_of(4))
    paper = Read(client.get("/pl/projects/kuznia-ekspertow.pdf").data)
    assert paper.alts[:-1] == ["Ludzie przy mapie", "Logo: Fundusz *Ł* $1", "Лого: Фонд"] and paper.pictures == 3
    assert "bg" in paper.languages


def test_logo_without_its_file_is_said_in_words(app: Flask, client: CheckedClient) -> None:
    made = make_picture(make_project(), kind="logo", alt_pl="Logo: Fundusz")
    for one in made.file.sizes:
        storage.delete(one.key)
    paper = Read(client.get("/pl/projects/kuznia-ekspertow.pdf").data)
    assert paper.pictures == 0 and paper.says("Logo: Fundusz")


def test_programs_read_them(app: Flask, client: CheckedClient) -> None:
    project = make_project()
    make_picture(project, caption_pl="Spacer", author="Ewa Lis")
    make_picture(project, kind="logo", alt_pl="Logo: Fundusz", file=picture_of(5))
    photo, logo = client.get("/pl/projects/kuznia-ekspertow.json").get_json()["pictures"]
    assert photo["alt"] == {"pl": "Ręce nad mapą gminy"} and photo["caption"] == {"pl": "Spacer"}
    assert (photo["kind"], photo["author"], logo["kind"], logo["author"]) == ("photo", "Ewa Lis", "logo", None)
    address = photo["url"].removeprefix("http://localhost")
    assert client.get(address).status_code == 200
    assert f'"image": ["{photo["url"]}"]' in client.get("/pl/projects/kuznia-ekspertow").text
