"""What every template may use."""

from collections.abc import MutableMapping, Sequence

from flask import Flask
from flask.templating import Environment

from portal.face.compiled import PageCode
from portal.face.look import Column, Entry, install_look
from portal.face.web.addresses import here, language_links, path_to, static_url
from portal.face.web.answers import flashes
from portal.face.web.security import editor_nonce
from portal.ground import authz
from portal.words import moments
from portal.words.hyphens import soft
from portal.words.i18n import (
    ENDONYMS,
    LANGUAGES,
    Localized,
    Shown,
    _,
    _n,
    _np,
    _p,
    current_language,
    formats,
    written,
)
from portal.words.phones import phone_address
from portal.words.richtext import MAX_BYTES, breakable, prose
from portal.words.text import capital
from portal.words.vocabularies import label, language_name, language_names


def shown(text: Localized, lang: str | None = None) -> Shown:
    """The words of a text for the reader of this page."""
    return text.shown_in(lang) if lang else text.shown()


class PageEnvironment(Environment):
    """Jinja's environment with the globals of a template in one dictionary.

    Jinja lays those of a template over those of the application at every look, and looks at all of them in every import.
    So what is global must be there before the first template is loaded.
    """

    code_generator_class = PageCode

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        return {**self.globals, **(d or {})}


def init_templates(app: Flask, menu: Sequence[Entry] = (), footer: Sequence[tuple[Column, Entry]] = ()) -> None:
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.do")
    env.globals.update(
        _=_, _n=_n, _p=_p, _np=_np,
        can=authz.can, current_person=authz.current_actor, current_language=current_language,
        LANGUAGES=LANGUAGES, ENDONYMS=ENDONYMS, language_name=language_name, language_names=language_names,
        language_links=language_links, here=here,
        static_url=static_url, url_for=path_to, label=label, shown=shown, flashes=flashes, editor_nonce=editor_nonce,
        formats=formats, written=written, MOST_BYTES_OF_TEXT=MAX_BYTES, example_day=moments.example_day,
    )  # fmt: skip
    env.filters.update(
        phone_address=phone_address, soft=soft,
        date=formats.date, day_month=formats.day_month, month=formats.month, month_name=formats.month_name,
        weekday=formats.weekday, time=formats.time, date_time=formats.date_time, money=formats.money,
        number=formats.number, percent=formats.percent, file_size=formats.file_size, shown=shown, prose=prose,
        breakable=breakable, capital=capital,
    )  # fmt: skip
    install_look(app, menu, footer)
