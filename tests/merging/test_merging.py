"""Two profiles of one organisation become one: whatever pointed at the lost one points at the kept one, and no row is lost."""

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts import services as accounts
from portal.ground.authz import PORTAL
from portal.ground.db import Base, db
from portal.ground.errors import Conflict, Refusal
from portal.membership.models import Membership, MembershipEvent, NetworkSize
from portal.merging import obstacles, services
from portal.merging.queries import Pair
from portal.merging.services import merging
from portal.organisations import queries
from portal.organisations import services as organisations
from portal.organisations.models import Identifier, Organisation, OrganisationStatus
from portal.revisions import queries as revisions
from tests.factories.documents import make_document
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import fresh, make_organisation
from tests.factories.people import make_administrator, make_person
from tests.merging.pairs import counted, full_pair, merge, two

# Every foreign key to an organisation: it follows a merge, or it stays with the lost one, for a reason.
MOVED = {
    "organisation.merged_into_id", "organisation_former_slug.organisation_id", "organisation_role.organisation_id",
    "organisation_invitation.organisation_id", "membership.organisation_id", "profile_review.organisation_id",
    "post.organisation_id", "event.organisation_id", "organisation_name.organisation_id", "organisation_area.organisation_id",
    "organisation_contact.organisation_id", "organisation_person.organisation_id",
    "organisation_document.organisation_id", "delegation.organisation_id", "registration.organisation_id",
    "vouch_request.organisation_id",
    "seat_reserve_organisation.organisation_id", "project.organisation_id", "project_partner.organisation_id",
    "project_record_party.organisation_id",
    "grant_operator.organisation_id", "grant_programme.organisation_id",
    "vouch.organisation_id", "vouch.via_id", "patronage.organisation_id", "patronage.patron_id",
}  # fmt: skip
STAYS = {
    "organisation_identifier.organisation_id": "a number that was not chosen is retired where it stood: it was its number",
    "organisation_listing.organisation_id": "made anew from the kept one; the lost one is in no list",
    "organisation_term.organisation_id": "chosen like a column: what is taken is said by the kept one",
    "organisation_link.organisation_id": "chosen like a column: what is taken is said by the kept one",
    "directory_terms.organisation_id": "made anew from the kept one; the lost one is in no list",
    "confirmation_request.organisation_id": "asked about the lost profile, and answered or not",
    "confirmation_silence.organisation_id": "counts how long the lost profile was silent: nobody is asked about it any more",
    "closing_proposal.organisation_id": "proposed to close the lost profile, which is closed by this",
    "group_shortage.organisation_id": "counts how long the lost profile lacked something; the kept one begins anew",
    "group_life.organisation_id": "what the lost group said of its own time",
    "group_registering.organisation_id": "asked about the lost group; an open question ends",
    "profile_claim.organisation_id": "claims the lost profile; an open one is refused and its claimant told",
    "verification.organisation_id": "a fact that was checked of the lost profile",
    "import_row.organisation_id": "says which profile a row of a list made",
    "merge_request.kept_id": "says what was asked and of which profiles",
    "merge_request.lost_id": "says what was asked and of which profiles",
    "merge_request.asked_id": "says what was asked and of which profiles",
}
# What a merge writes (the name of the lost one becomes another name of the kept one), or makes anew from what is stored.
GROWS = {
    "organisation_name",
    "audit_entry",
    "audit_detail",
    "audit_head",
    "outbox_mail",
    "link_token",
    "revision",
    "membership_event",
}
DERIVED = {
    "organisation_listing", "directory_terms", "directory_change", "directory_bitmap", "directory_mark", "search_document",
    "search_order", "search_gram", "directory_news",
}  # fmt: skip


def references() -> dict[str, sa.Column[Any]]:
    return {
        f"{one.name}.{key.parent.name}": key.parent
        for one in Base.metadata.tables.values()
        for key in one.foreign_keys
        if key.target_fullname == "organisation.id"
    }


def unsaid(found: Mapping[str, object]) -> set[str]:
    return set(found) ^ (MOVED | STAYS.keys())


def test_every_foreign_key_to_an_organisation_follows_or_is_excused(app: Any) -> None:
    assert unsaid(references()) == set()
    assert unsaid({**references(), "prize.organisation_id": None}) == {"prize.organisation_id"}


