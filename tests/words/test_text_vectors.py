"""The examples of the data tables hold, and the text functions keep their promises on any text at all."""

import csv
import itertools
import random
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.words.data import rows
from portal.words.text import (
    aliases,
    fold,
    skeleton,
    skeletons,
    slug_candidates,
    slugify,
    sort_key,
    stem_word,
    stems,
    transliterate,
    words,
)

VECTORS = Path(__file__).resolve().parents[1] / "vectors"


def vectors(name: str) -> list[dict[str, str]]:
    with open(VECTORS / f"{name}.csv", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def level(query: str, document: str) -> str:
    """The rank of search for a document in memory: each word starts a word of the fold, else skeleton, else alias."""
    shown = (fold(document).split(), f"{skeletons(document)} {stems(document)}".split(), aliases(document).split())
    worst = 0
    for word in words(query):
        keys = (fold(word), skeleton(word), fold(word))
        found = [place for place in range(3) if any(part.startswith(keys[place]) for part in shown[place])]
        if stem_word(word) in shown[1]:
            found = sorted({*found, 1})
        if not found:
            return ""
        worst = max(worst, found[0])
    return ("fold", "skeleton", "alias")[worst]


@pytest.mark.parametrize("row", vectors("search_vectors"), ids=lambda row: f"{row['query']}-{row['document']}")
def test_search_vectors_hold(row: dict[str, str]) -> None:
    assert level(row["query"], row["document"]) == row["level"]


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("Turnovo", "Велико Търново"),
        ("Dobri4", "Добрич"),
        ("Qmbol", "Ямбол"),
        ("Płowdiw", "Пловдив"),
        ("Plowdiw", "Пловдив"),
        ("Xaskovo", "Хасково"),
        ("Rousse", "Русе"),
        ("Kardjali", "Кърджали"),
        ("Kyrdżali", "Кърджали"),
        ("Tyrgowiszte", "Търговище"),
        ("Svi6tov", "Свищов"),
        ("Swisztow", "Свищов"),
        ("Bułgaria", "България"),
        ("Krystyna", "Кристина"),
        ("Dimityr", "Димитър"),
        ("Centur", "Център"),
        ("sofiq", "София"),
        ("bulgariq", "България"),
        ("4itali6te", "Читалище"),
        ("Бидгошч", "Bydgoszcz"),
        ("Елблонг", "Elbląg"),
    ],
)
def test_skeleton_joins_spelling_habits(query: str, document: str) -> None:
    assert level(query, document) == "skeleton"
    assert level(document.split()[-1], query)


HOW_POLES_AND_BULGARIANS_WRITE_IT = {
    "Казанлък": ("Kazanlak", "Kazanlyk", "Kazanlik", "Kazanluk", "Kazanłyk", "казанлък"),
    "Гълъбово": ("Galabovo", "Gylybowo", "Gulubovo", "Gulubowo", "Gylybovo"),
    "Мъглиж": ("Maglizh", "Myglisz", "Myglizh", "Muglizh"),
    "Съединение": ("Saedinenie", "Syedinenie", "Suedinenie"),
    "Върбица": ("Varbitsa", "Wyrbica", "Vurbica"),
    "Първомай": ("Parvomay", "Pyrwomaj", "Purvomai"),
    "Търговище": ("Targovishte", "Tyrgowiszte", "Turgovishte"),
}
NOT_THE_SAME = [("Kazan", "Казино"), ("Kozlyk", "Казанлък"), ("Galerie", "Гълъбово"), ("Lek", "Лъкатник")]


@pytest.mark.parametrize(
    ("town", "spelling"), [(town, one) for town, many in HOW_POLES_AND_BULGARIANS_WRITE_IT.items() for one in many]
)
def test_a_town_with_a_hard_sign_is_found_however_its_vowel_is_written(town: str, spelling: str) -> None:
    assert level(spelling, town)


