"""What micro-grants add to the page of an organisation."""

from flask import url_for

from portal.accounts.models import Person
from portal.face.look import OnProfile, ProfileLine
from portal.grants import queries
from portal.grants.policies import Permission
from portal.ground.authz import can
from portal.organisations.models import Organisation
from portal.words.i18n import _, formats

ZONE = "Europe/Warsaw"


def on_profile(organisation: Organisation, person: Person | None) -> OnProfile:
    """Since when it gives micro-grants; for the portal team the way to say that it does, or no longer."""
    operator = queries.open_operator(organisation.id)
    if operator is None:
        if not can(Permission.NAME_OPERATOR, organisation, person=person):
            return OnProfile()
        url = url_for("grants.name_operator", slug=organisation.slug)
        return OnProfile(links=[(_("Name as operator of micro-grants"), url)])
    since = formats.date(operator.granted_at, ZONE)
    line = ProfileLine(_("Operator of micro-grants, named by the portal team: %(date)s", date=since))
    if not can(Permission.END_OPERATOR, operator, person=person):
        return OnProfile([line])
    return OnProfile([line], [(_("End the role of operator"), url_for("grants.end_operator", number=operator.id))])
