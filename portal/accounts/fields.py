"""What people say of themselves."""

from portal.words.fields import Field, FieldSet, Kind
from portal.words.i18n import _l, endonyms

PERSON = FieldSet(
    Field(
        "name", Kind.LINE, _l("First and last name"), most=200, needed=_l("Enter your first and last name."),
        hint=_l("As other people in the portal see it."), autocomplete="name",
    ),
    Field(
        "locale", Kind.RADIO, _l("Language of messages"), choices=endonyms,
        needed=_l("Choose a language."), hint=_l("The portal writes to you in this language."),
    ),
)  # fmt: skip
