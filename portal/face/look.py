"""What every template may use without importing it, and the parts of a page that are the same for everybody.

A public page must cost little. Its menu, footer and settings panel depend on the language and on very little else, so
they are rendered once and kept (`fixed`). Nothing of a person and nothing of the database may be written in them.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import wtforms
from flask import Flask, Response, render_template, request, url_for
from markupsafe import Markup, escape

from portal.face import access
from portal.face.access import AccessSettings
from portal.face.icons import icon
from portal.face.motif import cloth, cover, motif
from portal.ground import clock, cookies
from portal.ground.appvar import AppVar
from portal.words.i18n import LazyString, Localized, Shown, _l, current_language, formats, names


class Column(Enum):
    """The columns of the footer, in their order; the value is the heading."""

    PORTAL = _l("The portal")
    TAKE_PART = _l("For organisations")
    FOLLOW = _l("Follow the news")
    RULES = _l("Rules")


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """A dated statement under the name on a profile: words, perhaps ending in a colon before a `name` with its page, and
    what follows. An old one is marked."""

    words: LazyString | Localized | str
    name: LazyString | Localized | str = ""
    url: str = ""
    note: LazyString | Localized | str = ""
    is_old: bool = False


@dataclass(frozen=True, slots=True)
class OnProfile:
    """What a feature adds to the page of a profile: lines that everybody reads, and links, each with its words, on which
    this reader can go on."""

    lines: Sequence[ProfileLine] = ()
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feature puts into the menu or the footer, by its endpoint. Smaller places stand first."""

    endpoint: str
    text: LazyString
    place: int = 0


@dataclass(frozen=True, slots=True)
class ProfilePart:
    """A page on which the people of an organisation write or settle something, as the overview of its profile lists it.

    `filled` and `missing` name what is there and what could be; `says` is one line on how it stands. `step` says what to do
    next there, if it is worth the while, and `use` how much: the step with the smallest number is the one that is proposed.
    """

    heading: LazyString | str
    url: str
    filled: Sequence[LazyString | str] = ()
    missing: Sequence[LazyString | str] = ()
    says: LazyString | str = ""
    step: LazyString | str = ""
    use: int = 100
    place: int = 100  # smaller ones stand first


_MENU: AppVar[Sequence[Entry]] = AppVar("menu")
_FOOTER: AppVar[Mapping[Column, Sequence[Entry]]] = AppVar("footer")
_FIXED: AppVar[dict[tuple[str, ...], Markup]] = AppVar("fixed", dict)
THEMES = tuple(
    zip(
        access.THEMES,
        (_l("As on this device"), _l("Light"), _l("Dark"), _l("High contrast"), _l("Yellow on black")),
        strict=True,
    )
)
SWITCHES = tuple(
    zip(
        access.SWITCHES,
        (_l("Wider spacing"), _l("Underlined links"), _l("Plain typeface"), _l("No animation")),
        strict=True,
    )
)
LOCALES = {"pl": "pl_PL", "bg": "bg_BG", "en": "en_GB"}  # as Open Graph writes a language
MOST_FIXED = 512  # kept renderings; more would only be needed if somebody walked through every setting


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the menu or the footer; `section` is its feature."""

    text: LazyString
    url: str
    section: str


def install_look(app: Flask, menu: Sequence[Entry], footer: Sequence[tuple[Column, Entry]]) -> None:
    """Give templates their globals: what features put into the menu and the footer among them."""
    _MENU.set(app, sorted(menu, key=_place))
    columns = {column: [entry for where, entry in footer if where is column] for column in Column}
    _FOOTER.set(app, {column: sorted(entries, key=_place) for column, entries in columns.items()})
    app.jinja_env.globals.update(
        icon=icon,
        motif=lambda words: motif(own_name(words)),
        cover=lambda words: cover(own_name(words)),
        cloth=cloth,
        date_tile=date_tile,
        field_kind=field_kind,
        spoken=spoken,
        lang_of=lang_of,
        in_title=in_title,
        set_time=set_time,
        names_said=names_said,
        LOCALES=LOCALES,
        menu_items=menu_items,
        footer_groups=footer_groups,
        fixed=fixed,
        access_settings=access_settings,
        THEMES=THEMES,
        TEXT_SIZES=access.TEXT_SIZES,
        SWITCHES=SWITCHES,
    )


def fixed(part: str, key: str = "") -> Markup:
    """`fixed/<part>.html` in the current language, rendered once per `key`; the template gets the key and nothing else."""
    kept = _FIXED.get()
    place = (part, current_language(), request.script_root, key)
    found = kept.get(place)
    if found is None:
        if len(kept) >= MOST_FIXED:
            kept.clear()
        found = kept[place] = Markup(render_template(f"fixed/{part}.html", key=key))  # noqa: S704  (autoescaped)
    return found


def menu_items() -> list[MenuItem]:
    """The main menu."""
    return [_item(entry) for entry in _MENU.get()]


def footer_groups() -> list[tuple[LazyString, list[MenuItem]]]:
    """The columns of the footer that have an entry."""
    return [(column.value, [_item(entry) for entry in entries]) for column, entries in _FOOTER.get().items() if entries]


def _place(entry: Entry) -> int:
    return entry.place


def _item(entry: Entry) -> MenuItem:
    return MenuItem(entry.text, url_for(entry.endpoint), entry.endpoint.partition(".")[0])


def access_settings() -> AccessSettings:
    """What the reader of this page chose in the access panel. Costs a look into a small cache."""
    return access.parse(cookies.kept(access.COOKIE) or "")


def remember_access(response: Response, settings: AccessSettings) -> None:
    """Keep the reader's settings in their cookie; the defaults need none."""
    if settings.is_default:
        cookies.forget(response, access.COOKIE)
    else:
        cookies.keep(response, access.COOKIE, settings.cookie, lifetime=dt.timedelta(days=access.LIFETIME_DAYS))


