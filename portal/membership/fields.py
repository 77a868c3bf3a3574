"""What a network says of itself, and what it asks."""

from portal.words.fields import Field, FieldSet, Kind
from portal.words.i18n import _l

NO_NAME = _l("Enter the name of the network.")
ZONES = (("Europe/Warsaw", _l("Warsaw time")), ("Europe/Sofia", _l("Sofia time")))

NETWORK = FieldSet(
    Field("name", Kind.LINE, _l("Name of the network"), most=200, translated=True, needed=NO_NAME),
    Field(
        "summary", Kind.LINES, _l("The network in one or two sentences"), most=500, translated=True, rows=3,
        hint=_l("Shown in lists and in search results."),
    ),
    Field("description", Kind.RICH, _l("About the network"), most=40_000, translated=True),
    Field(
        "contact_email", Kind.EMAIL, _l("Contact e-mail address"), most=320, autocomplete="off",
        hint=_l("Everybody sees it on the page of the network."),
    ),
    Field(
        "timezone", Kind.LIST, _l("Time zone of events"), choices=lambda: ZONES, start=ZONES[0][0], width="m",
        needed=_l("Choose the time zone."),
    ),
)  # fmt: skip
