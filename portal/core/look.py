"""What every template may use without importing it, and the parts of a page that are the same for everybody.

A public page must cost little. Its menu, footer and settings panel depend on the language and on very little else, so
they are rendered once and kept (`fixed`). Nothing of a person and nothing of the database may be written in them.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, render_template, request, url_for
from markupsafe import Markup

from portal.core import access
from portal.core.i18n import LazyString, _l, current_language, formats, language_name
from portal.core.icons import icon
from portal.core.motif import cloth, cover, motif

MENU: tuple[tuple[str, LazyString], ...] = (
    ("organisations.index", _l("Organisations")),
    ("membership.networks", _l("Networks")),
    ("events.index", _l("Events")),
    ("news.index", _l("News")),
)
MOST_FIXED = 512  # kept renderings; more would only be needed if somebody walked through every setting


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the main menu."""

    text: LazyString
    url: str
    section: str


def install_look(app: Flask) -> None:
    """Give templates their globals."""
    app.extensions["portal.fixed"] = {}
    app.jinja_env.globals.update(
        icon=icon,
        motif=motif,
        cover=cover,
        cloth=cloth,
        date_tile=date_tile,
        form_problems=form_problems,
        field_kind=field_kind,
        menu_items=menu_items,
        fixed=fixed,
        access_choices=access,
        language_name=language_name,
        current_language=current_language,
    )


def fixed(part: str, key: str = "") -> Markup:
    """`fixed/<part>.html` in the current language, rendered once per `key`; the template gets the key and nothing else."""
    kept: dict[tuple[str, ...], Markup] = current_app.extensions["portal.fixed"]
    place = (part, current_language(), request.script_root, key)
    found = kept.get(place)
    if found is None:
        if len(kept) >= MOST_FIXED:
            kept.clear()
        found = kept[place] = Markup(render_template(f"fixed/{part}.html", key=key))  # noqa: S704  (autoescaped)
    return found


def menu_items() -> Iterator[MenuItem]:
    """The main menu; a feature that is not installed has no entry."""
    for endpoint, text in MENU:
        if endpoint in current_app.view_functions:
            yield MenuItem(text, url_for(endpoint), endpoint.partition(".")[0])


def date_tile(value: dt.date | dt.datetime, zone: str | None = None) -> tuple[str, str]:
    """The two lines of a date tile, ('28', 'listopada'); the year stands in the second when it is not this one's."""
    from portal.core import clock

    day = clock.in_zone(value, zone or "UTC").date() if isinstance(value, dt.datetime) else value
    name = formats.month_name(day)
    return str(day.day), name if day.year == clock.today(zone or "UTC").year else f"{name} {day.year}"


def form_problems(form: Any) -> list[tuple[str | None, str]]:
    """Every problem of a form in its order, as (id of the input to go to or None, sentence)."""
    problems = [(None, str(text)) for text in form.form_errors]
    for field in form:
        problems += _field_problems(field)
    return problems


def _field_problems(field: Any) -> Iterator[tuple[str | None, str]]:
    kind = field_kind(field)
    if kind == "fields":
        for inner in field:
            yield from _field_problems(inner)
        return
    target = None if kind == "hidden" else f"{field.id}-0" if kind == "group" else field.id
    for text in field.errors:
        yield target, str(text)


def field_kind(field: Any) -> str:
    """How a field is drawn: input, textarea, select, checkbox, file, group (radios or checkboxes), fields or hidden."""
    widget = field.widget
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
