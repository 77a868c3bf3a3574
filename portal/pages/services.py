"""What the portal says about itself: written by the portal team."""

from portal.accounts.models import Person
from portal.ground import audit
from portal.ground.db import transaction
from portal.ground.errors import check_version
from portal.pages.models import ONLY, Operator

FIELDS = ("name", "address", "email", "phone", "protection_officer", "accessibility_contact")


def describe_operator(
    *, name: str, address: str, email: str, phone: str, protection_officer: str, accessibility_contact: str,
    version: int, by: Person | None,
) -> None:  # fmt: skip
    """Say who runs the portal. Raises Stale with what is stored when somebody else has saved since `version`.

    The first time there is no row, so whatever version was read is the right one unless somebody was faster.
    """
    values = dict(zip(FIELDS, (name, address, email, phone, protection_officer, accessibility_contact), strict=True))
    with transaction() as session:
        row = session.get(Operator, ONLY, with_for_update=True, populate_existing=True)
        if row is None:
            row = Operator(**values)
            session.add(row)
        else:
            check_version(row, version, {field: getattr(row, field) for field in FIELDS})
            for field, value in values.items():
                setattr(row, field, value)
        session.flush()
        audit.record("portal.operator-described", row, detail=values, actor=by)
