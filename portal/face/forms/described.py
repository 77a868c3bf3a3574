"""Fields of a form from the fields of a row (`portal.words.fields`)."""

from collections.abc import Mapping
from typing import Any

import wtforms
from wtforms.fields.core import UnboundField

from portal.face.forms import chosen
from portal.face.forms import fields as kinds
from portal.face.forms.validators import Check, between, email, http_url, length, optional, phone, required
from portal.words.fields import Field, Kind

_KINDS: Mapping[Kind, type[wtforms.Field]] = {
    Kind.LINE: kinds.TextField,
    Kind.LINES: kinds.TextArea,
    Kind.RICH: kinds.EditorArea,
    Kind.EMAIL: kinds.EmailField,
    Kind.URL: kinds.UrlField,
    Kind.PHONE: kinds.PhoneField,
    Kind.NUMBER: kinds.IntegerField,
    Kind.DECIMAL: kinds.DecimalField,
    Kind.DAY: kinds.DateField,
    Kind.MOMENT: kinds.DateTimeField,
    Kind.LIST: chosen.SelectField,
    Kind.RADIO: chosen.ChoiceField,
    Kind.SEVERAL: chosen.MultiChoiceField,
    Kind.YES: kinds.BooleanField,
    Kind.ROW: chosen.RowField,
}


def unbound(field: Field) -> "UnboundField[wtforms.Field]":
    """The field of a form class; what can be chosen is said in the language of the page when a form is made."""
    more: dict[str, Any] = {"default": field.start}
    if field.choices is not None:
        pairs = field.choices
        more["choices"] = lambda: chosen.choices(pairs())
    return UnboundField(_KINDS[field.kind], field.label, _checks(field), **more)


def _checks(field: Field) -> list[Check]:
    found: list[Check] = [required(field.needed)] if field.needed else []
    if not field.needed and field.kind in (Kind.EMAIL, Kind.URL, Kind.PHONE, Kind.NUMBER, Kind.DECIMAL, Kind.DAY):
        found.append(optional())
    if field.kind is Kind.EMAIL:
        found.append(email(shown=True))
    if field.kind is Kind.URL:
        found.append(http_url())
    if field.kind is Kind.PHONE:
        found.append(phone())
    if field.most and field.kind is Kind.NUMBER:
        found.append(between(field.least, field.most))
    elif field.most:
        found.append(length(field.most))
    return found
