"""Requests to merge, made through the services."""

from portal.accounts.models import Person
from portal.merging import queries, services
from portal.merging.models import MergeRequest
from portal.merging.queries import Pair
from portal.organisations.models import Organisation
from tests.factories.organisations import make_organisation


def make_request(asking: Person, asked: Person, state: str = "waiting") -> MergeRequest:
    """Whoever manages the profile that stays asks whoever manages the one that goes; answered if it says so."""
    kept, lost = make_organisation(asking), make_organisation(asked)
    versions = {"kept_version": kept.row_version, "lost_version": lost.row_version}
    made = services.propose(Pair(kept, lost), by=asking, taken=[], **versions)
    found = queries.request_of(made.id)
    assert found is not None
    if state == "merged":
        services.accept(found, by=asked, kept_version=kept.row_version, lost_version=lost.row_version)
    elif state == "declined":
        services.decline(found, by=asked)
    elif state == "withdrawn":
        services.withdraw(found, by=asking)
    return found


def make_merged(owner: Person) -> Organisation:
    """A profile that was merged into another one of its owner."""
    kept, lost = make_organisation(owner), make_organisation(owner)
    versions = {"kept_version": kept.row_version, "lost_version": lost.row_version}
    services.merge(Pair(kept, lost), by=owner, taken=[], **versions)
    return lost
