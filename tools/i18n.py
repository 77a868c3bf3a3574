"""The catalogues: `python -m tools.i18n` brings them up to date, `--check` says what is missing and changes nothing.

Up to date means: extracted from the code as it is now, no-break spaces set as the three languages want them
(docs/architecture.md), compiled. A check fails when a message is missing, empty, fuzzy or obsolete, when placeholders
differ, or when a no-break space is missing.
"""

import argparse
import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "translations"
TEMPLATE = TRANSLATIONS / "messages.pot"
LANGUAGES = ("pl", "bg", "en")
COMPLETE = ("pl", "bg")  # English is the language of the code: what its catalogue leaves empty is the message itself
KEYWORDS = ("_l", "_n:1,2", "_ln:1,2", "_p:1c,2", "_lp:1c,2", "_np:1c,2,3", "lazy_gettext")
WIDTH = 110
NBSP = "\u00a0"

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
UNITS = r"(?:zł|€|PLN|EUR|[kMG]B|tys\.|г\.|ч\.|хил\.)"
BEFORE_NUMBER = r"(?:nr|godz\.|art\.|ust\.|pkt|чл\.|ал\.|т\.|№)"
SPACES = [
    (re.compile(rf"(?<=[\d}}]) (?={UNITS}(?!\w))"), NBSP),
    (re.compile(rf"(?<!\w)({BEFORE_NUMBER}) (?=[\d{{])"), rf"\1{NBSP}"),
    (re.compile(rf"[ {NBSP}]+(?=%)"), ""),
]
POLISH_SINGLE = re.compile(r"(?<![\w{])([aiouwzAIOUWZ]) ")


def path_of(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def extract(target: Path) -> None:
    """Write what the code says into a template."""
    options = ["--no-location", "--sort-output", "-c", "Translators:", "--project", "Synergia", "--version", "1"]
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    _babel(
        "extract", "-F", "babel.cfg", *keywords, *options, "--copyright-holder", "Synergia", "-o", str(target), "portal"
    )


def no_break(text: str, language: str) -> str:
    """The text with no-break spaces where its language wants them and nowhere else; placeholders are left alone.

    They stand before signs and abbreviated units, not before a unit that is spelt out: there a line may end.
    """
    found: list[str] = []

    def hide(match: re.Match[str]) -> str:
        found.append(match.group())
        return f"{{{match.group(1)}}}"

    text = PLACEHOLDER.sub(hide, text.replace(NBSP, " "))
    for pattern, space in SPACES:
        text = pattern.sub(space, text)
    if language == "pl":
        text = POLISH_SINGLE.sub(rf"\1{NBSP}", text)
    waiting = iter(found)
    return re.sub(r"\{\w+\}", lambda match: next(waiting), text) if found else text


def update() -> None:
    """Extract, merge into each catalogue, set no-break spaces, compile."""
    TRANSLATIONS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as directory:
        fresh = Path(directory) / "messages.pot"
        extract(fresh)
        if not TEMPLATE.exists() or _messages(fresh) != _messages(TEMPLATE):
            TEMPLATE.write_bytes(fresh.read_bytes())
    for language in LANGUAGES:
        path = path_of(language)
        if path.exists():
            quiet = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"]
            _babel("update", "-i", str(TEMPLATE), "-o", str(path), "-l", language, *quiet)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            _babel("init", "-i", str(TEMPLATE), "-o", str(path), "-l", language)
        catalogue = polib.pofile(str(path), wrapwidth=WIDTH)
        for entry in catalogue:
            entry.msgstr = no_break(entry.msgstr, language)
            entry.msgstr_plural = {form: no_break(text, language) for form, text in entry.msgstr_plural.items()}
        catalogue.save(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def problems() -> Iterator[str]:
    """What keeps the catalogues from being complete and up to date."""
    with tempfile.TemporaryDirectory() as directory:
        fresh = Path(directory) / "messages.pot"
        extract(fresh)
        wanted = _messages(fresh)
    for path in (TEMPLATE, *map(path_of, LANGUAGES)):
        name = path.relative_to(TRANSLATIONS)
        known = _messages(path) if path.exists() else set()
        yield from (f"{name}: lacks {_shown(key)}" for key in sorted(wanted - known, key=str))
        yield from (
            f"{name}: holds what the code no longer says: {_shown(key)}" for key in sorted(known - wanted, key=str)
        )
    for language in LANGUAGES:
        if path_of(language).exists():
            yield from entry_problems(path_of(language).read_text(encoding="utf-8"), language)


def entry_problems(text: str, language: str) -> Iterator[str]:
    """What is wrong with the entries of one catalogue, given as text."""
    catalogue = polib.pofile(text)
    for entry in catalogue:
        what = f"{language}: {_shown(_key(entry))}"
        forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.obsolete:
            yield f"{what} is obsolete"
        if entry.fuzzy:
            yield f"{what} is fuzzy"
        if language in COMPLETE and not all(forms):
            yield f"{what} is not translated"
        names = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
        if any(form and set(PLACEHOLDER.findall(form)) != names for form in forms):
            yield f"{what} has other placeholders than its source"
        if any(form != no_break(form, language) for form in forms):
            yield f"{what} lacks a no-break space: run `make i18n`"
    for message, errors in read_po(io.StringIO(text), locale=language).check():
        yield from (f"{language}: {message.id!r} cannot be compiled: {error}" for error in errors)


Key = tuple[str | None, str, str | None]


def _key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural or None)


def _messages(path: Path) -> set[Key]:
    return {_key(entry) for entry in polib.pofile(str(path)) if not entry.obsolete}


def _shown(key: Key) -> str:
    return repr(key[1]) if key[0] is None else f"{key[1]!r} ({key[0]})"


def _babel(*arguments: str) -> None:
    command = [str(Path(sys.executable).with_name("pybabel")), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description="Keep the catalogues")
    parser.add_argument("--check", action="store_true", help="change nothing; fail when something is missing")
    if not parser.parse_args().check:
        update()
    found = list(problems())
    print("\n".join(found) or "The catalogues are complete.")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