@pytest.mark.both_engines
def test_everything_follows_and_no_row_of_any_table_is_lost(app: Any) -> None:
    owner, kept, lost = full_pair()
    make_document(lost, owner)
    columns = references()
    for name in MOVED:
        at_lost = sa.select(sa.func.count()).where(columns[name] == lost.id)
        assert db.session.scalar(at_lost), f"nothing would show that {name} follows"
    before = counted()
    merge(kept, lost, owner, "krs")
    after = counted()
    for name, number in before.items():
        if name in GROWS:
            assert after[name] >= number, name
        elif name not in DERIVED:
            assert after[name] == number, name
    for name in MOVED:
        assert db.session.scalar(sa.select(sa.func.count()).where(columns[name] == lost.id)) == 0, name
    gone = db.session.get_one(Organisation, lost.id)
    assert (gone.status, gone.merged_into_id) == ("merged", kept.id)


def test_better_membership_stays_and_the_other_ends_with_its_history(app: Any) -> None:
    owner, kept, lost = full_pair()
    network = db.session.scalars(sa.select(Membership.network_id).where(Membership.organisation_id == kept.id)).one()
    merge(kept, lost, owner)
    db.session.rollback()
    rows = db.session.execute(
        sa.select(Membership.status, sa.func.count(MembershipEvent.id))
        .join(MembershipEvent, MembershipEvent.membership_id == Membership.id)
        .where(Membership.organisation_id == kept.id, Membership.network_id == network)
        .group_by(Membership.id)
        .order_by(Membership.id)
    ).all()
    assert [tuple(row) for row in rows] == [("withdrawn", 2), ("active", 2)]
    assert db.session.get_one(NetworkSize, network).members == 1


def test_nobody_is_told_that_a_membership_was_resigned(app: Any, outbox: Any) -> None:
    owner, kept, lost = two()
    coordinator = make_person(email="koordynacja@example.org")
    network = make_network(coordinators=(coordinator,))
    for one in (kept, lost):
        make_application(network, one, owner, status="active")
    outbox.deliver()
    before = len(outbox.to("koordynacja@example.org"))
    merge(kept, lost, owner)
    outbox.deliver()
    assert len(outbox.to("koordynacja@example.org")) == before
    assert db.session.get_one(NetworkSize, network.id).members == 1


def test_number_that_is_not_chosen_is_retired_and_free_for_the_kept_one(app: Any) -> None:
    owner, kept, lost = full_pair()
    merge(kept, lost, owner, "nip")
    assert queries.identifiers_of(fresh(kept)) == {"PL-KRS": "0000123456", "PL-NIP": "5260001246"}
    rows = db.session.execute(sa.select(Identifier.value, Identifier.organisation_id).where(Identifier.retired)).all()
    assert [tuple(row) for row in rows] == [("0000654321", lost.id)]
    assert queries.with_identifier("PL-KRS", "0000654321") is None


def test_chosen_number_takes_the_place_of_the_other(app: Any) -> None:
    owner, kept, lost = full_pair()
    merge(kept, lost, owner, "krs")
    assert queries.identifiers_of(fresh(kept))["PL-KRS"] == "0000654321"
    assert "PL-NIP" not in queries.identifiers_of(fresh(kept))


def test_old_addresses_lead_to_the_kept_one_in_one_step_and_for_good(app: Any, client: Any) -> None:
    owner, kept, lost = full_pair()
    slugs = ["lipa-druga", "lipowa-polana", "lipa-trzecia"]
    merge(kept, lost, owner)
    for slug in slugs:
        answer = client.get(f"/pl/organisations/{slug}")
        assert (answer.status_code, answer.location) == (301, "/pl/organisations/lipa"), slug
    last = make_organisation(owner, name="Ostatnia")
    merge(last, kept, owner)
    for slug in (*slugs, "lipa"):
        answer = client.get(f"/pl/organisations/{slug}")
        assert (answer.status_code, answer.location) == (301, "/pl/organisations/ostatnia"), slug


def test_lost_one_leaves_directory_and_search_and_its_posts_are_found_under_the_kept_one(app: Any, client: Any) -> None:
    owner, kept, lost = full_pair()
    assert "Lipowa Polana" in client.get("/pl/organisations?q=polana").text
    merge(kept, lost, owner)
    assert "lipowa-polana" not in client.get("/pl/organisations?q=polana").text
    assert "Nowina" in client.get("/pl/organisations/lipa/news").text
    assert "Nowina" in client.get("/pl/search?q=nowina").text
    assert lost.id not in {one.id for one, _roles in queries.mine(owner)}


