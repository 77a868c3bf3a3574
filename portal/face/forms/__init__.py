"""Forms: the shape of input. What a field means is the business of services."""

from portal.face.forms.base import ActionForm, Form, Given
from portal.face.forms.chosen import ChoiceField, MultiChoiceField, RowField, SelectChoice, SelectField, choices
from portal.face.forms.described import unbound
from portal.face.forms.fields import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    EditorArea,
    EmailField,
    FileField,
    HiddenField,
    IntegerField,
    PasswordField,
    SearchField,
    TextArea,
    TextField,
    UrlField,
)
from portal.face.forms.lists import SEND, ListForm
from portal.face.forms.stale import Versioned, whole_number
from portal.face.forms.validators import Check, Words, at_least, between, email, http_url, length, optional, required

__all__ = [
    "SEND",
    "ActionForm",
    "BooleanField",
    "Check",
    "ChoiceField",
    "DateField",
    "DateTimeField",
    "DecimalField",
    "EditorArea",
    "EmailField",
    "FileField",
    "Form",
    "Given",
    "HiddenField",
    "IntegerField",
    "ListForm",
    "MultiChoiceField",
    "PasswordField",
    "RowField",
    "SearchField",
    "SelectChoice",
    "SelectField",
    "TextArea",
    "TextField",
    "UrlField",
    "Versioned",
    "Words",
    "at_least",
    "between",
    "choices",
    "email",
    "http_url",
    "length",
    "optional",
    "required",
    "unbound",
    "whole_number",
]
