"""In which role somebody takes part: one of those that the event offers."""

from portal.events.models import Event
from portal.ground.errors import Refusal
from portal.registration.models import PARTICIPANT
from portal.words.i18n import _l

NO_ROLE = _l("Choose in which role you take part.")


def of_form(event: Event, wanted: str | None, *, known: str | None = None) -> str:
    """The role of a registration whose form says `wanted`; None where it was not asked. Who has a role (`known`) may keep it.

    Raises Refusal for one that the event does not offer: somebody else says who is on the programme.
    """
    offered = event.offered_roles
    if known is not None and wanted in (None, known):
        return known
    if len(offered) < 2:
        return offered[0] if offered else PARTICIPANT
    if wanted not in offered:
        raise Refusal(NO_ROLE, field="role")
    return wanted
