"""The woven motif: the same name gives the same cloth for ever, and no cloth carries a sign."""

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.face.motif import cloth, cover, motif, stitches

NAMES = ["Sąsiedzi z Młyńskiej", "Народно читалище „Извор – 1927“", "<b>&'\"", "", " ", "\x00\ud800", "а" * 10_000]


@given(st.text(max_size=60))
def test_stitches_any_name_are_mirrored_in_both_axes(name: str) -> None:
    _, table = stitches(name)
    assert table == table[::-1] == [row[::-1] for row in table]


@given(st.text(max_size=60))
def test_stitches_any_name_have_a_square_heart(name: str) -> None:
    _, table = stitches(name)
    ring = {table[y][x] for y in (4, 5, 6) for x in (4, 5, 6) if (x, y) != (5, 5)}
    assert len(ring) == 1 and table[5][5] not in ring


def test_motif_known_name_never_changes() -> None:
    """Portraits are part of how people recognise a group: a change of the algorithm is a change of everybody's face."""
    known = repr(stitches("Koło Gospodyń Wiejskich")).encode()
    assert hashlib.sha256(known).hexdigest()[:16] == "84b6a6d8badf352c"


def drawn(picture: str) -> dict[tuple[int, int], int]:
    """The stitches that a picture shows: (x, y) -> thread."""
    found = {}
    for thread, path in re.findall(r'class="t(\d)" d="([^"]*)"', picture):
        x = y = 0
        for letter, one, other, length in re.findall(r"([Mm])(-?\d+) (-?\d+)(?:\.5)?h(\d+)", path):
            x, y = (int(one), int(other)) if letter == "M" else (x + int(one), y + int(other))
            found.update({(x + step, y): int(thread) for step in range(int(length))})
            x += int(length)
    return found


@given(st.text(max_size=60))
def test_motif_any_name_shows_its_stitches(name: str) -> None:
    _, table = stitches(name)
    wanted = {(x + 1, y + 1): thread for y, row in enumerate(table) for x, thread in enumerate(row) if thread}
    assert drawn(motif(name)) == wanted


def test_motif_spelling_variants_are_the_same() -> None:
    assert motif("Grupa ŁAWKA ") == motif("grupa ławka") == motif("grupa\u00a0ławka")


@pytest.mark.parametrize("name", NAMES)
def test_motif_hostile_name_does_not_reach_the_markup(name: str) -> None:
    for drawing in (motif(name), cover(name), cloth([name] * 5)):
        assert re.fullmatch(r'[A-Za-z0-9 <>/="#%.()-]+', drawing)
        assert "style" not in drawing and 'aria-hidden="true"' in drawing


def test_motif_size_stays_small() -> None:
    assert len(motif("Zielone Sołectwa")) < 2_000
    assert len(cover("Zielone Sołectwa")) < 3_500


@pytest.mark.parametrize(("count", "rows"), [(0, 1), (3, 1), (5, 1), (9, 1), (10, 2), (20, 4)])
def test_cloth_weaves_whole_rows_only(count: int, rows: int) -> None:
    drawing = cloth([f"group {n}" for n in range(count)], columns=5)
    assert f'viewBox="0 0 59 {rows * 12 - 1}"' in drawing
    assert drawing.count("<g ") == min(count, rows * 5)
