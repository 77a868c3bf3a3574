"""A portal in which every list is long: one person has to do with more of each thing than a page may show."""

import datetime as dt

import sqlalchemy as sa

from portal import demo
from portal.accounts.models import Person
from portal.accounts.services import bulk_create_people
from portal.commands.demonstration import SIZES
from portal.events.models import Event
from portal.ground import clock
from portal.ground.db import Base, db, transaction
from portal.ground.locks import locked
from portal.membership.models import Membership, Network, NetworkRole, Review
from portal.membership.services import BulkMember, bulk_join
from portal.messages.models import Message
from portal.news.models import Post
from portal.organisations.models import Invitation, Organisation, OrganisationRole
from portal.projects.fields import PROJECT
from portal.projects.models import Project, ProjectPartner
from portal.projects.services.partners import MOST
from portal.questions.models import Question
from portal.questions.services import set_of
from portal.registration.demo.sizes import BIG
from portal.registration.models import Registration, RegistrationStatus
from portal.registration.services.states import REGISTRATIONS
from portal.tasks.models import Task
from portal.words.i18n import Localized
from tests.factories.people import make_administrator

SIZE = 120  # of each thing: more than a page of any list may have
LONG_AGO = dt.timedelta(days=300)
AHEAD = dt.timedelta(days=500)


class Crowd:
    """Rows whose pages show the lists, by the word that stands before them in an address; `person` may see all of them."""

    def __init__(self) -> None:
        for name in SIZES:
            demo.enlarge(name, SIZE, seed=1)
        self.person = make_administrator("Ola Wszędobylska")
        people = bulk_create_people((f"Osoba {n}", f"osoba{n}@example.org", "pl") for n in range(SIZE))
        self.organisation = _first(Organisation)
        self.other = db.session.scalars(
            sa.select(Organisation).where(Organisation.id != self.organisation.id).limit(1)
        ).one()
        self.network, self.event = _first(Network), db.session.scalars(sa.select(Event).where(Event.slug == BIG)).one()
        self.post = db.session.scalars(sa.select(Post).where(Post.network_id.is_not(None)).limit(1)).one()
        _everywhere(self.person.id)
        _written(self.network.id, self.person.id)
        _around(self.organisation.id, self.network.id, people)
        _asked_before(Network, self.network.id)
        _asked_before(Event, self.event.id)
        self.project = _projects(self.organisation.id)
        db.session.rollback()
        self.membership, self.review = _first(Membership), _first(Review)


def _first(model: type[Base]) -> Base:
    return db.session.scalars(sa.select(model).order_by(sa.inspect(model).primary_key[0]).limit(1)).one()


def _numbers(model: type[Base]) -> list[int]:
    return list(db.session.scalars(sa.select(sa.inspect(model).primary_key[0])))


def _everywhere(person: int) -> None:
    """The person looks after every organisation, coordinates every network and comes to every event."""
    now = clock.now()
    with transaction() as session:
        session.add_all(
            OrganisationRole(organisation_id=number, person_id=person, role="owner")
            for number in _numbers(Organisation)
        )
        session.add_all(NetworkRole(network_id=number, person_id=person) for number in _numbers(Network))
        session.execute(sa.update(Event).values(ends_at=now + AHEAD))
        session.add_all(
            Registration(
                event_id=number, person_id=person, name="Ola", email="ola@example.org", locale="pl", queue_at=now,
                confirmed_at=now, status=REGISTRATIONS.born(RegistrationStatus.CONFIRMED),
            )
            for number in _numbers(Event)
        )  # fmt: skip


def _written(network: int, person: int) -> None:
    """Messages in the name of the network, and work that the person has started."""
    words = Localized.of("pl", "Spotkanie")
    with transaction() as session:
        session.add_all(
            Message(sender="network", sender_number=network, audience="applicants", subject=words, body=words)
            for _ in range(SIZE)
        )
        session.add_all(Task(kind="message", arguments={"message": 1}, owner_id=person) for _ in range(SIZE))


def _around(organisation: int, network: int, people: list[int]) -> None:
    """One organisation with many people, invitations, networks and requests; one network with a long history and a lot
    that waits."""
    now = clock.now()
    known = set(db.session.scalars(sa.select(Membership.network_id).where(Membership.organisation_id == organisation)))
    bulk_join(BulkMember(number, organisation, now - LONG_AGO) for number in _numbers(Network) if number not in known)
    others = [number for number in _numbers(Organisation) if number != organisation]
    members = set(db.session.scalars(sa.select(Membership.organisation_id).where(Membership.network_id == network)))
    bulk_join(BulkMember(network, number, now) for number in others[: SIZE // 2] if number not in members)
    members |= {*others[: SIZE // 2]}
    ended = {"granted_at": now - LONG_AGO, "ended_at": now}
    with transaction() as session:
        for number, person in enumerate(people):
            session.add(OrganisationRole(organisation_id=organisation, person_id=person, role="editor"))
            session.add(Invitation(organisation_id=organisation, email=f"gosc{number}@example.org", role="editor"))
            session.add(NetworkRole(network_id=network, person_id=person))
            session.add(NetworkRole(network_id=network, person_id=person, **ended))
            session.add(Review(organisation_id=organisation, decided_at=now, outcome="returned", reason="Za krótko."))
        session.add_all(Review(organisation_id=number, network_id=network) for number in others)
        session.add_all(Membership(network_id=network, organisation_id=number) for number in {*others} - members)


def _projects(organisation: int) -> Project:
    """More projects of one organisation than a list may show; the first one with as many partners as it may name."""
    others = [number for number in _numbers(Organisation) if number != organisation]
    texts = {field.stored: Localized.of("pl", "Projekt") for field in PROJECT.texts}
    day = clock.now().date()
    with transaction() as session:
        made = [
            Project(slug=f"projekt-{n}", organisation_id=organisation, starts_on=day, ends_on=day, **texts)
            for n in range(SIZE)
        ]
        session.add_all(made)
        session.flush()
        session.add_all(ProjectPartner(project_id=made[0].id, organisation_id=number) for number in others[:MOST])
    return made[0]


def _asked_before(model: type[Network] | type[Event], number: int) -> None:
    with transaction() as session:
        asking = set_of(locked(model, number))
        for place in range(SIZE):
            text = Localized.of("pl", f"Pytanie {place}")
            session.add(
                Question(question_set_id=asking, position=place, kind="text", text=text, retired_at=clock.now())
            )


def person_of(crowd: Crowd) -> Person:
    return db.session.get_one(Person, crowd.person.id)