@pytest.mark.parametrize(("query", "document"), NOT_THE_SAME)
def test_ways_to_write_a_hard_sign_join_no_other_words(query: str, document: str) -> None:
    assert not level(query, document)


ONE_WORD = (
    "senior seniorzy seniorów seniora seniorom seniorami seniorem",
    "seniorka seniorki seniorek seniorką",
    "student studenci studentów",
    "artysta artyści artystów",
    "emeryt emeryci emerytom",
    "lekarz lekarze lekarzy",
    "wiejski wiejska wiejskich wiejskiego",
    "kobieta kobiety kobiet kobietom",
    "stowarzyszenie stowarzyszenia stowarzyszeń",
    "organizacja organizacji organizacjom",
    "młodzież młodzieży młodzieżą",
    "пенсионер пенсионери пенсионерите пенсионерът pensioneri",
    "читалище читалища читалището читалищата",
    "сдружение сдружения сдружението",
    "организация организации организациите",
    "учител учители учителят учителите",
    "клуб клубове клубовете клубът",
    "общност общности общността",
    "младеж младежи младежите",
)
OTHER_WORDS = [
    ("seniorzy", "seans"), ("szkoła", "szkło"), ("rada", "radio"), ("domy", "domena"), ("koła", "kolej"), ("sieci", "siedem"),
    ("пенсионери", "пенсия"), ("деца", "децибел"), ("клубове", "клупа"), ("Варна", "Варшава"), ("Krakowa", "Krasnik"),
    ("Русия", "Русе"), ("sportowcy", "spółka"), ("gminy", "gimnazjum"), ("музика", "музей"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "document"), [pair for line in ONE_WORD for pair in itertools.permutations(line.split(), 2)]
)
def test_a_word_is_found_by_its_other_endings(query: str, document: str) -> None:
    assert level(query, document)


@pytest.mark.parametrize(("query", "document"), OTHER_WORDS)
def test_endings_join_no_other_words(query: str, document: str) -> None:
    assert not level(query, document)


def test_endings_join_no_two_towns() -> None:
    """Of 80 Polish towns and 28 oblasti, in each language: a town that is found by the name of another is so without
    endings, too."""
    named = {row["pl"]: (row["pl"], row["bg"]) for row in rows("pl_city_aliases")}
    named |= {row["bg"]: (row["bg"], row["pl"].partition(" (")[0]) for row in rows("bg_oblasts")}
    joined = set()
    for (one, names), (other, others) in itertools.permutations(named.items(), 2):
        keys = {key for name in others for word in words(name) for key in (stem_word(word), skeleton(word))}
        for name in names:
            is_inside = any(skeleton(name) in skeletons(shown) for shown in others)
            if len(words(name)) == 1 and not is_inside and stem_word(words(name)[0]) in keys:
                joined.add((one, other))
    assert joined == set()


def test_every_polish_town_is_found_by_each_of_its_names() -> None:
    for row in rows("pl_city_aliases"):
        for name in (row["bg"], *row["en"].split(" / ")):
            assert level(name, row["pl"]), (name, row["pl"])
        assert level(fold(row["pl"]), row["pl"]) == "fold"


def test_every_oblast_and_voivodeship_is_found_by_each_of_its_names() -> None:
    for table in ("bg_oblasts", "pl_voivodeships"):
        for row in rows(table):
            for shown in (row["bg"], row["pl"], row["en"]):
                for asked in (row["bg"], row["pl"], row["en"]):
                    assert level(re.sub(r"\(.*\)", "", asked), shown), (asked, shown)


def test_official_english_names_of_oblasts_are_the_fold() -> None:
    assert all(fold(row["bg"]).split()[0] in fold(row["en"]) for row in rows("bg_oblasts"))


@pytest.mark.parametrize("lang", ["pl", "bg", "en"])
def test_collation_vectors_hold(lang: str) -> None:
    expected = [row["text"] for row in vectors("collation_vectors") if row["locale"] == lang]
    shuffled = expected[:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=lambda text: sort_key(text, lang)) == expected


