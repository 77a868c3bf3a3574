"""From a template to the words of a mail, as plain text and as HTML.

A mail template is plain text: `Subject: …`, an empty line, paragraphs. A line `[[text|address]]` is a link; a block of
`Label: value` lines is a list of facts. Both forms of the mail come from the same lines, so they cannot differ.

Whole letters of people (`letter`) carry a sign before each line: nothing in them is read as a link, a fact or a word of ours.

A text of somebody in another language than the mail stands between three signs that nobody can type (`_marked`): the
HTML form says its language there, the plain one drops them, and the reader is told why it is not translated.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask import current_app
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from portal.mail.kinds import Kind
from portal.mail.message import Payload
from portal.words.hyphens import JOINER
from portal.words.i18n import Localized, Shown, _, formats, in_language, written

LINK = re.compile(r"^\[\[(?P<text>[^|\]]+)\|(?P<url>[^\]\s]+)\]\]$", re.MULTILINE)
FACT = re.compile(r"^(?P<label>[^:\n]{1,60}): (?P<value>\S.*)$")
_OPEN, _SAID, _CLOSE = "\ue000", "\ue001", "\ue002"  # a foreign text: open, its language, said, its words, close
_LETTER = "\ue003"  # stands before each line of somebody's letter
_SIGNS = str.maketrans("", "", _OPEN + _SAID + _CLOSE + _LETTER)
_FOREIGN = re.compile(f"{_OPEN}(?P<lang>[a-z]+){_SAID}(?P<words>[^{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str
    html: str
    lang: str


@dataclass(frozen=True, slots=True)
class Foot:
    """What a mail that people can do without says at its end: which kind it is of, and where one chooses."""

    kind: Kind
    choose_url: str
    stop_url: str


@lru_cache(maxsize=2)
def _environment(app_id: int) -> Environment:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    environment = Environment(  # noqa: S701  (plain text; the HTML form is escaped paragraph by paragraph below)
        loader=app.jinja_env.loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    environment.globals.update(app.jinja_env.globals)
    environment.filters.update(app.jinja_env.filters)
    environment.filters.update(shown=_shown, written=_written, letter=_letter)
    return environment


def _shown(words: Localized | str) -> str:
    """The words for whoever reads the mail; a name of a mail that was queued by an older release is a plain text."""
    return _marked(words.shown()) if isinstance(words, Localized) else words.translate(_SIGNS)


def _written(text: str, likely: str) -> str:
    """Somebody's own words, line by line, in the language that they are in."""
    if not likely:
        return text.translate(_SIGNS)
    whole = written(text, likely)
    return "\n".join(_marked(whole._replace(text=line)) if line.strip("> ") else line for line in text.split("\n"))


def _letter(words: Localized) -> str:
    """A letter of people, line by line, in the language that it is really in."""
    whole = words.shown()
    lines = whole.text.translate(_SIGNS).splitlines()
    return "\n".join(_LETTER + _marked(whole._replace(text=line)) if line.strip() else "" for line in lines)


def _marked(words: Shown) -> str:
    text = words.text.translate(_SIGNS)
    return f"{_OPEN}{words.lang}{_SAID}{text}{_CLOSE}" if words.is_fallback and text else text


def _unmarked(text: str) -> str:
    return _FOREIGN.sub(lambda found: found["words"], text)


