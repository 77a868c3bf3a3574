"""The states of a profile: made as a draft, checked, public; hidden by its own people, suspended by the portal team."""

from portal import mail
from portal.accounts.models import Person
from portal.ground import states
from portal.ground.authz import Portal
from portal.ground.db import transaction
from portal.ground.facts import announce
from portal.ground.locks import locked
from portal.ground.states import START
from portal.organisations import mails, policies, queries
from portal.organisations.facts import PublicityChanged
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.services.listing import reindex
from portal.words.i18n import _l

S = OrganisationStatus
Side = states.Side[Person, Organisation]
Step = states.Step[Person, Organisation]
Move = states.Move[Person, Organisation]
REASON = _l("Give the reason: the people of the organisation will read it.")

# Who exactly decides on a request says its review (`membership.services.states.REVIEWS`), which is taken first.
REVIEWER = Side("whoever decides on the review", lambda by, row: not queries.roles_in(by, row))
ANYBODY = Side("anybody with an account", policies.may_create)
OWNER = Side("owner", policies.may_manage_people)
TEAM = Side("portal team", policies.is_of_the_team)
DEMO = Side("the large demo", lambda by, row: False, itself=True)


def _keep_reason(move: Move) -> None:
    """Its people read why it came back or is suspended; in every other state there is nothing to explain."""
    move.row.return_reason = move.reason if move.to in (S.DRAFT, S.SUSPENDED) else ""


def _first_published(move: Move) -> None:
    if move.row.published_at is None:
        move.row.published_at = move.at


def _reindex(move: Move) -> None:
    reindex(move.row)


def _publicity(move: Move) -> None:
    if S.PUBLISHED in (move.before, move.to):
        announce(PublicityChanged(move.row.id, is_public=move.to == S.PUBLISHED))


def _tell_owners(move: Move) -> None:
    for person in queries.owners_of(move.row):
        mail.queue(mails.status_changed(move.row, person))


CHANGED = states.Letter("its owners", "status_changed", _tell_owners)

PROFILES = states.States(
    Organisation, "status", OrganisationStatus, "org_status",
    steps=(
        Step(START, S.DRAFT, ANYBODY),
        Step(START, S.PUBLISHED, DEMO),
        Step(S.DRAFT, S.PENDING, OWNER, "organisation.sent"),
        Step(S.PENDING, S.PUBLISHED, REVIEWER, "organisation.published", effects=[_first_published]),
        Step(S.PENDING, S.DRAFT, REVIEWER, "organisation.returned", needs=REASON),
        Step(S.PENDING, S.DRAFT, OWNER, "organisation.withdrawn"),
        Step(S.PUBLISHED, S.HIDDEN, OWNER, "organisation.hidden"),
        Step(S.HIDDEN, S.PUBLISHED, OWNER, "organisation.shown_again"),
        Step(S.PUBLISHED, S.SUSPENDED, TEAM, "organisation.suspended", needs=REASON, mails=[CHANGED]),
        Step(S.HIDDEN, S.SUSPENDED, TEAM, "organisation.suspended", needs=REASON, mails=[CHANGED]),
        Step(S.SUSPENDED, S.PUBLISHED, TEAM, "organisation.restored", mails=[CHANGED]),
    ),
    otherwise=_l("The state of this profile has changed in the meantime. Look at it again."),
    always=[_keep_reason, _reindex, _publicity],
)  # fmt: skip


def change_status(organisation: Organisation, to: OrganisationStatus, *, by: Person | Portal, reason: str = "") -> None:
    """Bring a profile into another state; directory and search follow in the same transaction.

    Raises Conflict when the profile is in a state that does not lead there (any more).
    """
    with transaction():
        states.change_state(PROFILES, locked(Organisation, organisation.id), to, by=by, reason=reason)
