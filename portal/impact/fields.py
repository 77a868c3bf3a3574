"""What is written about a frame of a funder and about an outcome of it."""

from portal.words.fields import Field, FieldSet, Group, Kind
from portal.words.i18n import _l

NO_TITLE = _l("Enter the title.")

FRAME = FieldSet(
    Field(
        "title", Kind.LINE, _l("Title of the frame"), most=200, translated=True, needed=NO_TITLE,
        hint=_l("As the programme is called, for example."),
    ),
    Field("funder", Kind.LINE, _l("Funder"), most=200, translated=True),
    Group.of(
        "",
        Field("starts_on", Kind.DAY, _l("First day of the period"), needed=_l("Enter the first day of the period.")),
        Field("ends_on", Kind.DAY, _l("Last day of the period"), needed=_l("Enter the last day of the period.")),
        beside=True,
    ),
)  # fmt: skip

OUTCOME = FieldSet(Field("title", Kind.LINE, _l("Title of the outcome"), most=300, translated=True, needed=NO_TITLE))