def render(
    template: str, lang: str, payload: Payload, urls: dict[str, str], to: str, foot: Foot | None = None
) -> Rendered:  # fmt: skip
    """Render a queued mail in `lang`. `urls` are the finished addresses of its links; one that people can do without has a
    `foot`."""
    with in_language(lang), formats.every_zone_named():
        subject, body = _words(template, payload, urls)
        blocks = [_("Hello,"), *body]
        if any(map(_FOREIGN.search, (subject, *body))):
            blocks.append(_("What is not translated yet stands in its own language."))
        blocks.append(_("The Synergia portal team"))
        form = payload["form"]
        if form:
            blocks.append(
                _(
                    "This message concerns the address %(email)s, given in the form “%(form)s”. "
                    "If you did not fill it in, there is nothing to do.",
                    email=to,
                    form=_(form),
                )
            )
        if foot is not None:
            blocks += _said_at_the_foot(foot)
    # What keeps words on a line of a page is of no use in a mail, and some programs draw it.
    subject, blocks = subject.replace(JOINER, ""), [block.replace(JOINER, "") for block in blocks]
    text = "\n\n".join(_plain(block) for block in blocks) + "\n"
    # The title of a page has one language, and no mail program shows it.
    return Rendered(_unmarked(subject), text, _html(blocks, lang, _FOREIGN.sub("…", subject)), lang)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a mail says, for somebody who reads it out: without its links, and without what every mail has around them."""

    subject: str
    paragraphs: Sequence[str]
    lang: str


def spoken(template: str, lang: str, payload: Payload) -> Spoken:
    """What a mail would say in `lang` to whoever has no mailbox."""
    with in_language(lang), formats.every_zone_named():
        subject, blocks = _words(template, payload, dict.fromkeys(payload["links"], "-"))
    said = [_unmarked(LINK.sub("", block).replace(_LETTER, "")).replace(JOINER, "").strip() for block in blocks]
    return Spoken(_unmarked(subject).replace(JOINER, ""), [one for one in said if one], lang)


def _words(template: str, payload: Payload, urls: Mapping[str, str]) -> tuple[str, Sequence[str]]:
    """The subject of a mail and its paragraphs, in the language of the moment."""
    source = _environment(id(current_app._get_current_object())).get_template(f"{template}.txt")  # type: ignore[attr-defined]
    head, _blank, body = source.render(**payload["context"], links=urls).strip().partition("\n")
    return head.removeprefix("Subject: ").strip(), re.split(r"\n\s*\n", body.strip())


def _said_at_the_foot(foot: Foot) -> list[str]:
    words = _("Choose which messages arrive")
    kind = _("Messages of this kind: %(kind)s. They can be ended with one button.", kind=foot.kind.label)
    return [kind, f"[[{words}|{foot.choose_url}]]"]


def _plain(block: str) -> str:
    if block.startswith(_LETTER):
        return _unmarked(block.replace(_LETTER, ""))
    return _unmarked(LINK.sub(lambda found: f"{found['text']}:\n{found['url']}", block.strip()))


def _html(blocks: list[str], lang: str, subject: str) -> str:
    body = Markup("\n").join(_said(_html_block(block.strip())) for block in blocks)
    return str(
        Markup(
            '<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{subject}</title></head>\n'
            '<body style="font-family:sans-serif;font-size:16px;line-height:1.5;max-width:38em">\n{body}\n</body></html>\n'
        ).format(lang=lang, subject=subject, body=body)
    )


def _said(block: Markup) -> Markup:
    """The marks of foreign texts as elements that say their language; everything around is escaped already."""
    return Markup(_FOREIGN.sub(r'<span lang="\g<lang>">\g<words></span>', str(block)))  # noqa: S704


def _html_block(block: str) -> Markup:
    lines = block.split("\n")
    if block.startswith(_LETTER):
        said = Markup("<br>\n").join(escape(line.removeprefix(_LETTER)) for line in lines)
        return Markup('<p style="border-left:3px solid #85174b;padding-left:1em">{}</p>').format(said)
    link = LINK.match(block)
    if link and len(lines) == 1:
        return Markup('<p><a href="{url}">{text}</a></p>').format(url=link["url"], text=link["text"])
    facts = [FACT.match(line) for line in lines]
    if len(lines) > 1 and all(facts):
        rows = [Markup("<li><strong>{}:</strong> {}</li>").format(f["label"], f["value"]) for f in facts if f]
        return Markup("<ul>{}</ul>").format(Markup("").join(rows))
    escaped = [
        Markup('<a href="{}">{}</a>').format(found["url"], found["text"])
        if (found := LINK.match(line))
        else escape(line)
        for line in lines
    ]
    return Markup("<p>{}</p>").format(Markup("<br>\n").join(escaped))
