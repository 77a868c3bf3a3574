"""The states of a card: a draft, public, taken off the site and back. And of a partner: asked, for it, against it."""

from portal import mail
from portal.accounts.models import Person
from portal.ground import states
from portal.ground.authz import Portal
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.ground.states import START, change_state
from portal.organisations.models import Organisation, OrganisationStatus
from portal.projects import mails, policies, queries
from portal.projects.models import PartnerStatus, Project, ProjectPartner, ProjectState
from portal.projects.services.locking import locked_project, reindex
from portal.words.i18n import _l

S, P = ProjectState, PartnerStatus
RUNNERS = states.Side[Person, Project]("owners and editors, or the coordination", policies.runs)
REMOVERS = states.Side[Person, Project](
    "owners and editors, the coordination, or the portal team", policies.runs_or_removes
)
DEMO = states.Side[Person, Project]("the large demo", lambda by, row: False, itself=True)
ASKERS = states.Side[Person, ProjectPartner]("those who look after the project", policies.may_remove_partner)
NAMED = states.Side[Person, ProjectPartner]("owners and editors of the partner", policies.answers)


def its_organisation_is_public(project: Project) -> None:
    if db.session.get_one(Organisation, project.organisation_id).status != OrganisationStatus.PUBLISHED:
        raise Refusal(_l("The profile of the organisation is not public. Publish it first, then its project."))


def _published(move: states.Move[Person, Project]) -> None:
    """Its first day stays when it comes back."""
    move.row.published_at = move.row.published_at or move.at


def _reindex(move: states.Move[Person, Project]) -> None:
    reindex(move.row)


PROJECTS = states.States(
    Project, "state", ProjectState, "project_state",
    steps=(
        states.Step(START, S.DRAFT, RUNNERS),
        states.Step(START, S.PUBLISHED, DEMO),
        states.Step(
            S.DRAFT, S.PUBLISHED, RUNNERS, "project.published",
            guards=[its_organisation_is_public], effects=[_published],
        ),
        states.Step(S.PUBLISHED, S.WITHDRAWN, REMOVERS, "project.withdrawn"),
        states.Step(
            S.WITHDRAWN, S.PUBLISHED, RUNNERS, "project.published",
            guards=[its_organisation_is_public], effects=[_published],
        ),
    ),
    otherwise=_l("This card is not public."),
    refused={S.PUBLISHED: _l("This card is already public.")},
    always=[_reindex],
)  # fmt: skip


def _answered(move: states.Move[Person, ProjectPartner]) -> None:
    move.row.answered_at = move.at


def _tell_of_refusal(move: states.Move[Person, ProjectPartner]) -> None:
    project = move.row.project
    for person in queries.speakers(project.organisation_id):
        mail.queue(mails.partner_refused(move.row, project, person))


REFUSAL = states.Letter("owners and editors of the project", "partner_refused", _tell_of_refusal)
PARTNERS = states.States(
    ProjectPartner, "status", PartnerStatus, "partner_status",
    steps=(
        states.Step(START, P.ASKED, ASKERS),
        states.Step(P.ASKED, P.ACCEPTED, NAMED, "project.partner-accepted", effects=[_answered]),
        states.Step(P.ASKED, P.REFUSED, NAMED, "project.partner-refused", effects=[_answered], mails=[REFUSAL]),
        states.Step(P.ACCEPTED, P.REFUSED, NAMED, "project.partner-refused", effects=[_answered], mails=[REFUSAL]),
        states.Step(P.REFUSED, P.ACCEPTED, NAMED, "project.partner-accepted", effects=[_answered]),
    ),
    otherwise=_l("This has been answered already."),
)  # fmt: skip


def publish_project(project: Project, *, by: Person | Portal) -> None:
    """Make a card public. Refuses while the profile of its organisation is not."""
    with transaction():
        change_state(PROJECTS, locked_project(project.id), S.PUBLISHED, by=by)


def withdraw_project(project: Project, *, by: Person | Portal) -> None:
    """Take a card off the site. It is kept and can come back."""
    with transaction():
        change_state(PROJECTS, locked_project(project.id), S.WITHDRAWN, by=by)
