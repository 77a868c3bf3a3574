"""The catalogues are complete, up to date, and speak as the portal speaks."""

import ast
import csv
import gettext
from pathlib import Path

import polib
import pytest

from tests.architecture import voice
from tools import i18n

PORTAL = Path(__file__).resolve().parents[2] / "portal"
SPEAKERS = ("_", "_l", "_n", "_ln", "_p", "_lp", "_np")


def test_catalogues_are_complete_and_fresh() -> None:
    assert list(i18n.problems()) == []


def hidden_messages(source: str) -> list[int]:
    """Lines on which a message stands inside an f-string, where the extraction does not see it."""
    return [
        call.lineno
        for string in ast.walk(ast.parse(source))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SPEAKERS
    ]


def test_no_message_hides_in_an_f_string() -> None:
    assert hidden_messages("a = f\"{_('Saved')} {n}\"") == [1]
    assert hidden_messages("a = f\"{word} {_(word)}\" + _('Saved')") == [1]
    assert hidden_messages("a = _('Saved') + f\"{word}\"") == []
    found = {str(path): hidden_messages(path.read_text("utf-8")) for path in PORTAL.rglob("*.py")}
    assert not {path: lines for path, lines in found.items() if lines}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ('msgid "Save"\nmsgstr ""', "not translated"),
        ('#, fuzzy\nmsgid "Save"\nmsgstr "Zapisz"', "fuzzy"),
        ('#~ msgid "Save"\n#~ msgstr "Zapisz"', "obsolete"),
        ('msgid "Hello %(name)s"\nmsgstr "Witaj %(nazwa)s"', "placeholders"),
        ('msgid "Name and surname"\nmsgstr "Imię i nazwisko"', "no-break"),
        ('#, python-format\nmsgid "80% of people"\nmsgstr "80% ludzi"', "cannot be compiled"),
    ],
)
def test_catalogue_check_rejects(entry: str, expected: str) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    assert expected in " ".join(i18n.entry_problems(head + entry, "pl"))


@pytest.mark.parametrize("language", i18n.COMPLETE)
@pytest.mark.parametrize("rule", voice.RULES, ids=lambda rule: f"{rule.number}")
def test_catalogue_keeps_rule(rule: voice.Rule, language: str) -> None:
    entries = voice.read_catalogue(i18n.path_of(language))
    if rule.number != 1:  # what is missing is said once
        entries = [entry for entry in entries if all(entry.forms)]
    found = [f"{entry}: {fault}: {entry.forms}" for entry in entries for fault in rule.check(entry)]
    assert not found, f"{rule.says}\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "bad"),
    [(rule, bad) for rule in voice.RULES for bad in rule.bad],
    ids=lambda value: getattr(value, "number", None),
)
def test_rule_rejects_its_bad_example(rule: voice.Rule, bad: voice.Entry) -> None:
    assert list(rule.check(bad)), f"rule {rule.number} accepts {bad}: {bad.forms}"


def test_rules_are_the_twenty_five() -> None:
    assert sorted(rule.number for rule in voice.RULES) == list(range(1, 26))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("pl", "Imię i nazwisko", "Imię i\u00a0nazwisko"),
        ("pl", "A w %(network)s o %(n)s zł", "A\u00a0w\u00a0%(network)s o\u00a0%(n)s\u00a0zł"),
        ("bg", "%(date)s г., чл. 38", "%(date)s\u00a0г., чл.\u00a038"),
        ("pl", "%(n)s\u00a0pikseli, przez\u00a048\u00a0godzin", "%(n)s pikseli, przez 48 godzin"),
        ("bg", "%(n)s\u00a0часа, 48\u00a0часа", "%(n)s часа, 48 часа"),
        ("pl", "nr %(number)s, 5 %%, ekonomia", "nr\u00a0%(number)s, 5%%, ekonomia"),
    ],
)
def test_no_break_spaces_are_set(language: str, text: str, expected: str) -> None:
    assert i18n.no_break(text, language) == expected
    assert i18n.no_break(expected, language) == expected


def test_rules_accept_the_model_sentences() -> None:
    """Sentences that native editors wrote break no rule: the rules are about faults, not about taste."""
    found = []
    with (Path(__file__).parents[1] / "data" / "interface_models.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            source, *plural = [form.strip() for form in row["en"].split(" | ")]
            context = "button" if row["key"].startswith("button.") else None
            for language in i18n.COMPLETE:
                forms = tuple(form.strip(" ") for form in row[language].split(" | "))
                entry = voice.Entry(language, source, forms, context, plural[0] if plural else None)
                found += [(row["key"], rule.number, fault) for rule in voice.RULES for fault in rule.check(entry)]
    assert not found


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("pl", {1: 0, 2: 1, 4: 1, 5: 2, 12: 2, 21: 2, 22: 1, 112: 2, 0: 2}),
        ("bg", {1: 0, 2: 1, 5: 1, 21: 1, 0: 1}),
        ("en", {1: 0, 2: 1, 5: 1, 0: 1}),
    ],
)
def test_plural_form_of_a_number(language: str, forms: dict[int, int]) -> None:
    plural = gettext.c2py(
        polib.pofile(str(i18n.path_of(language))).metadata["Plural-Forms"].partition("plural=")[2].rstrip(";")
    )
    assert {number: plural(number) for number in forms} == forms
