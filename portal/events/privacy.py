"""What events hold about people: who is on a team, and the names of speakers, which organisers of a public programme typed."""

from portal.accounts.queries import person_by_id
from portal.events import queries, services
from portal.events.models import EventRole
from portal.ground.authz import PORTAL
from portal.privacy import Farewell, Note, Part, Subject, role_holding
from portal.words.i18n import _l


def _farewell(subject: Subject) -> Farewell:
    goes, stays = [], []
    if own := queries.events_of_roles(queries.roles_at_events(person_by_id(subject.person_id))):
        sentence = _l("What you do for these events ends:")
        goes.append(Note(sentence, [(one.title, "events.show", {"slug": one.slug}) for one in own]))
    if named := queries.events_with_speaker(subject.name):
        sentence = _l("The name stays in the public programme of these events until the organisers remove it:")
        stays.append(Note(sentence, [(one.title, "events.show", {"slug": one.slug}) for one in named]))
    return Farewell(goes, stays)


def _leave(subject: Subject) -> None:
    for role in queries.open_roles_of(subject.person_id):
        services.end_role(role, by=PORTAL)


PART = Part(
    holdings=(role_holding(EventRole, _l("Roles at events: held, granted or ended.")),),
    farewell=_farewell,
    leave=_leave,
    kept=(_l("The names of speakers appear in the public programme of an event for as long as it can be read."),),
)
