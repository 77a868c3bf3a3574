"""PDF files: what a screen reader finds in them, that texts stay texts, and that no template harms the portal."""

import datetime as dt
import logging
import re
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.face.pdf import (
    MOST_BYTES,
    MOST_ROWS,
    TICK,
    Head,
    Items,
    Lines,
    NotMade,
    Pairs,
    Paper,
    Part,
    Passage,
    Rows,
    TooLong,
    compiling,
    pdf_of,
)
from portal.face.pdf.compiling import PAPERS, compiled
from portal.ground.errors import Busy
from portal.words.i18n import LANGUAGES, Localized, in_language
from tests.support.papers import Read, squeezed

AT = dt.datetime(2026, 11, 30, 10, 0, tzinfo=dt.UTC)
PANGRAMS = {
    "pl": "Pchnąć w tę łódź jeża lub ośm skrzyń fig. ZAŻÓŁĆ GĘŚLĄ JAŹŃ",
    "bg": "Жълтата дюля беше щастлива, че пухът, който цъфна, замръзна като гьон. ѝ Ѝ №",
    "en": "“The five” boxing wizards – quickly… 5 € ½",
}
# What would do something if it were ever read as markup of the typesetter, JSON, or PDF.
NASTY = [
    '#import "@preview/cetz:0.3.0": *', "#read(\"/etc/passwd\")", "#panic()", "$x^2$", "\\ \\u{41} \\#", "@ref <label>",
    "*bold* _slant_ `raw` ```rust x```", "= Heading", "- item + item / term: x", "// comment /* more */", "~ -- --- ...",
    '"quotes" \'single\'', "[content] {code}", '{"t": "x", "l": "bg"}', "{n} {total}", "%(n)s %s", "](x) endobj >>",
]  # fmt: skip


def paper(*blocks: Any, title: str = "Lista", made_at: dt.datetime = AT) -> Paper:
    return Paper(title, "Lista na warsztat", made_at, [Head("Kongres", title), *blocks])


def read(*blocks: Any, language: str = "pl", **more: Any) -> Read:
    with in_language(language):
        return Read(pdf_of(paper(*blocks, **more)))


