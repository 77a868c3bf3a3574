"""Checks of input, each with words of our own: the ready catalogues of WTForms have gaps in Polish and Bulgarian."""

from collections.abc import Callable
from typing import TypeAlias

from wtforms import Field, Form
from wtforms.validators import Optional, StopValidation, ValidationError

from portal.ground.mailboxes import NO_ADDRESS, UNREACHABLE, is_reachable, normal_address
from portal.words.i18n import LazyString, _, _l, _n
from portal.words.phones import phone_address
from portal.words.websites import as_opened, is_disguised, is_website

Words: TypeAlias = LazyString | str
Check: TypeAlias = Callable[[Form, Field], object]  # raises ValidationError


class required:  # noqa: N801  (reads as a word in a list of validators)
    """Something must be filled in, or ticked; the message is an instruction with the field's own noun."""

    field_flags = {"required": True}

    def __init__(self, message: Words = _l("Fill in this field.")) -> None:
        self.message = message

    def __call__(self, form: object, field: Field) -> None:
        empty = not field.data or (isinstance(field.data, str) and not field.data.strip())
        if empty and (field.data is False or field.data != 0):  # the number is an answer
            if field.process_errors:
                raise StopValidation()  # the reader already says what could not be read
            field.errors = []
            raise StopValidation(str(self.message))


class optional(Optional):  # noqa: N801
    """An empty field is fine and ends the checks."""


class length:  # noqa: N801
    """At most `most` and at least `least` characters."""

    def __init__(self, most: int, least: int = 0) -> None:
        self.most, self.least = most, least
        self.field_flags = {"maxlength": most}

    def __call__(self, form: object, field: Field) -> None:
        size = len(field.data or "")
        if size > self.most:
            over = size - self.most
            raise ValidationError(
                _n(
                    "The text is %(n)s character too long. Shorten it.",
                    "The text is %(n)s characters too long. Shorten it.",
                    over,
                )
            )
        if size < self.least:
            raise ValidationError(_n("Use at least %(n)s character.", "Use at least %(n)s characters.", self.least))


class email:  # noqa: N801
    """Something that can be a mail address; its domain is kept in its normal form.

    The portal writes to it, unless it is only `shown`: then a mail server that the portal cannot reach may have it.
    """

    def __init__(self, *, shown: bool = False) -> None:
        self.shown = shown

    def __call__(self, form: object, field: Field) -> None:
        address = normal_address(field.data or "")
        if address is None:
            raise ValidationError(str(NO_ADDRESS))
        field.data = address
        if not self.shown and not is_reachable(field.data):
            raise ValidationError(str(UNREACHABLE))


class http_url:  # noqa: N801
    """An absolute http or https address that does not pass for another one; it is kept as browsers open it."""

    def __call__(self, form: object, field: Field) -> None:
        field.data = as_opened(field.data or "")
        if not is_website(field.data):
            raise ValidationError(_("Enter the whole address, for example https://example.org"))
        if is_disguised(field.data):
            raise ValidationError(
                _(
                    "The address has letters of another alphabet that look alike. Enter it again, on one keyboard layout."
                )
            )


class phone:  # noqa: N801
    """A telephone number that can be dialled, written as people write it."""

    def __call__(self, form: object, field: Field) -> None:
        if not phone_address(field.data or ""):
            raise ValidationError(
                _("This does not look like a telephone number. Enter it in this form: +48 22 123 45 67")
            )


class between:  # noqa: N801
    """A whole number from `least` to `most`."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def __call__(self, form: object, field: Field) -> None:
        if field.data is not None and not self.least <= field.data <= self.most:
            raise ValidationError(_("Enter a number from %(min)s to %(max)s.", min=self.least, max=self.most))


class at_least:  # noqa: N801
    """At least so many boxes ticked."""

    def __init__(self, count: int, message: Words) -> None:
        self.count, self.message = count, message

    def __call__(self, form: object, field: Field) -> None:
        if len(field.data or []) < self.count:
            raise ValidationError(str(self.message))
