"""What a message is made of. To whom it goes depends on whose it is, so that is a field of the form alone."""

from portal.words.fields import Field, FieldSet, Kind
from portal.words.i18n import _l

NO_SUBJECT = _l("Enter the subject.")
NO_BODY = _l("Write the text of the message.")

MESSAGE = FieldSet(
    Field(
        "subject", Kind.LINE, _l("Subject"), most=120, translated=True, needed=NO_SUBJECT,
        hint=_l("At most 60 characters are seen in most mailboxes."),
    ),
    Field(
        "body", Kind.LINES, _l("Text of the message"), most=6000, translated=True, rows=12, needed=NO_BODY,
        hint=_l("Plain text: an empty line begins a new paragraph. The greeting is added by the portal."),
    ),
)  # fmt: skip
