"""Figures are counted again when records change, and when who is behind a name changes."""

from portal.accounts.facts import PeopleJoined
from portal.impact import services
from portal.organisations.facts import LegalDetailsChanged
from portal.projects import queries
from portal.projects.facts import RecordsChanged


def people_joined(fact: PeopleJoined) -> None:
    services.hand_over(gone_id=fact.gone_id, kept_id=fact.kept_id)


def records_changed(fact: RecordsChanged) -> None:
    for number in fact.project_ids:
        services.recount(number)


def legal_details_changed(fact: LegalDetailsChanged) -> None:
    """An informal group that is registered now is counted as what it is."""
    for number in queries.naming(fact.organisation_id):
        services.recount(number)
