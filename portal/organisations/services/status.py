"""The one door between the states of a profile."""

from collections.abc import Mapping

from portal import mail
from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal
from portal.ground.facts import announce
from portal.organisations import mails, queries
from portal.organisations.facts import PublicityChanged
from portal.organisations.models import Organisation, OrganisationStatus, Role
from portal.organisations.services.listing import relist
from portal.organisations.services.profile import locked
from portal.words.i18n import _l

S = OrganisationStatus

# From -> to, with the verb of the audit trail.
TRANSITIONS: Mapping[OrganisationStatus, Mapping[OrganisationStatus, str]] = {
    S.DRAFT: {S.PENDING: "organisation.sent"},
    S.PENDING: {S.PUBLISHED: "organisation.published", S.DRAFT: "organisation.returned"},
    S.PUBLISHED: {S.HIDDEN: "organisation.hidden", S.SUSPENDED: "organisation.suspended"},
    S.HIDDEN: {S.PUBLISHED: "organisation.shown_again", S.SUSPENDED: "organisation.suspended"},
    S.SUSPENDED: {S.PUBLISHED: "organisation.restored"},
}


def change_status(organisation: Organisation, to: OrganisationStatus, *, by: Person | None, reason: str = "") -> None:
    """Bring a profile into another state; directory and search follow in the same transaction.

    A return needs a reason, and so does a suspension: it is shown to the people of the organisation. An owner who
    takes the request back needs none. Raises Conflict
    when the profile is in a state that does not lead there (any more). Whoever may is for the caller to say.
    """
    with transaction():
        current = locked(organisation)
        verb = TRANSITIONS[S(current.status)].get(to)
        if verb is None:
            raise Conflict(_l("The state of this profile has changed in the meantime. Look at it again."))
        if verb == "organisation.returned" and not reason and Role.OWNER in queries.roles_in(by, current):
            verb = "organisation.withdrawn"  # nobody decides on their own profile, so this is the request taken back
        if verb in ("organisation.returned", "organisation.suspended") and not reason:
            raise Refusal(_l("Give the reason: the people of the organisation will read it."), field="reason")
        was_public = current.status == S.PUBLISHED
        current.status = to
        current.return_reason = reason if to in (S.DRAFT, S.SUSPENDED) else ""
        if to == S.PUBLISHED and current.published_at is None:
            current.published_at = clock.now()
        relist(current)
        if was_public != (to == S.PUBLISHED):
            announce(PublicityChanged(current.id, is_public=not was_public))
        audit.record(verb, current, detail={"reason": reason} if reason else {}, actor=by)
        if verb in ("organisation.suspended", "organisation.restored"):
            for person in queries.owners_of(current):
                mail.queue(mails.status_changed(current, person))
