"""When two people turn out to be one, what they registered for comes together."""

from portal.accounts import services as accounts
from portal.accounts.models import EmailChange
from portal.accounts.queries import account_of
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.registration import services
from portal.registration.models import Registration
from tests.factories.events import make_event
from tests.factories.people import make_person


def register(event, person):
    done = services.register(
        event_id=event.id,
        email=person.email,
        name=person.name,
        locale="pl",
        affiliation="",
        wanted=[],
        accepts_waiting=False,
    )
    return done.registration_id


def test_registrations_under_a_new_address_become_those_of_the_account(app):
    both, other = make_event(), make_event()
    earlier = make_person("Wanda z zapisów", "nowa@example.org", account=False)
    owner = make_person("Wanda Próbna", "stara@example.org")
    moves, stays, own = register(other, earlier), register(both, earlier), register(both, owner)
    with transaction() as session:
        change = EmailChange(account_id=account_of(owner).id, email="nowa@example.org")
        session.add(change)
        session.flush()
        number = change.id
    accounts.confirm_email_change(number)
    belongs = {number: db.session.get(Registration, number).person_id for number in (moves, stays, own)}
    assert belongs == {moves: owner.id, stays: earlier.id, own: owner.id}
    assert {db.session.get(Registration, number).status for number in belongs} == {"confirmed"}


def test_form_of_somebody_whose_account_was_just_deleted_takes_part_without_one(app):
    event, person = make_event(), make_person("Wanda Próbna", "wanda@example.org")
    accounts.erase_person(person.id, by=PORTAL)
    done = services.register(
        event_id=event.id, email="wanda@example.org", name="Wanda", locale="pl", affiliation="", wanted=[],
        accepts_waiting=False,
    )  # fmt: skip
    registration = db.session.get_one(Registration, done.registration_id)
    assert registration.person_id not in (None, person.id)
