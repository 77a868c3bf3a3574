"""Filling in a form as a browser does: what the page holds is sent back, with the changes of the test."""

from typing import Any
from xml.etree.ElementTree import Element

from tests.support.markup import Page, tag_of, text_of

Fields = dict[str, Any]
UNSENT_INPUTS = frozenset({"submit", "button", "reset", "image", "file"})


def find_form(page: Page, names: set[str], action: str | None = None) -> Element:
    """The one POST form of a page that has all these controls (and, if given, this action)."""
    found = []
    for form in page.all("form"):
        if (form.get("method") or "get").lower() != "post" or action not in (None, form.get("action")):
            continue
        if names <= {control.get("name") for control in controls(page, form)}:
            found.append(form)
    inside = [form for form in found if any(tag_of(ancestor) == "main" for ancestor in page.ancestors(form))]
    candidates = inside or found
    if len(candidates) != 1:
        have = [(form.get("action"), [c.get("name") for c in controls(page, form)]) for form in page.all("form")]
        raise AssertionError(f"{len(candidates)} forms have the fields {sorted(names)}; the page has {have}")
    return candidates[0]


def controls(page: Page, form: Element) -> list[Element]:
    inner = [element for element in form.iter() if tag_of(element) in ("input", "select", "textarea", "button")]
    identity = form.get("id")
    outer = [e for e in page.all("input", "select", "textarea", "button") if identity and e.get("form") == identity]
    return inner + [element for element in outer if element not in inner]


def values(page: Page, form: Element, changes: Fields, button: str | None = None) -> Fields:
    """What a browser would send. `None` leaves a field out; a button is named by `name=value`, by name or by its words."""
    sent: dict[str, list[Any]] = {}
    for control in controls(page, form):
        name = control.get("name")
        if name and control.get("disabled") is None:
            sent.setdefault(name, []).extend(_current(control))
    result: Fields = {name: found for name, found in sent.items() if found}
    for name, value in changes.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = value
    if button is not None:
        result |= _button(page, form, button)
    return result


def unticked(page: Page, form: Element, sent: Fields) -> dict[str, str]:
    """What boxes and choices would send of which a browser sends nothing yet, by name."""
    boxes = [
        one for one in controls(page, form) if one.get("type") in ("checkbox", "radio") and one.get("disabled") is None
    ]
    return {name: one.get("value", "on") for one in boxes if (name := one.get("name")) and name not in sent}


def _current(control: Element) -> list[str]:
    tag, kind = tag_of(control), (control.get("type") or "text").lower()
    if tag == "textarea":
        return [(control.text or "").removeprefix("\n")]
    if tag == "select":
        options = [option for option in control.iter() if tag_of(option) == "option"]
        chosen = [option for option in options if option.get("selected") is not None]
        if not chosen and control.get("multiple") is None:
            chosen = options[:1]
        return [option.get("value", text_of(option)) for option in chosen]
    if tag == "button" or kind in UNSENT_INPUTS:
        return []
    if kind in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.get("checked") is not None else []
    return [control.get("value", "")]


def _button(page: Page, form: Element, wanted: str) -> Fields:
    for control in controls(page, form):
        name, value = control.get("name"), control.get("value", "")
        if tag_of(control) != "button" and (control.get("type") or "") != "submit":
            continue
        if wanted in (name, f"{name}={value}", text_of(control), value):
            return {name: value} if name else {}
    raise AssertionError(f"no button {wanted!r}")
