"""The base of every form: a token, all errors at once, refusals of the domain as errors, nothing typed lost."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self, TypedDict, Unpack

import wtforms
from flask import g
from flask_wtf import FlaskForm

from portal.face.forms.chosen import ChoiceField, MultiChoiceField
from portal.face.forms.described import unbound
from portal.face.forms.fields import FileField, PasswordField
from portal.ground.errors import Refusal, Stale, TookTooLong
from portal.words.fields import Field, FieldSet, Group
from portal.words.i18n import LazyString, _, _l

EXPIRED = _l("The form was open too long. Send it again.")


class Given(TypedDict, total=False):
    """What a form can be made with: what it starts with, and None instead of what the request has sent."""

    data: Mapping[str, object]
    formdata: None
    meta: Mapping[str, object]
    prefix: str


class Form(FlaskForm):
    """A form of the portal. `status` is what its page answers with when it has errors.

    A class that says `fields` asks for these, beside those that it has of its own.
    """

    fields: ClassVar[FieldSet] = FieldSet()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for field in cls.__dict__.get("fields", ()):
            setattr(cls, field.name, unbound(field))

    def __init__(self, **given: Unpack[Given]) -> None:
        g.session_begun = True  # the token lives in the session: this page is for one person
        self.status = 422
        self.retry_after: int | None = None
        self.theirs: dict[str, object] = {}
        self.form_errors: list[str] = []
        super().__init__(**given)

    @classmethod
    def on(cls, row: object, language: str, *, zone: str = "", **more: object) -> Self:
        """The form with what is stored in one language, moments as wall times of `zone`; `more` are its other fields."""
        return cls(data={**cls.fields.read(row, language, zone), **more})

    @property
    def grouped(self) -> list[tuple[Group, list[tuple[Field, wtforms.Field]]]]:
        """The described fields that this form has, in their groups: (what is said of the field, the field)."""
        found = [
            (group, [(one, self[one.name]) for one in group.fields if one.name in self]) for group in self.fields.groups
        ]
        return [(group, fields) for group, fields in found if fields]

    def values(self) -> dict[str, Any]:
        """The validated input as keyword arguments of a service."""
        return {name: field.data for name, field in self._fields.items() if name != "csrf_token"}

    @contextlib.contextmanager
    def refusals(self) -> Iterator[None]:
        """Turn a refusal raised inside into errors of this form, and go on after the block to show it."""
        try:
            yield
        except Refusal as refusal:
            self.refuse(refusal)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at its field, or above the form when it belongs to none."""
        if isinstance(refusal, TookTooLong):
            refusal.give_up()
        self.status = refusal.status
        self.retry_after = getattr(refusal, "retry_after", None)
        if isinstance(refusal, Stale):
            self.theirs = {name: value for name, value in refusal.theirs.items() if name in self}
            if "version" in self._fields:
                self._fields["version"].data = refusal.version
        for part in refusal.parts:
            field = self._fields.get(part.field) if part.field else None
            if field is None:
                self.form_errors = [*self.form_errors, str(part.reason)]
            else:
                field.errors = [*field.errors, str(part.reason)]

    @property
    def problems(self) -> list[tuple[str | None, LazyString | str]]:
        """(id of the control, message) for the error summary, in the order of the form."""
        rows: list[tuple[str | None, LazyString | str]] = [(None, message) for message in self.form_errors]
        for name, field in self._fields.items():
            if name == "csrf_token":
                rows += [(None, EXPIRED)] if field.errors else []
            else:
                rows += [(first_control(field), message) for message in field.errors]
        return rows

    @property
    def kept(self) -> str:
        """What became of what was typed, in one sentence or two: browsers empty the fields of passwords and files."""
        sent = [field for field in self if field.raw_data and not isinstance(field, wtforms.HiddenField)]
        passwords = [field for field in sent if isinstance(field, PasswordField) and field.data]
        files = [field for field in sent if isinstance(field, FileField) and field.data]
        others = [field for field in sent if _is_typed(field)]
        again = _("Type the password again.") if passwords else _("Choose the file again.") if files else ""
        if not again:
            return _("Everything you typed is still here.") if others else ""
        return " ".join([_("The other answers are still here."), again]) if others else again


def _is_typed(field: wtforms.Field) -> bool:
    """Did somebody write words into it? A choice is not typed, and a field that was left alone is not either."""
    return (
        isinstance(field, wtforms.StringField)
        and not isinstance(field, PasswordField)
        and any(isinstance(value, str) and value.strip() for value in field.raw_data or ())
    )


class ActionForm(Form):
    """A button that does something: only a token."""


def first_control(field: wtforms.Field) -> str:
    """The id that an error links to: the first choice of a group, else the control itself."""
    if isinstance(field, ChoiceField | MultiChoiceField):
        return next((str(option.id) for option in field), str(field.id))
    return str(field.id)
