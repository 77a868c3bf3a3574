"""What networks hold about people: who coordinates, and who applied, asked and decided."""

from collections.abc import Iterable, Mapping

from portal.accounts.queries import person_by_id
from portal.membership import queries, services
from portal.membership.models import MembershipEvent, Network, NetworkRole, Review
from portal.privacy import Farewell, Fate, Holding, Note, Part, Subject, by_number, role_holding
from portal.words.i18n import Localized, _l


def _farewell(subject: Subject) -> Farewell:
    person = person_by_id(subject.person_id)
    goes, stays = [], []
    if coordinated := queries.coordinated_networks(person):
        goes.append(Note(_l("The role of coordinator in these networks ends:"), _named(coordinated)))
    if queries.has_decided(subject.person_id):
        stays.append(
            Note(
                _l(
                    "Applications and decisions stay, because they can be appealed against. "
                    "They show “deleted account” instead of the name."
                )
            )
        )
    if contacts := queries.with_contact(subject.addresses):
        sentence = _l("The address stays the contact address of these networks, until their people change it:")
        stays.append(Note(sentence, _named(contacts)))
    alone = queries.coordinated_by_nobody_else(subject.person_id)
    obstacles = [Note(services.COORDINATES_ALONE, _named(alone))] if alone else []
    return Farewell(goes, stays, obstacles)


def _named(networks: Iterable[Network]) -> list[tuple[Localized, str, Mapping[str, object]]]:
    return [(one.name, "membership.show", {"slug": one.slug}) for one in networks]


def _leave(subject: Subject) -> None:
    person = person_by_id(subject.person_id)
    assert person is not None
    services.leave_all(person)


PART = Part(
    holdings=(
        role_holding(NetworkRole, _l("Roles in networks: held, granted or ended.")),
        Holding(
            MembershipEvent,
            _l("Steps of memberships: applications, questions, answers and decisions."),
            (by_number(MembershipEvent.actor_id, Fate.STAYS),),
        ),
        Holding(
            Review,
            _l("Requests to publish a profile: sent or decided."),
            (by_number(Review.requested_by, Fate.STAYS), by_number(Review.decided_by, Fate.STAYS)),
        ),
    ),
    farewell=_farewell,
    leave=_leave,
    kept=(_l("Applications and decisions are kept as long as the profile or the network that they are about."),),
)
