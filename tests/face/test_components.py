"""The parts of pages: honest about languages, problems said twice, nothing of a name in the markup."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask, render_template_string

from portal.face.forms import (
    BooleanField,
    ChoiceField,
    FileField,
    MultiChoiceField,
    TextField,
    Versioned,
    choices,
    length,
    required,
)
from portal.face.look import field_kind
from portal.face.motif import motif
from portal.face.web import Pagination
from portal.ground.errors import Stale
from portal.words.hyphens import JOINER
from portal.words.i18n import Localized

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

POLISH = Localized.of("pl", "Sąsiedzi <b>")
OUTDATED = Localized.of("pl", "Stare", bg="Старо").with_text("pl", "Nowe")
HOSTILE = '"><script>x</script>'


class ProfileForm(Versioned):
    name = TextField("Name", [required("Enter the name."), length(200)])
    phone = TextField("Telephone")
    role = ChoiceField("Role", [required("Choose one.")], choices=choices([("a", "Owner"), ("b", "Editor")]))
    themes = MultiChoiceField("Themes", choices=choices([("x", "Culture")]))
    logo = FileField("Logo")
    agree = BooleanField("I agree")


@pytest.fixture
def polish_page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/pl/", headers={"Accept-Language": "pl"}):
        app.preprocess_request()
        yield


@pytest.fixture
def bulgarian_page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/bg/", headers={"Accept-Language": "bg"}):
        app.preprocess_request()
        yield


def render(component: str, call: str, **context: object) -> str:
    """What a macro writes, its white space as a browser reads it: one blank for each stretch."""
    name = re.split(r"\W", call.strip())[0]
    written = render_template_string(
        f'{{% from "components/{component}.html" import {name} %}}{{{{ {call} }}}}', **context
    )
    return re.sub(r"[ \n\t]+", " ", written.replace(JOINER, "")).strip()


@pytest.mark.usefixtures("polish_page")
def test_text_own_language_is_plain_and_escaped() -> None:
    assert render("localized", "text(words)", words=POLISH) == "Sąsiedzi &lt;b&gt;"


@pytest.mark.usefixtures("bulgarian_page")
def test_text_other_language_says_its_lang() -> None:
    assert render("localized", "text(words, 'strong')", words=POLISH) == '<strong lang="pl">Sąsiedzi &lt;b&gt;</strong>'


@pytest.mark.usefixtures("bulgarian_page")
def test_block_other_language_has_a_note_in_the_readers_words() -> None:
    shown = render("localized", "block(words)", words=POLISH)
    assert "Съдържание на език: полски" in shown and '<p lang="pl">Sąsiedzi &lt;b&gt;</p>' in shown


@pytest.mark.usefixtures("bulgarian_page")
def test_block_outdated_translation_says_so() -> None:
    shown = render("localized", "block(words)", words=OUTDATED)
    assert "Старо" in shown and "Този превод е по-стар от оригиналния текст." in shown and "lang=" not in shown


@pytest.mark.usefixtures("bulgarian_page")
def test_result_translated_name_keeps_the_motif_of_the_original() -> None:
    shown = render("lists", "result('/x', words)", words=Localized.of("pl", "Sieć", bg="Мрежа"))
    assert motif("Sieć") in shown and "Мрежа" in shown and motif("Мрежа") not in shown


@pytest.mark.usefixtures("polish_page")
@pytest.mark.parametrize("call", ["block(words)", "rich(words)", "text(words)"])
def test_texts_empty_leave_nothing_behind(call: str) -> None:
    assert render("localized", call, words=Localized()) == ""


@pytest.mark.usefixtures("polish_page")
def test_result_hostile_name_is_escaped_everywhere() -> None:
    shown = render(
        "lists",
        "result('/x', words, kind=kind, lines=words, tag_list=[kind])",
        words=Localized.of("bg", HOSTILE),
        kind=HOSTILE,
    )
    assert "<script" not in shown and shown.count("&lt;script") == 4


@pytest.mark.usefixtures("polish_page")
@pytest.mark.parametrize(
    ("taken", "capacity", "waiting", "words"),
    [
        (5, 20, 0, "Wolne miejsca: 15 z\u00a020"),
        (18, 20, 0, "Ostatnie miejsca: 2 z\u00a020"),
        (20, 20, 0, "Brak wolnych miejsc"),
        (21, 20, 4, "Brak wolnych miejsc. Na liście oczekujących: 4"),
    ],
)
def test_seats_say_in_words_what_is_free(taken: int, capacity: int, waiting: int, words: str) -> None:
    shown = render("seats", "seats(taken, capacity, waiting)", taken=taken, capacity=capacity, waiting=waiting)
    assert f"<span>{words}</span>" in shown


@pytest.mark.usefixtures("polish_page")
def test_seats_without_limit_say_nothing() -> None:
    assert render("seats", "seats(3, 0)") == ""


def test_pagination_numbers_ends_and_neighbours(app: Flask) -> None:
    with app.test_request_context("/en/organisations/?q=a&page=5"):
        shown = render("navigation", "pagination(pages)", pages=Pagination(5, 20, 240))
    assert re.findall(r">(?:<span class=\"vh\">Page </span>)?(\d+|…)</", shown) == ["1", "…", "4", "5", "6", "…", "12"]
    assert 'aria-current="page"' in shown and "q=a&amp;page=6" in shown


def test_field_kinds_are_told_apart(app: Flask) -> None:
    with app.test_request_context("/en/"):
        kinds = {field.name: field_kind(field) for field in ProfileForm() if field.name != "csrf_token"}
    assert kinds == {
        "version": "hidden",
        "name": "input",
        "phone": "input",
        "role": "group",
        "themes": "group",
        "logo": "file",
        "agree": "checkbox",
    }


def test_field_problem_stands_in_the_summary_and_at_the_field(app: Flask) -> None:
    with app.test_request_context("/en/", method="POST", data={"phone": HOSTILE}):
        form = ProfileForm(meta={"csrf": False})
        assert not form.validate()
        summary = render("forms", "error_summary(form)", form=form)
        name = render("forms", "field(form.name, hint='As in the register.')", form=form)
        role = render("forms", "field(form.role)", form=form)
        phone = render("forms", "field(form.phone)", form=form)
    assert "Correct 2 fields" in summary and 'href="#name"' in summary and 'href="#role-0"' in summary
    assert 'aria-describedby="name-hint name-error"' in name and 'aria-invalid="true"' in name
    assert role.startswith('<fieldset class="field wrong" aria-describedby="role-error">') and 'id="role-0"' in role
    assert "(optional)" in phone and "(optional)" not in name and "<script" not in phone


def test_form_open_with_a_file_sends_parts_and_no_id(app: Flask) -> None:
    with app.test_request_context("/en/"):
        shown = render("forms", "form_open(form)", form=ProfileForm())
    assert 'enctype="multipart/form-data"' in shown and "novalidate" in shown
    assert 'name="csrf_token"' in shown and 'name="version"' in shown and " id=" not in shown


def test_summary_of_a_conflict_points_nowhere(app: Flask) -> None:
    with app.test_request_context("/en/", method="POST"):
        form = ProfileForm(meta={"csrf": False})
        form.refuse(Stale({"name": "Theirs"}, version=2))
        shown = render("forms", "error_summary(form)", form=form)
    assert "Nothing has been saved yet" in shown and "<a " not in shown and form.status == 409
