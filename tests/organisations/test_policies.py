"""The list of what a person may see and the single answers agree."""

from typing import Any

from portal.ground.db import db
from portal.organisations import policies, queries
from portal.organisations.models import Organisation
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_administrator, make_person


def test_twin_and_predicate_agree(app: Any) -> None:
    made = [make_organisation(status=state) for state in ("draft", "pending", "published", "hidden", "suspended")]
    editor = make_member(made[0], "editor")
    make_member(made[3], "translator", editor)
    everybody = [None, make_person(), editor, make_administrator(), make_member(made[4], "owner")]
    for person in everybody:
        db.session.rollback()
        listed = {organisation.id for organisation in db.session.scalars(queries.visible_to(person))}
        asked = {one.id for one in db.session.query(Organisation) if policies.may_see(person, one)}
        assert listed == asked
