"""Fields as data: values are taken only for all of them, and a row is read and written by them."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from portal.ground.errors import Refusal, Refusals
from portal.words.fields import Field, FieldSet, Group, Kind
from portal.words.i18n import Localized
from portal.words.richtext.structure import DEEPEST

NOTE = FieldSet(
    Field("title", Kind.LINE, "Title", translated=True, needed="Enter the title."),
    Field("body", Kind.RICH, "Text", translated=True),
    Group.of(
        "More",
        Field("begins", Kind.MOMENT, "Begins", column="begins_at"),
        Field("seats", Kind.NUMBER, "Places"),
        Field("codes", Kind.SEVERAL, "Codes", choices=lambda: [("a", "First"), ("b", "Second")]),
        Field("kind", Kind.LIST, "Kind", choices=lambda: [("a", "First"), ("b", "Second")]),
        Field("open", Kind.YES, "Open"),
    ),
)
NAMES = FieldSet(
    Field("name_bg", Kind.LINE, "Bulgarian", translated=True, column="name", language="bg"),
    Field("name_pl", Kind.LINE, "Polish", translated=True, column="name", language="pl"),
)
NOON = dt.datetime(2026, 7, 1, 9, 0, tzinfo=dt.UTC)
VALUES: dict[str, Any] = {
    "title": "Lipa", "body": "a\n\nb", "begins": NOON, "seats": 3, "codes": ["b", "a", "b"], "kind": "a", "open": True
}  # fmt: skip


def row(**columns: Any) -> Any:
    stored = {"title": Localized.of("pl", "Lipa", en="Linden"), "body": Localized(), "begins_at": NOON, "seats": 0}
    return SimpleNamespace(**{**stored, "codes": ("a",), "kind": "b", "open": False, **columns})


def test_values_are_taken_for_exactly_the_fields() -> None:
    for wrong in ({**VALUES, "slug": "x"}, {name: VALUES[name] for name in VALUES if name != "seats"}):
        with pytest.raises(TypeError, match="Not the fields of this row"):
            NOTE.given(wrong)


def test_only_in_a_new_row_may_be_missing_what_need_not_be_filled_in() -> None:
    given = NOTE.given_new({"title": "Lipa"})
    assert dict(given) == {
        "title": "Lipa", "body": "", "begins": None, "seats": None, "codes": (), "kind": "", "open": False
    }  # fmt: skip
    with pytest.raises(TypeError):
        NOTE.given_new({"body": ""})


def test_given_values_are_asked_for_by_their_kind() -> None:
    given = NOTE.given(VALUES)
    assert (len(given), given.text("title"), given.number("seats"), given.moment("begins")) == (7, "Lipa", 3, NOON)
    assert given.codes("codes") == ("b", "a")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", None),
        ("title", 3),
        ("seats", "3"),
        ("seats", True),
        ("begins", "2026"),
        ("codes", "ab"),
        ("open", None),
    ],
)
def test_value_of_another_kind_is_a_mistake_of_the_caller(name: str, value: object) -> None:
    with pytest.raises(TypeError):
        NOTE.given({**VALUES, name: value})


def test_rich_text_is_clean_and_codes_stand_once() -> None:
    given = NOTE.given({**VALUES, "body": "<p onclick=x>a</p><script>b</script>"})
    assert given.text("body") == "<p>a</p>" and given.codes("codes") == ("b", "a")


def test_what_cannot_be_cleaned_is_told_with_all_else_and_never_written() -> None:
    deep = "<ul><li>" * (DEEPEST + 1) + "a" + "</li></ul>" * (DEEPEST + 1)
    given, kept = NOTE.given({**VALUES, "body": deep}), row()
    with pytest.raises(Refusals) as refused:
        given.check(Refusal("No", field="seats"))
    assert {part.field for part in refused.value.parts} == {"body", "seats"}
    for writing in (lambda: NOTE.write(kept, given, "pl"), lambda: NOTE.new(given, "pl")):
        with pytest.raises(Refusals):
            writing()
    assert vars(kept) == vars(row())


def test_row_is_read_in_one_language_with_the_hours_of_its_place() -> None:
    read = NOTE.read(row(), "en", "Europe/Sofia")
    assert read == {
        "title": "Linden", "body": "", "begins": dt.datetime(2026, 7, 1, 12, 0), "seats": 0, "codes": ("a",),
        "kind": "b", "open": False,
    }  # fmt: skip


def test_writing_one_language_leaves_the_others() -> None:
    kept = row()
    NOTE.write(kept, NOTE.given({**VALUES, "title": "Lipy"}), "pl")
    assert dict(kept.title.texts) == {"pl": "Lipy", "en": "Linden"} and kept.title.is_outdated("en")
    assert (kept.begins_at, kept.seats, kept.codes, kept.open) == (NOON, 3, ("b", "a"), True)


def test_translation_is_written_where_there_is_an_original_and_stays_old_until_it_is_compared() -> None:
    kept = row(title=Localized.of("pl", "Lipa", en="Linden").with_text("pl", "Lipy"))
    given = NOTE.texts.given({"title": "Linden", "body": "<p>x</p>"})
    NOTE.texts.translate(kept, given, "en", compared=False)
    assert kept.title.is_outdated("en") and not kept.body
    NOTE.texts.translate(kept, given, "en")
    assert not kept.title.is_outdated("en") and not kept.body
    NOTE.texts.translate(kept, NOTE.texts.given({"title": "", "body": ""}), "en")
    assert kept.title.languages == ("pl",)


def test_translation_needs_no_field_and_asks_only_for_texts() -> None:
    assert [(field.name, field.needed) for field in NOTE.texts] == [("title", None), ("body", None)]
    assert NOTE["title"].needed and len(list(NOTE.in_any_language)) == len(list(NOTE))


def test_texts_of_fixed_languages_are_made_from_the_new_original() -> None:
    kept = SimpleNamespace(name=Localized.of("pl", "Sala"))
    NAMES.write(kept, NAMES.given({"name_bg": "Зала", "name_pl": "Hala"}), "pl")
    assert dict(kept.name.texts) == {"pl": "Hala", "bg": "Зала"} and not kept.name.is_outdated("bg")
    assert NAMES.read(kept, "en") == {"name_bg": "Зала", "name_pl": "Hala"}
    assert NAMES.columns == ("name",)


def test_facts_say_codes_by_their_labels() -> None:
    facts = dict(NOTE.where(lambda field: field.name in ("codes", "kind", "seats")).facts(row(codes=("b", "a"))))
    assert facts == {"Codes": "Second, First", "Kind": "Second", "Places": "0"}


def test_name_stands_once() -> None:
    with pytest.raises(AssertionError):
        FieldSet(NOTE["title"], NOTE["title"])
