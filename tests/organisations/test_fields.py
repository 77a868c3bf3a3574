"""A profile field is said in one place: one line more, and it is asked for, kept, compared and shown."""

from typing import Any

from flask import Flask

from portal.face.forms import Versioned
from portal.ground.db import transaction
from portal.organisations.fields import PROFILE, REVIEWED
from portal.organisations.models import Organisation
from portal.words.fields import Field, FieldSet, Group, Kind
from tests.factories.organisations import fresh, make_organisation

# A column that no profile field uses, in the place of a new one.
ONE_MORE = Group.of("", Field("return_reason", Kind.LINE, "Motto", most=60, reviewed=True, hint="What you stand for"))
WIDER = FieldSet(*PROFILE.groups, ONE_MORE)


class WiderForm(Versioned):
    fields = WIDER


def test_one_line_more_is_asked_for_kept_compared_and_shown(app: Flask) -> None:
    organisation = make_organisation(website="https://lipa.example.org")
    motto = {"return_reason": "Razem"}
    with app.test_request_context("/pl/", method="POST"):
        form = WiderForm.on(organisation, "pl", **motto)
        assert [(said.hint, field.label.text) for said, field in form.grouped[-1][1]] == [
            ("What you stand for", "Motto")
        ]
        given = WIDER.given({field.name: form[field.name].data for field in WIDER})
        with transaction() as session:
            WIDER.write(session.get_one(Organisation, organisation.id), given, "pl")
    kept = fresh(organisation)
    before = PROFILE.read(organisation, "pl")
    assert WIDER.read(kept, "pl") == {**before, **motto}
    reviewed = WIDER.where(lambda field: field.reviewed)
    assert reviewed.facts(kept) == [*REVIEWED.facts(kept), ("Motto", "Razem")]


def test_every_field_is_a_column_or_a_number(app: Any) -> None:
    assert set(PROFILE.columns) <= set(Organisation.__table__.columns.keys())
