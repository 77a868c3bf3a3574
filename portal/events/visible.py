"""What others see about a person through events."""

from collections.abc import Collection, Sequence

from flask import url_for

from portal.accounts.models import Person
from portal.events import queries
from portal.privacy.visible import Seen, Visible
from portal.words.i18n import _
from portal.words.vocabularies import label


def _lines(person: Person) -> Sequence[Seen]:
    found = queries.roles_at_events(person)
    return [
        Seen(
            _("Your name, your address and what you do: %(roles)s", roles=_named(found[event.id])),
            _("Organisers of the event"), _("You are on the team of the event."), event.title,
            url_for("events.manage", slug=event.slug),
        )
        for event in queries.events_of_roles(found)
    ]  # fmt: skip


def _named(roles: Collection[str]) -> str:
    return ", ".join(label("event_role", role) for role in sorted(roles))


VISIBLE = Visible(tables=frozenset({"event_role"}), lines=_lines)
