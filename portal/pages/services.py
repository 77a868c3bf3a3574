"""What the portal says about itself: written by the portal team."""

from portal.accounts.models import Person
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import check_version
from portal.ground.locks import locked_if_there
from portal.pages.fields import OPERATOR
from portal.pages.models import ONLY, Operator
from portal.pages.policies import Permission
from portal.words.i18n import DEFAULT_LANGUAGE


def describe_operator(*, version: int, by: Person | Portal, **values: object) -> None:
    """Say who runs the portal. Raises Stale with what is stored when somebody else has saved since `version`.

    The first time there is no row, so whatever version was read is the right one unless somebody was faster.
    """
    given = OPERATOR.given_new(values)
    with transaction() as session:
        row = locked_if_there(Operator, ONLY)
        demand(Permission.EDIT_OPERATOR, by=by)
        if row is None:
            row = Operator(**OPERATOR.new(given, DEFAULT_LANGUAGE))
            session.add(row)
        else:
            check_version(row, version, OPERATOR.read(row, DEFAULT_LANGUAGE))
            OPERATOR.write(row, given, DEFAULT_LANGUAGE)
        session.flush()
        audit.record("portal.operator-described", row, detail=dict(given), actor=by)