@pytest.fixture(autouse=True)
def no_warnings(app: Flask, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The typesetter has nothing to say about our templates: it would of a font that is not there."""
    caplog.set_level(logging.WARNING, logger=compiling.__name__)
    yield
    assert [one.getMessage() for one in caplog.records if "with a warning" in one.getMessage()] == []


# None of this asks a database.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
EVERY = [
    Part("Część"), Passage("Akapit\nw dwóch wierszach"), Passage("uwaga", "note"), Passage("cytat", "quote"),
    Passage("mocny", "strong"), Pairs([("Imię", ["Anna"]), ("Nic", [])]), Part("Dzień", 3),
    Lines([("9:00", ["Warsztat", "Sala"])]), Items(["raz", "dwa"]), Items(["pierwsza", "druga"], numbered=True),
    Rows("2 osoby", (("Imię i nazwisko", 2), ("Skąd", 3), ("Jest", 0)), [("Żaneta", "Łódź", TICK), ("Иво", "–", TICK)]),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_is_made_for_those_who_have_it_read_aloud(language: str) -> None:
    found = read(*EVERY, language=language, title="Zażółć <b> & Щ")
    assert found.root["/Lang"] == language and found.root["/MarkInfo"]["/Marked"].value
    assert found.root["/ViewerPreferences"]["/DisplayDocTitle"].value
    about = found.root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in about and f"<rdf:li>{language}</rdf:li>" in about
    assert found.file.metadata is not None
    assert found.file.metadata.title == "Zażółć <b> & Щ" and found.file.metadata.author == "Synergia"
    tags = [one.name for one in found.tags]
    assert tags.count("H1") == 1 and tags.index("H1") < tags.index("H2") < tags.index("H3")
    assert tags.count("Table") == 1 and tags.count("TR") == 3 and tags.count("TD") == 6 and tags.count("L") == 3
    assert [one.scope for one in found.tags if one.name == "TH"] == ["/Column"] * 3 and "Caption" in tags
    assert all("/FontFile2" in font for font in found.fonts)
    assert not found.file.is_encrypted and not found.file.get_fields() and not found.file.attachments


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_the_three_languages_is_read_back_as_it_was_written(language: str) -> None:
    words = list(PANGRAMS.values())
    found = read(*(Passage(one) for one in words), Part(PANGRAMS[language]), language=language)
    for one in words:
        assert found.says(one), one


def test_foreign_words_are_marked_with_their_language_and_have_its_letters() -> None:
    title = Localized.of("bg", "Работилница в града")
    found = read(Passage(title), Passage(("Tytuł: ", title)), Passage("Работилница в града"))
    assert found.languages == ["bg", "bg"], "of the whole paragraph, and inside one"
    assert found.shapes_of("в") == 2, "the Bulgarian shape, and the one of everybody else"
    assert read(Passage(title), language="bg").shapes_of("в") == 1


def test_texts_of_people_stay_texts() -> None:
    everywhere = [
        block
        for words in NASTY
        for block in (
            Passage(words), Pairs([(words, [words])]), Rows(words, ((words, 1),), [(words,)]), Items([words]), Part(words),
            Lines([(words, [words])]), Passage(Localized.of("bg", words)),
        )
    ]  # fmt: skip
    title = "".join(NASTY)
    found = read(*everywhere, title=title)
    said = squeezed(found.text)
    for words in NASTY:
        assert said.count(squeezed(words)) >= 11, words
    assert found.file.metadata is not None and found.file.metadata.title == title


def test_letters_that_no_font_has_are_written_in_latin() -> None:
    found = read(Items(["李小龙", "გიორგი", "Zoë 😀 Łucja", "👩\u200d👧", "e\u0301\u0332"]))
    assert found.says("LiXiaoLong") and found.says("giorgi") and found.says(":grinning:")
    assert "\ufffd" not in found.text and "\x00" not in found.text


def test_words_that_no_line_holds_are_broken_and_read_back_whole() -> None:
    address = "bardzo-dlugi-adres-ktory-sie-nie-miesci@konstantynopolitanczykowianeczka.example.org"
    word, narrow = "Konstantynopol" * 20, (("Kto", 1), ("Skąd", 1), ("Co", 1))
    name = "Anna Kowalska-Wiśniewska-Nowakowska-Zabłocka"
    found = read(Rows("x", narrow, [(address, word, address), (name, name, name)]), Passage(word))
    assert "".join(found.text.split()).count(word) == 2
    assert "".join(found.text.split()).count(address.partition("@")[0]) == 2
    assert squeezed(found.text).count(squeezed(name)) == 3 and "Wiśniewska-N\n" not in found.text


def test_same_paper_has_the_same_bytes() -> None:
    one, same, later = (pdf_of(paper(*EVERY, made_at=at)) for at in (AT, AT, AT + dt.timedelta(minutes=1)))
    assert one == same != later
    assert b"D:20261130100000Z" in one


@pytest.mark.parametrize(
    ("language", "sentence"), [("pl", "Strona 2 z 2"), ("bg", "Страница 2 от 2"), ("en", "Page 2 of 2")]
)
def test_pages_are_numbered_in_whole_sentences(language: str, sentence: str) -> None:
    found = read(Items([f"wiersz {n}" for n in range(70)]), language=language)
    first, second = (" ".join(page.split()) for page in found.pages)
    assert sentence in second and sentence not in first
    assert all("Synergia" in page and "127.0.0.1" in page for page in found.pages)


def test_heads_of_a_table_stand_on_each_of_its_pages() -> None:
    found = read(Rows("wiele", (("Imię i nazwisko", 1),), [(f"osoba {n}",) for n in range(70)]))
    assert len(found.pages) > 1 and all("Imię i nazwisko" in page for page in found.pages)


def test_templates_have_no_word_of_their_own() -> None:
    found = read(*EVERY, title="Tytuł")
    frame = "Synergia Lista na warsztat 127.0.0.1:8000 Strona 1 z 1 • 1. 2. Kongres Tytuł"
    assert set(found.text.split()) <= set(f"{frame} {_words_of(EVERY)}".split())


def _words_of(blocks: Sequence[Any]) -> str:
    return " ".join(_strings([block.data() for block in blocks]))


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for one in data:
            yield from _strings(one)
    elif isinstance(data, dict):
        yield from _strings(list(data.values()))


def test_what_is_too_long_is_refused_before_anything_is_set() -> None:
    with compiling._one_at_a_time:  # whoever came as far as this lock would wait for it
        began = time.monotonic()
        with pytest.raises(TooLong):
            pdf_of(paper(Items(["x"] * MOST_ROWS)))
        with pytest.raises(TooLong):
            pdf_of(paper(Passage("ż" * MOST_BYTES)))
        assert time.monotonic() - began < compiling._WAIT


def _processor(rows: int) -> float:
    """Seconds of processor for a table of so many rows, the better of two."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        pdf_of(paper(Rows("wiele", (("Imię", 1), ("Skąd", 1)), [("Anna Żółć", "Koło w Rudce")] * rows)))
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before

    return min(once(), once())


def test_twice_the_rows_take_twice_the_time() -> None:
    once, twice = _processor(300), _processor(600)
    if twice > 3 * once:  # a neighbour on the same core, or more than that
        assert _processor(1200) < 9 * once


def test_longest_paper_is_set_within_its_limits() -> None:
    rows = [(f"Anna Żółć-Kowalska {n}", "Koło Gospodyń Wiejskich, Wierzbica Dolna", TICK) for n in range(MOST_ROWS - 2)]
    found = read(Rows("wiele", (("Imię", 5), ("Skąd", 6), ("Jest", 0)), rows))
    assert len(found.file.pages) > 40
    assert f"Żółć-Kowalska {MOST_ROWS - 3}" in found.file.pages[-1].extract_text()


def test_who_comes_while_others_papers_are_set_waits_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_WAIT", 0.1)
    with compiling._one_at_a_time, pytest.raises(Busy):
        pdf_of(paper())
    assert pdf_of(paper())


WILD = {
    "reads a file of the machine": '#read("/etc/hostname")',
    "reads above its folder": '#read("../secret.txt")',
    "takes a package of others": '#import "@preview/cetz:0.3.0": canvas',
    "asks for itself": "#let f(x) = f(x) + 1\n#f(1)",
    # 0.8 GB: more than it may have, and no more than this machine has should the limit be gone
    "takes much memory": '#set document(title: "x")\n= x\n#let x = (1,)\n#for i in range(24) { x = x + x }',
    "is no template": "#let",
    "has no title": "words",
}


@pytest.mark.parametrize("what", WILD)
def test_wild_template_ends_with_a_sentence_and_nothing_else(
    what: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = tmp_path / "papers"
    root.mkdir()
    (tmp_path / "secret.txt").write_text("canary", encoding="utf-8")
    (root / "wild.typ").write_text(WILD[what], encoding="utf-8")
    with pytest.raises(NotMade):
        compiled(root, "wild.typ", {}, 0)
    assert "a paper " in caplog.text and "wild.typ" in caplog.text and "canary" not in caplog.text
    assert pdf_of(paper()), "the next one is made"


def test_package_of_others_is_asked_of_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "wild.typ").write_text(WILD["takes a package of others"], encoding="utf-8")
    with pytest.raises(NotMade):
        compiled(tmp_path, "wild.typ", {}, 0)
    assert "Connection refused" in caplog.text and "resolve" not in caplog.text


@pytest.mark.parametrize(("seconds", "longest", "said"), [(1, 60, "ended with -"), (30, 1, "took too long")])
def test_template_without_an_end_is_stopped_by_its_processor_and_by_the_clock(
    seconds: int, longest: int, said: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: Any
) -> None:
    monkeypatch.setattr(compiling, "SECONDS", seconds)
    monkeypatch.setattr(compiling, "LONGEST", longest)
    endless = '#set document(title: "x")\n#for i in range(100000) { for j in range(100000) { let x = i * j } }'
    (tmp_path / "wild.typ").write_text(endless, encoding="utf-8")
    with pytest.raises(NotMade):
        compiled(tmp_path, "wild.typ", {}, 0)
    assert said in caplog.text


def unwanted(template: str) -> list[str]:
    """What a template takes from elsewhere than its neighbours and its data."""
    return re.findall(r'(?:import|include) "@[^"]*"|\b(?:read|plugin|csv|yaml|toml|xml|cbor)\(', template)


def test_templates_take_nothing_from_elsewhere() -> None:
    assert unwanted('#import "@preview/x:1.0.0"\n#read("a")') == ['import "@preview/x:1.0.0"', "read("]
    assert [(path.name, unwanted(path.read_text(encoding="utf-8"))) for path in PAPERS.rglob("*.typ")] == [
        (path.name, []) for path in PAPERS.rglob("*.typ")
    ]