def set_time() -> str:
    """What the clock of a demo shows that somebody has set, where the reader lives; nothing while it is not set."""
    return formats.date_time(clock.now(), formats.home_zone(current_language())) if clock.setting() else ""


def date_tile(value: dt.date | dt.datetime, zone: str | None = None) -> tuple[str, str]:
    """The two lines of a date tile, ('28', 'listopada'); the year stands in the second when it is not this one's."""
    day = clock.in_zone(value, zone or "UTC").date() if isinstance(value, dt.datetime) else value
    name = formats.month_name(day)
    return str(day.day), name if day.year == clock.today(zone or "UTC").year else f"{name} {day.year}"


def spoken(words: object) -> Shown:
    """The words for the reader of this page, with the language they are in, whatever they were given as."""
    if isinstance(words, Localized):
        return words.shown()
    if isinstance(words, Shown):
        return words
    return Shown(words if isinstance(words, str) else str(words), "", False, False, True)  # markup stays markup


def lang_of(shown: Shown | None) -> Markup:
    """The attribute that says the language of words which are not in that of the page; nothing for those that are."""
    return Markup(' lang="{}"').format(shown.lang) if shown is not None and shown.is_fallback else Markup()


def in_title(words: object) -> str:
    """`: name`, for the end of a title. A title has one language, so a name in another one is left to the page."""
    shown = spoken(words)
    return "" if shown.is_fallback or not shown.text else f": {shown.text}"


def names_said(text: str, likely: str) -> Markup:
    """Who speaks: names with commas between them, each with its language where that is not the one of the page."""
    return _names_said(text, likely, current_language()) if text else Markup()


@lru_cache(maxsize=4096)
def _names_said(text: str, likely: str, language: str) -> Markup:
    found = names(text, likely)
    if not any(name.is_fallback for name in found):
        return escape(text)
    return Markup(", ").join(Markup("<span{}>{}</span>").format(lang_of(name), name.text) for name in found)


def own_name(words: object) -> str:
    """The name that a motif is woven from: the original one, so that it is the same in every language of the reader."""
    if isinstance(words, Localized):
        return words.source or words.shown().text
    return str(words)


def field_kind(field: wtforms.Field) -> str:
    """How a field is drawn: input, textarea, select, checkbox, file, group (radios or checkboxes), moment, day, fields or
    hidden."""
    widget = field.widget
    if hasattr(field, "is_moment"):
        return "moment"
    if hasattr(field, "is_day"):
        return "day"
    if hasattr(field, "option_widget") and hasattr(widget, "prefix_label"):
        return "group"
    if hasattr(field, "entries") or isinstance(getattr(field, "errors", None), Mapping):
        return "fields"
    input_type = getattr(widget, "input_type", None)
    if input_type in ("checkbox", "hidden", "file"):
        return str(input_type)
    if hasattr(widget, "multiple") and input_type is None:
        return "select"
    return "textarea" if input_type is None else "input"
