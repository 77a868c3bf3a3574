"""Two profiles of one organisation for tests, bare or with everything that can point at one."""

from typing import Any

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import Base, db, transaction
from portal.membership import services as membership
from portal.membership.models import Review
from portal.merging import services
from portal.merging.queries import Pair
from portal.organisations import queries
from portal.organisations import services as organisations
from portal.organisations.models import Organisation, Role
from portal.trust.models import Patronage, Vouch, VouchRequest
from tests.factories.areas import load_demo_areas
from tests.factories.delegations import delegation
from tests.factories.events import make_event
from tests.factories.grants import make_call, make_programme
from tests.factories.networks import make_application, make_network, make_review
from tests.factories.news import make_post
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_partner, make_project
from tests.factories.records import make_record
from tests.factories.registrations import confirmed, keep
from tests.organisations.test_history import save


def merge(kept: Organisation, lost: Organisation, by: Any, *taken: str) -> None:
    pair = Pair(fresh(kept), fresh(lost))
    versions = {"kept_version": pair.kept.row_version, "lost_version": pair.lost.row_version}
    services.merge(pair, by=by, taken=taken, **versions)


def two(**fields: Any) -> tuple[Any, Organisation, Organisation]:
    owner = make_person()
    return (
        owner,
        make_organisation(owner, name="Lipa", **fields),
        make_organisation(owner, name="Lipa druga", contacts=[("email", "biuro@lipa.example", "network")]),
    )


def counted() -> dict[str, int]:
    db.session.rollback()
    return {
        name: db.session.scalar(sa.select(sa.func.count()).select_from(one)) or 0
        for name, one in Base.metadata.tables.items()
    }


def _event_and_call_of(lost: Organisation) -> None:
    make_call(make_programme(of=fresh(lost)))
    asking = make_event(organisation=lost, asks_organisation=True, takes_delegations=True, seats=9)
    confirmed(asking, affiliation="Lipa druga")
    delegation(asking, 2, affiliation="Lipa druga")
    keep(asking, 1, organisations=["Lipa druga"])


def full_pair() -> tuple[Any, Organisation, Organisation]:
    """The lost one has a row in everything that can point at an organisation."""
    owner, kept, lost = two(krs="0000123456")
    coordinator, other = make_person(), make_person()
    network, only = (make_network(coordinators=(coordinator,), name=name) for name in ("Sieć A", "Sieć B"))
    make_application(network, kept, owner)
    make_application(network, lost, owner, status="active")
    make_application(only, lost, owner)
    make_post(fresh(lost), title="Nowina")
    make_partner(make_project(), make_project(fresh(lost)).organisation)
    make_record(make_project(), organisations=f"/pl/organisations/{fresh(lost).slug}")
    _event_and_call_of(lost)
    make_member(lost, "editor", other)
    make_member(kept, "editor", other)
    make_member(lost, "translator")
    ended = make_member(lost, "author")
    organisations.end_role(next(r for r, p in queries.people_of(fresh(lost)) if p.id == ended.id), by=owner)
    for organisation, address in ((lost, "a@example.org"), (lost, "b@example.org"), (kept, "a@example.org")):
        organisations.invite(organisation, by=owner, email=address, role=Role.EDITOR, language="pl")
    organisations.list_person(
        lost, by=owner, kind="contact", name="Ala Osoba", work="", email="d@example.org", is_public=False, language="pl"
    )
    load_demo_areas()
    organisations.set_areas(lost, by=owner, version=fresh(lost).row_version, seat="", works=["102101"])
    now = fresh(lost)
    save(now, owner, name="Lipowa Polana", nip="5260001246", krs="0000654321")  # so it has a former address
    earlier = make_organisation(owner, name="Lipa trzecia")
    merge(fresh(lost), earlier, owner)
    review = make_review(owner, None, make_organisation(owner, name="Nie ta", status="draft"))
    membership.withdraw_review(review, by=owner)
    group = make_organisation(owner, name="Grupa Klon", legal_form="pl-informal")
    gone = {"person_id": None, "ended_at": clock.now()}
    with transaction() as session:  # from the time when it was a group, and what it says of another
        session.add_all([
            VouchRequest(organisation_id=lost.id, address="c@example.org", asked_by=owner.id),
            Vouch(organisation_id=lost.id, via_id=group.id, **gone), Vouch(organisation_id=group.id, via_id=lost.id, **gone),
            Patronage(organisation_id=lost.id, patron_id=group.id, ended_at=clock.now()),
            Patronage(organisation_id=group.id, patron_id=lost.id, asked_by=owner.id),
        ])  # fmt: skip
    with transaction() as session:  # of a published profile only closed reviews are there
        session.execute(sa.update(Review).where(Review.id == review.id).values(organisation_id=lost.id))
    return owner, fresh(kept), fresh(lost)
