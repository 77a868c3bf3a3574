"""Somebody who has done everything that the portal remembers of anybody."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from portal import mail
from portal.accounts import services as accounts
from portal.accounts.models import Account, EmailChange, Person, SignUp, UnusedAccount
from portal.accounts.queries import account_of, subject
from portal.events import services as events
from portal.events.models import Event, EventRole
from portal.face.media import File
from portal.freshness.models import Proposal
from portal.grants import services as grants
from portal.ground import clock, limits
from portal.ground.db import db, transaction
from portal.impact import services as impact
from portal.membership import services as membership
from portal.membership.models import Membership, Network
from portal.messages import services as messages
from portal.organisations import services as organisations
from portal.organisations.models import Organisation, Role
from portal.privacy import Subject
from portal.projects import services as projects
from portal.projects.models import RecordStatus
from portal.registration import services as registration
from portal.registration.models import Registration
from portal.tasks import services as tasks
from portal.trust import queries
from portal.trust import services as trust
from portal.trust.models import CheckKind
from tests.factories.delegations import delegation
from tests.factories.events import make_event, make_session
from tests.factories.freshness import asked_request
from tests.factories.grants import make_call, make_extension, make_operator, make_programme
from tests.factories.imports import make_batch
from tests.factories.invitations import invite
from tests.factories.merging import make_request as make_merging
from tests.factories.messages import make_message
from tests.factories.networks import make_application, make_network, make_question, make_review
from tests.factories.news import make_post
from tests.factories.organisations import fresh, list_somebody, make_member, make_organisation, role_of
from tests.factories.people import make_administrator, make_person
from tests.factories.projects import make_project
from tests.factories.records import make_record
from tests.factories.registrations import confirmed, submit, wishes
from tests.factories.saved import keep as keep_search
from tests.factories.saved import searching
from tests.factories.trust import make_claim, make_group, make_orphan, make_patronage, make_request

NAME = "Żaneta Ćwiklińska-Unikat"
FIRST, EMAIL = "zaneta.unikat.dawna@example.org", "zaneta.unikat@example.org"
LONG_AGO = dt.timedelta(days=200)


@dataclass
class Life:
    """The person, and what others have to do with her."""

    person: Person
    organisation: Organisation
    coming: Event
    waiting: Registration

    @property
    def account(self) -> Account:
        found = account_of(db.session.get_one(Person, self.person.id))
        assert found is not None
        return found

    @property
    def subject(self) -> Subject:
        return subject(db.session.get_one(Person, self.person.id))


def full_life() -> Life:
    """Roles everywhere, decisions, posts, registrations behind which others wait, mails, and an earlier address."""
    person = make_person(NAME, FIRST)
    with clock.frozen(clock.now() - LONG_AGO):
        past = make_event()
        _register(person, past)
    _change_address(person)
    person = db.session.get_one(Person, person.id)
    _portal_team(person)
    organisation = _organisation(person)
    _network(person)
    coming, waiting = _coming_event(person)
    submit(make_event(), email=EMAIL, name=NAME)
    _invitations(person)
    _listed(person)
    keep_search(person, searching("seniorzy"))
    _messages(person)
    _project(person)
    _trust(person, organisation)
    _grants(person)
    make_post(organisation, by=person)
    _directory(person, organisation)
    _rows(person)
    return Life(person, organisation, coming, waiting)


def _change_address(person: Person) -> None:
    account = account_of(person)
    assert account is not None
    accounts.request_email_change(account.id, email=EMAIL, locale="pl", ip="127.0.0.1")
    change = db.session.query(EmailChange).filter_by(account_id=account.id).one()
    accounts.confirm_email_change(change.id)


def _portal_team(person: Person) -> None:
    """In the team, and deciding who else is."""
    first = make_administrator()
    accounts.grant_administrator(address=EMAIL, by=first)
    other = make_person()
    accounts.grant_administrator(address=str(other.email), by=person)
    accounts.end_administrator(other.id, by=person)


def _grants(person: Person) -> None:
    """An operator that she named and ended, and deadlines that she asked to move, and agreed or not."""
    grants.end_operator(make_operator(by=person), by=person)
    other = make_person()
    programme = make_programme(other)
    make_member(programme.organisation, "owner", person)
    grants.confirm_extension(make_extension(make_call(programme), by=other), by=person)
    grants.drop_extension(make_extension(make_call(programme), by=person), by=person)


def _organisation(person: Person) -> Organisation:
    """One that she manages together with somebody, and one whose invitation she has in her mailbox."""
    organisation = make_organisation(person)
    make_member(organisation, "owner")
    organisations.invite(organisation, by=person, email="gosc@example.org", role=Role.EDITOR, language="pl")
    other = make_person()
    organisations.invite(make_organisation(other), by=other, email=EMAIL, role=Role.AUTHOR, language="pl")
    translator = make_member(organisation, "translator")
    organisations.end_role(role_of(organisation, translator), by=person)
    return organisation


def _network(person: Person) -> None:
    """She coordinates one network, whose page shows her address, and decides there, and asks for the publication of a profile."""
    network = make_network(coordinators=(make_person(), person))
    membership.show_address(network, by=person)
    application = make_application(network)
    membership.decline(application, reason="Za daleko.", version=application.row_version, by=person)
    review = make_review(make_person(), network)
    version = db.session.get_one(Organisation, review.organisation_id).row_version
    membership.return_profile(review, reason="Brakuje opisu.", version=version, by=person)
    shared = make_organisation(person, status="draft")
    make_member(shared, "owner")
    make_review(person, network, shared)
    make_question(network)
    joining = make_organisation(person)
    make_member(joining, "owner")
    make_application(network, joining, person)
    other = make_person()
    role = membership.grant_coordinator(network.slug, str(other.email), by=person)
    membership.end_coordinator(role, by=person)


def _team(person: Person, event: Event) -> None:
    """She runs the desk of an event, and has given and ended the role of somebody else."""
    with transaction() as session:
        session.add(EventRole(event_id=event.id, person_id=person.id, role="desk"))
        session.add(EventRole(event_id=event.id, person_id=person.id, role="organiser"))
    other = make_person()
    role = events.grant_role(event, address=str(other.email), role="door", by=person)
    events.end_role(role, by=person)


def _coming_event(person: Person) -> tuple[Event, Registration]:
    """The one place of a workshop is hers, and somebody waits for it."""
    event = make_event()
    session = make_session(event, seats=1)
    _register(person, event, session)
    _team(person, event)
    delegation(make_event(takes_delegations=True), 2, "Anna Lipa", email=EMAIL, name=NAME)
    return event, confirmed(event, session)


def _register(person: Person, event: Event, *sessions: object) -> None:
    person = db.session.get_one(Person, person.id)
    registration.register(
        event_id=event.id, email=person.email, name=NAME, locale="pl", affiliation="Koło z Unikatowa",
        wanted=wishes(sessions), accepts_waiting=True,
    )  # fmt: skip


def _project(person: Person) -> None:
    """She advised in a project, wrote down what it did, confirmed what somebody else wrote down, and froze a report."""
    organisation = make_organisation(person)
    other = make_member(organisation, "owner")
    with clock.frozen(dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)):
        project = make_project(organisation, by=person)
        make_record(project, by=person)
        make_record(project, by=person, activity="advice", leader=person.name)
        projects.move_record(make_record(project, status="delivered", by=other), RecordStatus.CONFIRMED, by=person)
        impact.freeze(project, dt.date(2026, 1, 1), dt.date(2026, 3, 31), by=person)


def _messages(person: Person) -> None:
    """She wrote to the people of a network, and is one of them."""
    network = make_network(coordinators=(make_person(), person))
    member = make_organisation(person)
    make_member(member, "owner")
    make_application(network, member, person, status="active")
    message = make_message(network, person)
    messages.send(message, version=message.row_version, by=person)
    tasks.run_due()


def _listed(person: Person) -> None:
    """She stands on a profile, and was asked to stand on another at her earlier address, which has no account."""
    owner = make_person("Prowadząca Profile")
    for email in (EMAIL, FIRST):
        entry = list_somebody(make_organisation(owner), owner, email=email, name=NAME)
        if email == EMAIL:
            organisations.confirm_listed(entry)


def _trust(person: Person, organisation: Organisation) -> None:
    """She vouches, asks and accepts, claims and is claimed against, checks and decides."""
    member = db.session.scalars(sa.select(Membership.organisation_id).where(Membership.status == "active")).all()
    via = next(one for one in queries.speaks_for(person) if one.id in member)
    group_owner = make_person()
    trust.vouch(make_request(make_group(group_owner), group_owner, EMAIL), via_id=via.id, by=person)
    make_request(make_group(group_owner), group_owner, EMAIL)
    group = make_group(person)
    make_member(group, "owner")
    make_request(group, person)
    asked, _boss = make_patronage(group, person)
    trust.end_patronage(asked, reason="Jednak nie.", by=person)
    other = make_group(group_owner)
    hers = trust.ask_patron(other, patron=organisation.slug, by=group_owner)
    trust.accept_patronage(hers, by=person)
    trust.ask_registering(group, legal_form="pl-assoc", numbers={"krs": "654321"}, by=person)
    trust.object_to(make_claim(organisation, make_person()), reason="Nie znamy.", by=person)
    make_claim(make_orphan(website="https://example.org"), person, method="mail", address=EMAIL)
    _decides(person, group_owner)


def _decides(person: Person, owner: Person) -> None:
    """She coordinates a network, compares, grants and refuses there."""
    network = make_network(coordinators=(make_person(), person))
    joined = make_group(owner)
    make_application(network, joined, owner, status="active")
    asked = trust.ask_registering(joined, legal_form="pl-assoc", numbers={"krs": "765432"}, by=owner)
    trust.accept_registering(asked, by=person)
    trust.check(joined, kind=CheckKind.DOCUMENT, by=person)
    trust.grant(make_claim(_released(network), make_person()), by=person)


def _released(network: Network) -> Organisation:
    owner = make_person()
    organisation = make_organisation(owner)
    make_application(network, organisation, owner, status="active")
    organisations.release(organisation, by=owner)
    return fresh(organisation)


def _invitations(person: Person) -> None:
    """She asked somebody to an event, and somebody asked her."""
    invite(make_event(), person, "gosc.wydarzenia@example.org")
    invite(make_event(), make_administrator(), EMAIL)


def _directory(person: Person, organisation: Organisation) -> None:
    """She was asked to confirm a profile, wants to close and to merge others, answered somebody, and brought in a list."""
    asked_request(organisation, person)
    seems_ended = make_organisation(make_person())
    make_member(make_merging(person, make_person()).kept, "owner")
    make_member(make_merging(make_person(), person, "declined").lost, "owner")
    make_batch(by=person)
    with transaction() as session:
        session.add(Proposal(organisation_id=seems_ended.id, proposed_by=person.id, reason="Nikt nie odbiera."))


def _rows(person: Person) -> None:
    """What only a form or a file would make."""
    account = account_of(person)
    assert account is not None
    accounts.request_email_change(account.id, email="inny.unikat@example.org", locale="pl", ip="127.0.0.1")
    limits.check("sign-in", address=EMAIL)
    with transaction() as session:
        wish = SignUp(email=EMAIL, name=NAME, locale="pl", password="*")
        picture = File(
            sha256="0" * 64, mime="image/webp", size=1, width=1, height=1, uploaded_by=person.id,
            variants=[{"key": "0" * 64 + ".webp", "width": 1, "height": 1}],
        )  # fmt: skip
        unused = UnusedAccount(account_id=account.id, used_at=clock.now(), look_on=clock.today("Europe/Warsaw"))
        session.add_all([wish, picture, unused])
    mail.send_due()
    accounts.request_reset(email=EMAIL, locale="pl", ip="127.0.0.1")
