"""What organisations hold about people: roles in them, and invitations."""

from collections.abc import Iterable, Mapping

from portal.accounts.queries import person_by_id
from portal.organisations import queries, services
from portal.organisations.models import Invitation, ListedPerson, Organisation, OrganisationRole
from portal.privacy import (
    Farewell,
    Fate,
    Holding,
    Note,
    Part,
    Subject,
    by_address,
    by_number,
    role_holding,
)
from portal.words.i18n import Localized, _l, _ln


def _farewell(subject: Subject) -> Farewell:
    drafts = {draft.id: draft for draft in queries.drafts_of_nobody_else(subject.person_id)}
    left = [one for one in queries.with_role(subject.person_id) if one.id not in drafts]
    contacts = [one for one in queries.with_contact(subject.addresses) if one.id not in drafts]
    goes, stays = [], []
    if drafts:
        goes.append(Note(_l("Drafts of profiles that nobody else looks after are deleted:"), _named(drafts.values())))
    if left:
        goes.append(Note(_l("Roles in these organisations end:"), _named(left)))
        stays.append(Note(_l("The profiles of organisations stay, because they belong to the organisations.")))
    if queries.listed_to(subject.addresses):
        goes.append(Note(_l("Profiles of organisations no longer show this person.")))
    if queries.invitations_by(subject.person_id):
        goes.append(Note(_l("Invitations that were sent from this account and are still open are withdrawn.")))
    if contacts:
        sentence = _l("The address stays the contact address of these profiles, until their people change it:")
        stays.append(Note(sentence, _named(contacts)))
    return Farewell(goes, stays, _obstacles(subject))


def _obstacles(subject: Subject) -> list[Note]:
    alone = queries.managed_by_nobody_else(subject.person_id)
    sentence = _l("Nobody else manages these profiles. First invite a second person to manage each of them:")
    return [Note(sentence, _named(alone, "organisations.people"))] if alone else []


def _named(
    organisations: Iterable[Organisation], endpoint: str = "organisations.show"
) -> list[tuple[Localized, str, Mapping[str, object]]]:
    return [(one.name, endpoint, {"slug": one.slug}) for one in organisations]


def _leave(subject: Subject) -> None:
    person = person_by_id(subject.person_id)
    assert person is not None
    services.leave_all(person)


PART = Part(
    holdings=(
        role_holding(OrganisationRole, _l("Roles in organisations: held, granted or ended.")),
        Holding(
            Invitation,
            _l("Invitations to help with a profile: received or sent."),
            (by_address(Invitation.email, Fate.GONE), by_number(Invitation.invited_by, Fate.UNNAMED)),
            links="invitation",
        ),
        Holding(
            ListedPerson,
            _l("Entries on the profiles of organisations: asked for or agreed to."),
            (by_number(ListedPerson.person_id, Fate.GONE), by_address(ListedPerson.email, Fate.GONE)),
            links="listed",
        ),
    ),
    farewell=_farewell,
    leave=_leave,
    kept=(
        _ln(
            "An entry on a profile that the person does not confirm is deleted %(n)s day after they were asked.",
            "An entry on a profile that the person does not confirm is deleted %(n)s days after they were asked.",
            services.LISTED_WAITS.days,
        ),
        _ln(
            "An invitation to help with a profile is deleted %(n)s day after it was sent.",
            "An invitation to help with a profile is deleted %(n)s days after it was sent.",
            services.INVITATIONS_KEPT.days,
        ),
    ),
)
