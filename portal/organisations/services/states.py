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
from portal.organisations.facts import OrganisationClosed, PublicationAsked, PublicityChanged
from portal.organisations.models import PUBLIC, Organisation, OrganisationStatus
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
MERGE = Side("merge of two profiles", lambda by, row: False, itself=True)
DEMO = Side("the large demo and imports", lambda by, row: False, itself=True)


def _keep_reason(move: Move) -> None:
    """Its people read why it came back or is suspended; in every other state there is nothing to explain."""
    move.row.return_reason = move.reason if move.to in (S.DRAFT, S.SUSPENDED) else ""


def _first_published(move: Move) -> None:
    if move.row.published_at is None:
        move.row.published_at = move.at


def _ask_those_above(move: Move) -> None:
    """Features above may refuse what a person wants to be public; what the portal itself publishes it has looked at."""
    if not isinstance(move.by, Portal):
        announce(PublicationAsked(move.row.id))


def _reindex(move: Move) -> None:
    reindex(move.row)


def _publicity(move: Move) -> None:
    if (move.before in PUBLIC) != (move.to in PUBLIC):
        announce(PublicityChanged(move.row.id, is_public=move.to in PUBLIC))


def _closed(move: Move) -> None:
    announce(OrganisationClosed(move.row.id, move.reason))


def _opened(move: Move) -> None:
    move.row.closed_on, move.row.closed_reason = None, None


def _tell_owners(move: Move) -> None:
    for person in queries.owners_of(move.row):
        if person.email:
            mail.queue(mails.status_changed(move.row, person, move.before))


CHANGED = states.Letter("its owners", "status_changed", _tell_owners)

PROFILES = states.States(
    Organisation, "status", OrganisationStatus, "org_status",
    steps=(
        Step(START, S.DRAFT, ANYBODY),
        Step(START, S.PUBLISHED, DEMO),
        Step(S.DRAFT, S.PENDING, OWNER, "organisation.sent", effects=[_ask_those_above]),
        Step(
            S.PENDING, S.PUBLISHED, REVIEWER, "organisation.published", effects=[_ask_those_above, _first_published]
        ),
        Step(S.PENDING, S.DRAFT, REVIEWER, "organisation.returned", needs=REASON),
        Step(S.PENDING, S.DRAFT, OWNER, "organisation.withdrawn"),
        Step(S.PUBLISHED, S.HIDDEN, OWNER, "organisation.hidden"),
        Step(S.HIDDEN, S.PUBLISHED, OWNER, "organisation.shown_again"),
        Step(S.PUBLISHED, S.SUSPENDED, TEAM, "organisation.suspended", needs=REASON, mails=[CHANGED]),
        Step(S.HIDDEN, S.SUSPENDED, TEAM, "organisation.suspended", needs=REASON, mails=[CHANGED]),
        Step(S.PUBLISHED, S.CLOSED, OWNER, "organisation.closed", effects=[_closed], mails=[CHANGED]),
        Step(S.PUBLISHED, S.CLOSED, TEAM, "organisation.closed", needs=REASON, effects=[_closed], mails=[CHANGED]),
        Step(S.CLOSED, S.PUBLISHED, OWNER, "organisation.reopened", effects=[_opened], mails=[CHANGED]),
        Step(S.CLOSED, S.PUBLISHED, TEAM, "organisation.reopened", effects=[_opened], mails=[CHANGED]),
        *(Step(before, S.MERGED, MERGE) for before in (S.DRAFT, S.PUBLISHED, S.HIDDEN)),  # `merging.merge` writes the trail
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
