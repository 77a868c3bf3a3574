"""Forms: the shape of input. What a field means is the business of services."""

from portal.face.forms.base import ActionForm, Form
from portal.face.forms.described import unbound
from portal.face.forms.fields import (
    BooleanField,
    ChoiceField,
    DateField,
    DateTimeField,
    EditorArea,
    EmailField,
    FileField,
    HiddenField,
    IntegerField,
    MultiChoiceField,
    PasswordField,
    RowField,
    SearchField,
    SelectField,
    TextArea,
    TextField,
    UrlField,
    choices,
)
from portal.face.forms.stale import Versioned, whole_number
from portal.face.forms.validators import at_least, between, email, http_url, length, optional, required

__all__ = [
    "ActionForm",
    "BooleanField",
    "ChoiceField",
    "DateField",
    "DateTimeField",
    "EditorArea",
    "EmailField",
    "FileField",
    "Form",
    "HiddenField",
    "IntegerField",
    "MultiChoiceField",
    "PasswordField",
    "RowField",
    "SearchField",
    "SelectField",
    "TextArea",
    "TextField",
    "UrlField",
    "Versioned",
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
