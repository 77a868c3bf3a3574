"""From a template to the words of a mail, as plain text and as HTML.

A mail template is plain text: `Subject: …`, an empty line, paragraphs. A line `[[text|address]]` is a link; a block of
`Label: value` lines is a list of facts. Both forms of the mail come from the same lines, so they cannot differ.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from flask import current_app
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from portal.mail.message import Payload
from portal.words.i18n import _, in_language

LINK = re.compile(r"^\[\[(?P<text>[^|\]]+)\|(?P<url>[^\]\s]+)\]\]$", re.MULTILINE)
FACT = re.compile(r"^(?P<label>[^:\n]{1,60}): (?P<value>\S.*)$")


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str
    html: str
    lang: str


@lru_cache(maxsize=2)
def _environment(app_id: int) -> Environment:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    environment = Environment(  # noqa: S701  (plain text; the HTML form is escaped paragraph by paragraph below)
        loader=app.jinja_env.loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    environment.globals.update(app.jinja_env.globals)
    environment.filters.update(app.jinja_env.filters)
    return environment


def render(template: str, lang: str, payload: Payload, urls: dict[str, str], to: str) -> Rendered:
    """Render a queued mail in `lang`. `urls` are the finished addresses of its links."""
    with in_language(lang):
        source = _environment(id(current_app._get_current_object())).get_template(f"{template}.txt")  # type: ignore[attr-defined]
        words = source.render(**payload["context"], links=urls).strip()
        head, _blank, body = words.partition("\n")
        subject = head.removeprefix("Subject: ").strip()
        blocks = [_("Hello,"), *re.split(r"\n\s*\n", body.strip()), _("The Synergia portal team")]
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
    return Rendered(subject, "\n\n".join(_plain(block) for block in blocks) + "\n", _html(blocks, lang, subject), lang)


def _plain(block: str) -> str:
    return LINK.sub(lambda found: f"{found['text']}:\n{found['url']}", block.strip())


def _html(blocks: list[str], lang: str, subject: str) -> str:
    body = Markup("\n").join(_html_block(block.strip()) for block in blocks)
    return str(
        Markup(
            '<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{subject}</title></head>\n'
            '<body style="font-family:sans-serif;font-size:16px;line-height:1.5;max-width:38em">\n{body}\n</body></html>\n'
        ).format(lang=lang, subject=subject, body=body)
    )


def _html_block(block: str) -> Markup:
    lines = block.split("\n")
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
