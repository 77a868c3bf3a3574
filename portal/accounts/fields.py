"""What people say of themselves."""

from portal.words.fields import Field, FieldSet, Kind
from portal.words.i18n import ENDONYMS, LANGUAGES, _l

PERSON = FieldSet(
    Field(
        "name", Kind.LINE, _l("First name and surname"), most=200, needed=_l("Enter the first name and surname."),
        hint=_l("As other people in the portal see it."), autocomplete="name",
    ),
    Field(
        "locale", Kind.RADIO, _l("Language of messages"), choices=lambda: [(code, ENDONYMS[code]) for code in LANGUAGES],
        needed=_l("Choose a language."), hint=_l("The portal writes to you in this language."),
    ),
)  # fmt: skip
