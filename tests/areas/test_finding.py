"""Finding an area by any of its names, and saying which of several it is."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.areas import queries
from portal.areas.demo import load
from portal.areas.models import MUNICIPALITIES, Area, AreaKind, AreaWithin
from portal.areas.services.derived import INDEX
from portal.ground.checks import run
from portal.ground.db import db, transaction
from portal.ground.derived import renew
from portal.words.i18n import in_language
from tests.factories.areas import area, load_demo_areas


@pytest.fixture
def demo(app: Any) -> None:
    load_demo_areas()


def texts(words: str, language: str = "pl") -> list[str]:
    with in_language(language):
        return [place.text for place in queries.find(words)[0]]


@pytest.mark.usefixtures("demo")
def test_names_that_repeat_say_what_they_lie_in() -> None:
    assert texts("Brzeziny") == [
        "miasto Brzeziny, powiat brzeziński, łódzkie",
        "gmina Brzeziny, powiat brzeziński, łódzkie",
        "gmina Brzeziny, powiat kaliski, wielkopolskie",
    ]
    assert texts("Бяла", "bg") == ["община Бяла, област Русе", "община Бяла, област Варна"]


@pytest.mark.usefixtures("demo")
def test_sofia_is_an_oblast_a_capital_and_a_municipality() -> None:
    assert texts("София", "bg") == ["област София", "област София (столица)", "община Столична, област София (столица)"]
    assert texts("Sofia", "en") == [
        "Sofia oblast",
        "Sofia (capital) oblast",
        "Stolichna municipality, Sofia (capital) oblast",
    ]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("druzbice", "100103"), ("DRUŻB", "100103"), ("dobrzelin", "100211"), ("Казанлък", "SZR12"),
        ("kazanlak", "SZR12"), ("Kazanłyk", "SZR12"), ("kazanluk", "SZR12"), ("enina", "SZR12"), ("Енина", "SZR12"),
        ("lgota wielka", "101208"), ("wielka lgota", "101208"), ("łódzkie", "PL-10"), ("Lower Silesia", "PL-02"),
        ("Стара Загора", "BG-24"), ("wieluński", "1017"),
    ],
)  # fmt: skip
def test_area_is_found_in_any_alphabet_and_by_its_villages(words: str, code: str) -> None:
    assert code in [place.code for place in queries.find(words)[0]]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("words", ["", " ", "b", "%", "_", "'\"", "qqqq", "\0", "🙂"])
def test_what_is_no_name_finds_nothing(words: str) -> None:
    assert queries.find(words) == ((), False)


@pytest.mark.usefixtures("demo")
def test_whoever_is_called_exactly_so_comes_first_and_a_city_is_said_once() -> None:
    found = texts("Łódź")
    assert found[0] == "miasto Łódź, łódzkie"
    assert not any("miasto na prawach powiatu" in one for one in found)


@pytest.mark.usefixtures("demo")
def test_only_the_asked_kinds_are_found_and_not_more_than_a_page_shows() -> None:
    places, _is_more = queries.find("sieradz", MUNICIPALITIES)
    assert [place.code for place in places] == ["101401", "101408"]
    assert {place.kind for place in places} <= set(MUNICIPALITIES)


def test_more_than_a_page_is_said(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    load_demo_areas()
    monkeypatch.setattr(queries, "SHOWN", 2)
    places, is_more = queries.find("brzeziny")
    assert (len(places), is_more) == (2, True)


@pytest.mark.usefixtures("demo")
def test_foreign_names_say_their_language() -> None:
    place = queries.places([area("100103").id])[area("100103").id]
    with in_language("bg"):
        assert place.words == (
            'община <span lang="pl">Drużbice</span>, повят <span lang="pl">bełchatowski</span>, Лодзко'
        )
    with in_language("pl"):
        assert "<" not in place.words


def test_demo_is_loaded_twice_without_a_change(app: Any) -> None:
    load(None)
    before = db.session.scalar(sa.select(sa.func.count()).select_from(Area))
    load(None)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Area)) == before
    kinds = [AreaKind(kind) for kind in db.session.scalars(sa.select(Area.kind))]
    assert sum(kind in MUNICIPALITIES for kind in kinds) >= 40


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE area SET parent_id = (SELECT id FROM area WHERE code = 'BG-24') WHERE code = '100103'", "areas.level"),
        ("DELETE FROM area_within WHERE ancestor_id = (SELECT id FROM area WHERE code = 'PL-10')"
         " AND area_id = (SELECT id FROM area WHERE code = '100103')", "areas.within-missing"),
        ("DELETE FROM area_within WHERE ancestor_id = area_id", "areas.within-itself"),
        ("INSERT INTO area_within (ancestor_id, area_id) SELECT a.id, b.id FROM area a, area b"
         " WHERE a.code = 'PL-30' AND b.code = '100103'", "areas.within-beyond"),
        ("UPDATE area SET retired_at = '2026-01-01 00:00:00' WHERE code = '1001'", "areas.retired-above"),
        ("UPDATE area SET found = ' x ' WHERE code = '100103'", "areas.found-apart"),
    ],
)  # fmt: skip
@pytest.mark.unsound("a damage for each check")
def test_every_check_finds_its_damage(damage: str, check: str) -> None:
    from portal.areas.invariants import checks

    assert list(run(checks())) == []
    with transaction() as session:
        session.execute(sa.text(damage))
    assert check in [fault.check for fault in run(checks())]


@pytest.mark.usefixtures("demo")
def test_words_by_which_areas_are_found_are_made_anew() -> None:
    with transaction() as session:
        session.execute(sa.update(Area).values(found=" "))
    assert queries.find("druzbice") == ((), False)
    assert not renew(INDEX).failed
    assert [place.code for place in queries.find("druzbice")[0]] == ["100103"]


def test_an_area_that_others_lie_in_cannot_be_deleted(app: Any) -> None:
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(sa.delete(Area).where(Area.code == "PL"))
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AreaWithin)) == 2 + 44 * 2
