"""The rules of templates, as functions from a template's name and text to what is wrong with it."""

import re
from collections.abc import Iterator

from tests.architecture.sources import ROOT

TEMPLATES = ROOT / "portal" / "templates"
# The form of the reading settings stands on every public page, which carries no token: its POST checks the origin.
# What somebody signed out had typed gets its token when the form is shown again.
FORMS_WITHOUT_TOKEN = ("pages.access_settings", "{{ held_for }}")
TOKEN = re.compile(r"hidden_fields\(|csrf_token|form_open\(")
SAME_EVERYWHERE = frozenset({"Synergia", "PDF", "Atom", "Subject", "CSV"})
NAMED_HOSTS = re.compile(r"https?://(?!www\.w3\.org/|www\.sitemaps\.org/|example\.org)[\w.-]+")
LONGEST = 160
READ_ATTRIBUTES = r"(?:title|alt|aria-label|aria-description|placeholder|label)"


def all_templates() -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(TEMPLATES)), path.read_text(encoding="utf-8")


def without_jinja(text: str) -> str:
    """The template with its comments and statements gone, and `◊` where it prints something."""
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.S)
    text = re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", "◊", text, flags=re.S)
    text = re.sub(r"\{\{.*?\}\}", "◊", text, flags=re.S)
    return re.sub(r"\{%.*?%\}", "", text, flags=re.S)


def inline_code(name: str, text: str) -> Iterator[str]:
    """Rule: no style and no script inside a page; the policy forbids both."""
    plain = without_jinja(text)
    if re.search(r"<style\b", plain) or re.search(r"<[a-z][^<>]*\s(?:style|on[a-z]+)\s*=", plain):
        yield f"{name}: inline style or handler"
    for script in re.findall(r"<script\b[^>]*>", plain):
        if " src=" not in script and not re.search(r'type="application/(?:ld\+)?json"', script):
            yield f"{name}: inline script"


def other_hosts(name: str, text: str) -> Iterator[str]:
    """Rule: a page asks no other host for anything, so a template names none."""
    for match in NAMED_HOSTS.finditer(re.sub(r"\{#.*?#\}", "", text, flags=re.S)):
        yield f"{name}: {match.group()}"


def forms_without_token(name: str, text: str) -> Iterator[str]:
    """Rule: every form that is posted carries its token."""
    flat = re.sub(r"\{[{%#].*?[}%#]\}", lambda match: re.sub("[<>]", "", match.group()), text, flags=re.S)
    for form in re.findall(r"<form\b[^<>]*>.*?(?:</form>|\Z)", flat, flags=re.S | re.I):
        posted = re.search(r'method="post"', form[: form.index(">")], re.I)
        if posted and not TOKEN.search(form) and not any(endpoint in form for endpoint in FORMS_WITHOUT_TOKEN):
            yield f"{name}: {form[:80]}"


def untranslated_words(name: str, text: str) -> Iterator[str]:
    """Rule: every word that a reader meets goes through gettext."""
    plain = without_jinja(text)
    for value in re.findall(rf'\s{READ_ATTRIBUTES}="([^"]*)"', plain):
        if re.search(r"[^\W\d_]{2,}", value):
            yield f"{name}: attribute {value!r}"
    plain = re.sub(
        r'<(?!html)(\w+)[^<>]* lang="(?:pl|bg|en)"[^<>]*>.*?</\1>', "", plain, flags=re.S
    )  # says its language itself
    plain = re.sub(r"<!--.*?-->|<(script|svg)\b.*?</\1>", "", plain, flags=re.S)
    for word in re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^<>]*>|&#?\w+;|[|]?◊", " ", plain)):
        if word not in SAME_EVERYWHERE:
            yield f"{name}: {word!r}"


def bare_texts(name: str, text: str) -> Iterator[str]:
    """Rule: a text of people is shown by components/localized.html, which says its language.

    Inside an attribute, the title or the description no lang can be said: there `.shown()` may stand. So may
    `.shown()|string` as an argument of a macro that makes an attribute or initials of it.
    """
    if name.startswith("components/") or not name.endswith(".html"):
        return
    outside = re.sub(
        r"\{%-?\s*block (?:title|description)\b.*?endblock[^%]*%\}|<title>.*?</title>", "", text, flags=re.S
    )
    outside = re.sub(r"\{[{%].*?[}%]\}", lambda match: match.group().replace('"', "'"), outside, flags=re.S)
    outside = re.sub(r'="[^"]*"', "", outside)
    for match in re.finditer(r"\{\{-?[^{}]*\.(?:shown|shown_in|source|texts|get)\b\(?[^{}]*\}\}", outside):
        if re.search(r"\.shown(?:_in)?\([^()]*\)(?!\|string)|\.texts\b", match.group()) and not re.search(
            r"\b(?:text|block|rich|note)\(", match.group()
        ):
            yield f"{name}: {match.group()}"


def long_lines(name: str, text: str) -> Iterator[str]:
    """Rule: a line is read at once. The formatter ends lines at 120; a comment or a string may run a little over."""
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > LONGEST:
            yield f"{name}:{number}: {len(line)} characters"


def unescaped(name: str, text: str) -> Iterator[str]:
    """Rule: only the components, which get cleaned text, switch escaping off."""
    if not name.startswith("components/") and re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", text):
        yield f"{name}: escaping is off"
