"""Searching: the same hits in the same order on both databases, whatever is typed."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.ground.db import db, transaction
from portal.words.i18n import Localized, _l
from portal.words.search import (
    Document,
    Kind,
    SearchDocument,
    SearchOrder,
    finding,
    index,
    marked,
    matching_ids,
    remove,
    search,
)

ORGANISATION, EVENT = Kind("organisation", 1, _l("Organisations")), Kind("event", 3, _l("Events"))
VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "search_vectors.csv"


def organisation(number: int, name: str, *, lang: str = "pl", text: Sequence[str] = (), **names: str) -> Document:
    return Document(
        kind=ORGANISATION,
        object_id=number,
        url=f"organisations/o-{number}",
        title=Localized.of(lang, name, **names),
        text=text,
    )


def filled(*documents: Document) -> None:
    with transaction():
        index(documents)


def found(query: str, lang: str = "en", **how: object) -> list[tuple[int, str]]:
    return [(hit.id, hit.match) for hit in search(query, lang=lang, **how).items]


def vectors() -> list[dict[str, str]]:
    with open(VECTORS, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_search_vectors_are_found_by_the_right_match(app: Flask) -> None:
    rows = vectors()
    filled(*(organisation(number, row["document"]) for number, row in enumerate(rows, 1)))
    for number, row in enumerate(rows, 1):
        match = dict(found(row["query"], limit=100)).get(number)
        level = "fold" if match == "prefix" else match
        assert (level or "") == row["level"], row


def test_best_match_comes_first_then_the_order_of_the_language(app: Flask) -> None:
    filled(
        organisation(1, "Chełmno razem"),
        organisation(2, "Źródło w Sofii"),
        organisation(3, "Zdrój, Sofia"),
        organisation(4, "Żuraw, Sofia"),
        organisation(5, "Център София", lang="bg"),
        organisation(6, "Sofija"),
        organisation(7, "Philosofia"),
        organisation(8, "Sofianka"),
    )
    assert found("Sofia", "pl") == [
        (3, "fold"),
        (4, "fold"),
        (5, "fold"),
        (8, "prefix"),
        (6, "skeleton"),
        (2, "skeleton"),
        (7, "alias"),
    ]
    assert found("Sofia", "bg")[:3] == [(5, "fold"), (3, "fold"), (4, "fold")]
    assert found("helm", "pl") == [(1, "alias")]


def test_short_word_must_start_a_word(app: Flask) -> None:
    filled(organisation(1, "Dom na Woli"), organisation(2, "Anna"), organisation(3, "Nadzieja"), organisation(4, "A b"))
    assert found("na", "pl") == [(1, "fold"), (3, "prefix")]
    assert found("a", "pl") == [(4, "fold"), (2, "prefix")]
    assert found("na dzi", "pl") == [(3, "alias")]
    assert found("b", "pl") == [(4, "fold")]


def test_every_word_must_be_found(app: Flask) -> None:
    filled(organisation(1, "Fundacja Łódź"), organisation(2, "Fundacja Kraków"), organisation(3, "Lodzianie"))
    assert found("fundacja lodz") == [(1, "fold")]
    assert found("лодз fundacja") == [(1, "fold")]
    assert found("fundacja sofia") == []


@pytest.mark.parametrize(
    "query",
    ["", "   ", "!!!", '"', '"Sofia', "Sofia OR x AND NOT", "NEAR(a b)", "sof*", "fold:sofia", "^sofia", "%", "_____",
     "'; DROP TABLE search_document; --", "\x00sofia", "\ud800", "😀", "x" * 10_000, "a " * 5000, "(" * 500, "sofia\\"],
)  # fmt: skip
def test_no_query_is_syntax(app: Flask, query: str) -> None:
    filled(organisation(1, "Sofia"))
    search(query, lang="pl")
    db.session.execute(matching_ids(query, ORGANISATION)).all()
    assert [number for number, _ in found("sofia")] == [1]


def test_blank_query_finds_nothing(app: Flask) -> None:
    filled(organisation(1, "Sofia"))
    assert search("!?", lang="pl").total == 0
    assert db.session.scalars(matching_ids("", ORGANISATION)).all() == []


def test_hit_shows_the_language_of_the_reader(app: Flask) -> None:
    filled(organisation(1, "Стара Загора", lang="bg", en="Stara Zagora"))
    (hit,) = search("загора", lang="en").items
    assert (hit.title, hit.lang, hit.url) == ("Stara Zagora", "en", "organisations/o-1")
    (hit,) = search("zagora", lang="pl").items
    assert (hit.title, hit.lang) == ("Стара Загора", "bg")


def test_changed_document_is_found_by_its_new_words_only(app: Flask) -> None:
    filled(organisation(1, "Stara nazwa"))
    filled(organisation(1, "Nowa nazwa"))
    assert found("stara") == []
    assert found("nowa") == [(1, "fold")]
    with transaction():
        remove(ORGANISATION, 1)
    assert found("nowa") == []


def test_kinds_are_told_apart(app: Flask) -> None:
    event = Document(EVENT, 1, "events/e-1", Localized.of("pl", "Kongres Sofia"))
    filled(organisation(1, "Sofia"), organisation(7, "Sofia"), event)
    assert [hit.kind for hit in search("sofia", lang="pl", kinds=[EVENT]).items] == ["event"]
    assert db.session.scalars(matching_ids("sofia", ORGANISATION)).all() == [1, 7]
    assert db.session.scalars(matching_ids("kongres", ORGANISATION)).all() == []
    assert search("sofia", lang="pl", kinds=[]).total == 0


def test_places_are_found_by_their_other_names(app: Flask) -> None:
    document = Document(ORGANISATION, 1, "o", Localized.of("pl", "Dom"), places=("Chełm", "lubelskie"))
    filled(document)
    assert found("Хелм") == [(1, "alias")]
    assert found("Люблинско") == [(1, "alias")]


def test_common_word_is_paged_like_a_rare_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["Sofia", "Sofianka", "Sofija", "Philosofia", "Zofia i Sofia"]
    filled(*(organisation(number, f"{names[number % 5]} {number}") for number in range(1, 61)))
    for lang in ("pl", "bg"):
        whole = found("sofia", lang, limit=100)
        assert len(whole) == 60
        for reach, rank in ((30, 12), (8, 5)):
            with monkeypatch.context() as patch:
                patch.setattr(finding, "REACH", reach)
                hits = search("sofia", lang=lang, limit=7, offset=rank // 2)
                assert (hits.total, hits.is_more) == (reach, True)
                shown = [(hit.id, hit.match) for hit in hits.items]
                assert shown == whole[rank // 2 : rank // 2 + 7][: reach - rank // 2]
                assert search("sofia", lang=lang, offset=reach).items == ()


def test_page_behind_the_end_is_empty_but_knows_the_total(app: Flask) -> None:
    filled(organisation(1, "Sofia"), organisation(2, "Sofia"))
    hits = search("sofia", lang="pl", offset=10)
    assert (hits.total, hits.items, hits.is_more) == (2, (), False)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_fulltext_tables_follow_the_rows(app: Flask) -> None:
    filled(*(organisation(number, f"Dom {number}") for number in range(1, 30)))
    filled(organisation(3, "Inny"), organisation(4, "Łąka"))
    with transaction() as session:
        remove(ORGANISATION, 5)
        session.execute(sa.update(SearchDocument).where(SearchDocument.object_id == 6).values(fold="  zmiana  "))
    with transaction() as session:
        for table in ("search_trigram", "search_word"):
            session.execute(sa.text(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)"))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_plan_of_a_walk_uses_the_order_of_titles(app: Flask) -> None:
    finder = finding._SQLite(finding.t.parsed("sofia"), "pl", [ORGANISATION])
    seen: list[str] = []

    def explain(connection: sa.Connection, cursor: object, statement: str, parameters: object, *_: object) -> None:
        rows = connection.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        seen.extend(row[3] for row in rows)

    sa.event.listen(db.engine, "before_cursor_execute", explain)
    try:
        finder.walk(0, 20)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", explain)
    assert any("COVERING INDEX ix_search_order_pl" in step for step in seen), seen
    assert not any("TEMP B-TREE FOR ORDER BY" in step for step in seen), seen


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_plan_of_few_hits_does_not_walk_the_titles(app: Flask) -> None:
    """A small LIMIT over an index of the order tempts PostgreSQL to look through all hits at each title."""
    filled(*(organisation(number, f"Sofianka {number}") for number in range(1, 300)))
    db.session.execute(sa.text("SET LOCAL enable_hashjoin = off"))
    finder = finding._PostgreSQL(finding.t.parsed("sofia"), "pl", None)
    statement = finder._sorted(finder.hits_of_rank(1).limit(finding.REACH + 1), 1)
    plan = "\n".join(db.session.scalars(sa.text(f"EXPLAIN {_literal(statement)}")))
    assert "CTE placed" in plan, plan


def _literal(statement: sa.Select[int]) -> str:
    return str(statement.compile(db.engine, compile_kwargs={"literal_binds": True}))


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_hits_at_the_end_of_the_alphabet_are_all_found(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "REACH", 8)
    monkeypatch.setattr(finding, "WALKED", 15)
    filled(*(organisation(number, f"Aga {number}") for number in range(1, 31)))
    filled(*(organisation(number, f"София {number}", lang="bg") for number in range(31, 51)))
    filled(organisation(51, "Aby София"))
    assert [number for number, _ in found("sofia", "pl", limit=4)] == [51, 31, 32, 33]


def test_marked_keeps_the_original_spelling() -> None:
    assert str(marked("Źródło & Велико Търново", "zrodlo tyrnowo")) == (
        "<mark>Źródło</mark> &amp; Велико <mark>Търново</mark>"
    )
    assert str(marked("<b>na</b> nic", "na")) == "&lt;b&gt;<mark>na</mark>&lt;/b&gt; nic"
    assert str(marked("Ala", "")) == "Ala"


@given(st.text(max_size=60), st.text(max_size=20))
def test_marked_adds_nothing_but_marks(text: str, query: str) -> None:
    plain = str(marked(text, query)).replace("<mark>", "").replace("</mark>", "")
    assert plain == str(marked(text, ""))


LETTERS = st.text(alphabet="aąbcłoóźżnaszcсофияъщюя6 4-", min_size=1, max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(LETTERS, min_size=1, max_size=12), queries=st.lists(LETTERS, min_size=1, max_size=6))
def test_any_words_are_found_as_the_rule_says(app: Flask, names: list[str], queries: list[str]) -> None:
    with transaction() as session:
        session.execute(sa.delete(SearchOrder))
        session.execute(sa.delete(SearchDocument))
        index(organisation(number, name) for number, name in enumerate(names, 1))
        index(Document(EVENT, number, "e", Localized.of("pl", name)) for number, name in enumerate(names, 1))
    db.session.rollback()
    of_kind = sa.select(SearchDocument).where(SearchDocument.kind == ORGANISATION.code)
    rows = {row.object_id: row for row in db.session.scalars(of_kind)}
    keys = {row.id: row.sort_pl for row in db.session.scalars(sa.select(SearchOrder))}
    for query in queries:
        expected = {number: rank for number, row in rows.items() if (rank := _rank(query, row)) is not None}
        ordered = sorted(expected, key=lambda number: (expected[number], keys[rows[number].id], rows[number].id))
        whole = [(number, finding.t.MATCHES[expected[number]]) for number in ordered]
        assert found(query, "pl", kinds=[ORGANISATION], limit=100) == whole
        both = search(query, lang="pl", limit=100)
        assert [hit.kind for hit in both.items].count("event") == len(whole) == both.total / 2
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finding, "REACH", 2)  # so that three hits are many
            assert found(query, "pl", kinds=[ORGANISATION], limit=2) == whole[:2]
        assert set(db.session.scalars(matching_ids(query, ORGANISATION))) == set(expected)


def _rank(query: str, row: SearchDocument) -> int | None:
    """The rule of a hit, written once more in plain words."""
    terms = finding.t.parsed(query)
    ranks = []
    for term in terms:
        fold, skeleton, alias = row.fold.split(), row.skeleton.split(), row.alias.split()

        def inside(part: str, words: list[str]) -> bool:
            return any(word.startswith(part) if len(part) < 3 else part in word for word in words)

        if term.fold in fold:
            ranks.append(0)
        elif any(word.startswith(term.fold) for word in fold):
            ranks.append(1)
        elif any(word.startswith(term.skeleton) for word in skeleton):
            ranks.append(2)
        elif inside(term.fold, fold) or inside(term.skeleton, skeleton) or inside(term.fold, alias):
            ranks.append(3)
        else:
            return None
    return max(ranks) if ranks else None
