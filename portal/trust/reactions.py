"""Answers to what lower features did."""

import datetime as dt

from portal.accounts.facts import PeopleJoined
from portal.merging.facts import OrganisationsMerged
from portal.organisations.facts import LegalDetailsChanged, PublicationAsked
from portal.trust import queries, services
from portal.words.i18n import LazyString, _l, _ln, formats


def publication_asked(fact: PublicationAsked) -> None:
    services.check_support(fact.organisation_id)


def legal_details_changed(fact: LegalDetailsChanged) -> None:
    services.follow_legal_form(fact.organisation_id, was_informal=fact.was_informal)
    services.drop_checks(fact.organisation_id)


def organisations_merged(fact: OrganisationsMerged) -> None:
    services.follow_merge(fact.lost_id, fact.kept_id)


def merge_preview(fact: OrganisationsMerged) -> list[LazyString]:
    """How many vouches and patrons go over, before two profiles are merged, and which last day does not."""
    end = queries.end_left_behind(fact.lost_id, fact.kept_id)
    n = services.going_over(fact.lost_id)
    words = _ln(
        "%(n)s vouch or patronage goes over. Of two that say the same, one stays.",
        "%(n)s vouches or patronages go over. Of two that say the same, one stays.",
        n,
    )
    return [*([words] if n else []), *([_left_behind(end)] if end else [])]


def _left_behind(day: dt.date) -> LazyString:
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    return _l(
        "The last day of the group (%(date)s) does not go over: the profile that stays keeps its own, or none. It can be set "
        "on the page “Trust in the profile”.",
        date=formats.date(noon, services.ZONE),
    )


def people_joined(fact: PeopleJoined) -> None:
    services.hand_over(gone_id=fact.gone_id, kept_id=fact.kept_id)
