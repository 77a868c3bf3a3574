"""Forms: the shape of input. What a field means is the business of services."""

from portal.core.forms.base import ActionForm, Form
from portal.core.forms.fields import (
    BooleanField,
    ChoiceField,
    DateField,
    DateTimeField,
    EmailField,
    FileField,
    HiddenField,
    IntegerField,
    MultiChoiceField,
    PasswordField,
    SearchField,
    SelectField,
    TextArea,
    TextField,
    UrlField,
    choices,
)
from portal.core.forms.stale import Versioned, differences, whole_number
from portal.core.forms.validators import at_least, between, email, http_url, length, optional, required

__all__ = [
    "ActionForm",
    "BooleanField",
    "ChoiceField",
    "DateField",
    "DateTimeField",
    "EmailField",
    "FileField",
    "Form",
    "HiddenField",
    "IntegerField",
    "MultiChoiceField",
    "PasswordField",
    "SearchField",
    "SelectField",
    "TextArea",
    "TextField",
    "UrlField",
    "Versioned",
    "at_least",
    "between",
    "choices",
    "differences",
    "email",
    "http_url",
    "length",
    "optional",
    "required",
    "whole_number",
]
