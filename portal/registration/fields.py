"""What is written about rows of registration, as data."""

from portal.events.fields import MOST_SEATS, NAMES
from portal.words.fields import Field, FieldSet, Kind
from portal.words.i18n import _l
from portal.words.vocabularies import pairs, vocabulary

RESERVE = FieldSet(
    NAMES,
    Field(
        "seats", Kind.NUMBER, _l("Places that are kept"), least=1, most=MOST_SEATS, width="s",
        needed=_l("Enter how many places are kept."),
    ),
    Field(
        "sectors", Kind.SEVERAL, _l("Sectors"), joined=",", choices=lambda: pairs(vocabulary("sector")),
        hint=_l("The places are for whoever says one of these sectors in the form."),
    ),
    Field(
        "release_at", Kind.MOMENT, _l("Open to everybody from"),
        hint=_l("Everybody reads this moment. From then on the places that are left go to whoever waits. Empty: they stay kept."),
    ),
)  # fmt: skip
