"""Two texts side by side: what is marked is what changed, and the time is bounded whatever they are."""

import random
import time

import pytest

from portal.revisions.comparing import MOST, SHOWN, Did, Row, _runs, compare


def words(row: Row, did: Did) -> list[str]:
    return [piece.text for piece in (*row.before, *row.after) if piece.did is did]


def test_changed_words_are_marked_and_others_are_not() -> None:
    (row,) = compare("Sadzimy drzewa w Łodzi.", "Sadzimy stare drzewa w Zgierzu.")
    assert words(row, Did.OUT) == ["Łodzi"]
    assert words(row, Did.IN) == ["stare ", "Zgierzu"]
    assert "".join(piece.text for piece in row.before) == "Sadzimy drzewa w Łodzi."
    assert "".join(piece.text for piece in row.after) == "Sadzimy stare drzewa w Zgierzu."


def test_what_is_the_same_far_from_every_difference_is_counted() -> None:
    before = "\n".join(["a", "b", "c", "d", "e", "f"])
    rows = compare(before, before.replace("e", "E"))
    assert [row.skipped for row in rows] == [3, 0, 0, 0]
    assert compare("a\nb", "a\nb") == []


def test_two_sentences_with_a_comma_in_common_are_two_sentences() -> None:
    (row,) = compare("Uczymy, gramy.", "Koncert, wystawa i bardzo długi spacer.")
    assert words(row, Did.SAME) == []


def test_paragraph_that_moved_in_is_whole() -> None:
    rows = compare("jeden\ntrzy", "jeden\ndwa\ntrzy")
    assert [words(row, Did.IN) for row in rows] == [[], ["dwa"], []]


def test_both_texts_are_complete_whatever_they_are() -> None:
    chance = random.Random(7)
    for _ in range(2000):
        a, b = (chance.choices("abc", k=chance.randint(0, 14)) for _ in range(2))
        runs = list(_runs(a, b))
        assert [word for out, _put in runs for word in out] == a
        assert [word for _out, put in runs for word in put] == b


def test_runs_are_as_long_as_they_can_be() -> None:
    """The shortest script is found: what has one difference shows one."""
    a = [str(i) for i in range(300)]
    for i in (0, 1, 150, 299):
        b = [*a[:i], "neu", *a[i + 1 :]]
        assert [(list(out), list(put)) for out, put in _runs(a, b) if out != put] == [([a[i]], ["neu"])]
    b = [word if i % 7 else f"{word}!" for i, word in enumerate(a)]
    changed = sum(len(out) for out, put in _runs(a, b) if out != put)
    assert changed == sum(i % 7 == 0 for i in range(300)) <= MOST


@pytest.mark.parametrize("alphabet", ["ab", "abcdefgh"])
def test_time_grows_with_the_length_and_no_faster(alphabet: str) -> None:
    """Texts of the largest size with nothing in common but their letters: difflib would need minutes."""
    chance = random.Random(3)

    def took(paragraphs: int) -> float:
        one, other = ("\n".join(" ".join(chance.choices(alphabet, k=40)) for _ in range(paragraphs)) for _ in range(2))
        begun = time.process_time()
        rows = compare(one, other)
        assert len(rows) == SHOWN + 1
        assert rows[-1].skipped >= paragraphs - SHOWN
        return time.process_time() - begun

    took(200)
    small, large = min(took(1200) for _ in range(3)), min(took(2400) for _ in range(3))
    assert large < 3 * small + 0.05
    assert large < 2.0
