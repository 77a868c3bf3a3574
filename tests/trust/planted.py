"""Faults of this feature that `portal check` must find, and the things in which they are planted."""

from portal.accounts.models import Person
from portal.organisations.models import Organisation
from portal.trust import services
from portal.trust.models import CheckKind
from tests.factories.people import make_person
from tests.factories.trust import make_claim, make_group, make_patronage

PLANTED: dict[str, tuple[str, ...]] = {
    "organisations.released-owned": (
        "{organisation}", "UPDATE organisation SET released_at = {now} WHERE id = {organisation}",
    ),
    "trust.claim-undecided": ("{claim}", "UPDATE profile_claim SET decided_at = {now} WHERE id = {claim}"),
    "trust.claim-without-end": ("{claim}", "UPDATE profile_claim SET objection_until = NULL WHERE id = {claim}"),
    "trust.patron-unasked": ("{patronage}", "UPDATE patronage SET accepted_by = {owner} WHERE id = {patronage}"),
    "trust.check-ends-early": ("{check}", "UPDATE verification SET valid_until = at WHERE id = {check}"),
}  # fmt: skip


def things(organisation: Organisation, coordinator: Person) -> dict[str, object]:
    """A claim, a checked fact and a patronage, by number."""
    claim, group_owner = make_claim(organisation, make_person()), make_person()
    checked = services.check(organisation, kind=CheckKind.DOCUMENT, by=coordinator)
    patronage, _boss = make_patronage(make_group(group_owner), group_owner)
    return {"claim": claim.id, "check": checked.id, "patronage": patronage.id}