def test_history_of_both_stays_readable_for_the_people_of_the_kept_one(app: Any, as_person: Any) -> None:
    owner, kept, lost = full_pair()
    merge(kept, lost, owner)
    assert "lipowa-polana" in as_person(owner).get("/pl/organisations/lipa/history").text
    assert as_person(owner).get("/pl/organisations/lipowa-polana/history/1").status_code == 200
    stranger = as_person(make_person()).get("/pl/organisations/lipowa-polana/history")
    assert (stranger.status_code, stranger.location) == (301, "/pl/organisations/lipa/history")
    last = revisions.latest("organisation", kept.id)
    assert last is not None
    assert "merged into another profile" in as_person(owner).get("/en/organisations/lipa/history/acts").text


REFUSED = {
    "itself": obstacles.SAME, "merged": obstacles.GONE, "suspended": obstacles.SUSPENDED, "pending": obstacles.PENDING,
    "abroad": obstacles.COUNTRIES, "less public": obstacles.LESS_PUBLIC,
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_one_gets_a_sentence_and_nothing_happens(app: Any, case: str) -> None:
    owner, kept, lost = two()
    if case == "itself":
        lost = kept
    elif case == "merged":
        merge(kept, lost, owner)
        kept, lost = lost, kept  # in a circle
    elif case == "suspended":
        organisations.change_status(lost, OrganisationStatus.SUSPENDED, by=PORTAL, reason="Powód")
    elif case == "pending":
        lost = make_organisation(owner, status="pending")
    elif case == "abroad":
        lost = make_organisation(owner, country="BG", language="bg")
    else:
        kept = make_organisation(owner, status="draft")
    before = counted()
    with pytest.raises(Conflict) as refused:
        merge(kept, lost, owner)
    assert refused.value.reason == REFUSED[case]
    assert counted() == before


def test_profile_that_was_saved_since_it_was_looked_at_is_not_merged(app: Any) -> None:
    owner, kept, lost = two()
    pair = Pair(fresh(kept), fresh(lost))
    for versions in (
        (pair.kept.row_version - 1, pair.lost.row_version),
        (pair.kept.row_version, pair.lost.row_version - 1),
    ):
        with pytest.raises(Conflict) as refused:
            services.merge(pair, by=owner, taken=[], kept_version=versions[0], lost_version=versions[1])
        assert refused.value.reason == merging.CHANGED


def test_two_merges_of_one_profile_end_in_one(app: Any) -> None:
    """The second was opened before the first was sent."""
    owner, kept, lost = two()
    other = make_organisation(owner, name="Inna")
    pairs = [Pair(fresh(kept), fresh(lost)), Pair(other, lost), Pair(lost, kept)]
    merge(kept, lost, owner)
    for pair in pairs:
        with pytest.raises(Conflict):
            services.merge(pair, by=owner, taken=[], kept_version=1, lost_version=1)
    assert fresh(lost).merged_into_id == kept.id


def test_owner_of_one_alone_cannot_merge_and_the_team_can(app: Any, outbox: Any) -> None:
    owner, kept, _ = two()
    theirs = make_organisation(make_person(email="wlascicielka@example.org"), name="Cudza")
    with pytest.raises(Refusal) as refused:
        merge(kept, theirs, owner)
    assert refused.value.status == 403
    merge(kept, theirs, make_administrator())
    outbox.deliver()
    assert [mail["Subject"] for mail in outbox.to("wlascicielka@example.org")][-1] == "Dwa profile są teraz jednym"
    assert len(queries.owners_of(fresh(kept))) == 2


def test_draft_that_took_in_another_one_goes_with_it(app: Any) -> None:
    """Its owner leaves: what was never public is deleted, as ever."""
    owner = make_person()
    kept, lost = (make_organisation(owner, status="draft", name=name) for name in ("Szkic", "Szkic drugi"))
    merge(kept, lost, owner)
    accounts.erase_person(owner.id, by=owner)
    assert counted()["organisation"] == 0
    assert counted()["revision"] == 0
