"""What every template may use."""

from flask import Flask, g, request

from portal.core import authz
from portal.core.access import COOKIE, AccessSettings, parse
from portal.core.i18n import ENDONYMS, LANGUAGES, Localized, Shown, _, _n, _np, _p, current_language, formats, language_name
from portal.core.icons import icon
from portal.core.motif import cloth, cover, motif
from portal.core.vocabularies import label
from portal.core.web.addresses import language_links, static_url
from portal.core.web.answers import flashes
from portal.core.web.security import editor_nonce


def shown(text: Localized, lang: str | None = None) -> Shown:
    """The words of a text for the reader of this page."""
    return text.shown_in(lang) if lang else text.shown()


def access() -> AccessSettings:
    """The reader's own settings of the look."""
    if "access" not in g:
        g.access = parse(request.cookies.get(COOKIE, ""))
    return g.access  # type: ignore[no-any-return]


def init_templates(app: Flask) -> None:
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.do")
    env.globals.update(
        _=_, _n=_n, _p=_p, _np=_np,
        can=authz.can, current_person=authz.current_person, current_language=current_language,
        LANGUAGES=LANGUAGES, ENDONYMS=ENDONYMS, language_name=language_name, language_links=language_links,
        static_url=static_url, icon=icon, motif=motif, cover=cover, cloth=cloth, label=label, shown=shown,
        flashes=flashes, editor_nonce=editor_nonce, formats=formats,
    )  # fmt: skip

    @app.context_processor
    def settings() -> dict[str, AccessSettings]:
        return {"access": access()}

    env.filters.update(
        date=formats.date, day_month=formats.day_month, month=formats.month, month_name=formats.month_name,
        weekday=formats.weekday, time=formats.time, date_time=formats.date_time, money=formats.money,
        number=formats.number, file_size=formats.file_size, shown=shown,
    )  # fmt: skip
