"""Every table that the portal is delivered with: codes that are unique, no empty name, no word of two alphabets."""

import re
from pathlib import Path

import pytest

from portal.words import data
from portal.words.websites import scripts

FILES = sorted(path.stem for path in Path(data.__file__).parent.glob("*.csv"))
# The columns that name a row; each alone or together they stand once.
KEYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "bg_oblasts": (("code",), ("iso_3166_2",), ("nuts3",)),
    "bg_public_benefit_purposes": (("code",),),
    "icnpo": (("code",),),
    "languages": (("code",),),
    "legal_forms": (("code",),),
    "pl_city_aliases": (("pl",), ("bg",)),
    "pl_public_task_spheres": (("code",),),
    "pl_voivodeships": (("code",), ("iso_3166_2",)),
    "region_outlines": (("code",),),
    "sdg": (("code",),),
    "translit_bg_2009": (("bg",),),
    "vocab": (("vocabulary", "code"),),
}
# Columns that may be empty, since they are about some rows only.
SOME = {"icnpo": {"parent"}, "translit_bg_2009": {"note"}}
LABELS = ("pl", "bg", "en", "pl_genitive", "pl_locative")
WORD = re.compile(r"[^\W\d_]+")


def faults(name: str, table: list[dict[str, str]]) -> list[str]:
    """What is wrong with a table of data, a line each."""
    found = []
    for key in KEYS[name]:
        known = [tuple(row[column] for column in key) for row in table]
        found += [f"{one} stands twice" for one in sorted({one for one in known if known.count(one) > 1})]
    for number, row in enumerate(table, start=2):
        for column, text in row.items():
            if column not in SOME.get(name, ()) and not (text or "").strip():
                found.append(f"line {number}: {column} is empty")
            elif column in LABELS and (mixed := [word for word in WORD.findall(text) if len(scripts(word)) > 1]):
                found.append(f"line {number}: {column} has a word of two alphabets: {mixed[0]}")
    return found


def test_every_file_says_what_names_its_rows() -> None:
    assert set(KEYS) == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_file_has_unique_codes_and_whole_names(name: str) -> None:
    table = [dict(row) for row in data.rows(name)]
    assert len(table) >= 5
    assert faults(name, table) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"code": "1"}, "('1',) stands twice"),
        ({"bg": " "}, "line 3: bg is empty"),
        ({"pl": "Zero głоdu"}, "line 3: pl has a word of two alphabets: głоdu"),
    ],
)
def test_fault_in_a_file_is_named(changed: dict[str, str], expected: str) -> None:
    table = [dict(row) for row in data.rows("sdg")]
    table[1] |= changed
    assert faults("sdg", table) == [expected]