def test_sort_key_orders_marks_and_capitals_last() -> None:
    for lang in ("pl", "bg", "en"):
        ordered = ["na", "Na", "Na rzecz", "Na-rzecz", "nad", "НЕТ"]
        ordered = ordered[-1:] + ordered[:-1] if lang == "bg" else ordered
        assert sorted([*ordered[1:], ordered[0]], key=lambda text: sort_key(text, lang)) == ordered
    assert sort_key("ѝ", "bg")[:1] == sort_key("и", "bg")[:1]
    assert sort_key("и\u0306", "bg") == sort_key("й", "bg")


@pytest.mark.parametrize(
    ("original", "latin"),
    [
        ("София", "Sofia"),
        ("СОФИЯ", "SOFIA"),
        ("Сияна", "Siyana"),
        ("Щастие", "Shtastie"),
        ("ЩЪРКЕЛ", "SHTARKEL"),
        ("Щъркелово гнездо", "Shtarkelovo gnezdo"),
        ("България", "Bulgaria"),
        ("БЪЛГАРИЯ", "BULGARIA"),
        ("Йовково", "Yovkovo"),
        ("и\u0306", "y"),
        ("Синьо", "Sinyo"),
        ("Център „Ютия“", "Tsentar „Yutia“"),
        ("Łódź", "Łódź"),
    ],
)
def test_transliteration_follows_the_act(original: str, latin: str) -> None:
    assert transliterate(original) == latin


def test_transliteration_table_holds_letter_by_letter() -> None:
    for row in rows("translit_bg_2009"):
        latin = {"ия": "ia"}.get(row["bg"], row["latin"])
        assert transliterate(row["bg"]) == latin


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Стоварищване „Синергия“", "stovarishtvane-sinergia"),
        ("България заедно", "bulgaria-zaedno"),
        ("Łódź – miasto źródeł", "lodz-miasto-zrodel"),
        ("Women's Network", "womens-network"),
        ("", "untitled"),
        ("☃️ \u200b", "untitled"),
        ("!!!", "untitled"),
        ("x" * 200, "x" * 80),
        ("fundacja " * 20, "fundacja-" * 8 + "fundacja"),
    ],
)
def test_slug_of_a_title(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_slug_candidates_are_numbered_and_short() -> None:
    candidates = slug_candidates("y" * 300)
    first = [next(candidates) for _ in range(12)]
    assert len(set(first)) == 12
    assert first[1].endswith("-2")
    assert all(len(slug) <= 80 for slug in first)


@given(st.text())
def test_fold_is_ascii_and_idempotent(text: str) -> None:
    folded = fold(text)
    assert set(folded) <= set(string.ascii_lowercase + string.digits + " ")
    assert fold(folded) == folded
    assert folded == folded.strip()
    assert "  " not in folded


@given(st.text())
def test_no_text_breaks_the_other_functions(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slugify(text))
    assert len(slugify(text)) <= 80
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", skeleton(text))
    assert len(skeleton(text).split()) <= len(words(text))
    transliterate(text)
    aliases(text)
    for lang in ("pl", "bg", "en"):
        assert len(sort_key(text, lang)) < 1000


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъьюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЮЯ ѝ"))
def test_fold_of_bulgarian_is_its_transliteration(text: str) -> None:
    without_the_exception = "" if "българия" in text.lower() else transliterate(text)
    if without_the_exception:
        assert fold(text) == fold(without_the_exception)


@given(st.lists(st.text(max_size=12), min_size=2, max_size=6), st.sampled_from(["pl", "bg", "en"]))
def test_equal_keys_only_for_texts_that_look_equal(texts: list[str], lang: str) -> None:
    for one, other in itertools.pairwise(texts):
        if one.isascii() and other.isascii() and one.isalnum() and other.isalnum() and one != other:
            assert sort_key(one, lang) != sort_key(other, lang)
