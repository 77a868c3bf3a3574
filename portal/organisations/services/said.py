"""Writing what an organisation says of itself in rows beside its own."""

from collections.abc import Mapping

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.statements import table
from portal.organisations import queries
from portal.organisations.models import Identifier, Link, Organisation, OrganisationTerm
from portal.organisations.services.fields import links_of, numbers_of, terms_of
from portal.words.fields import Given

NOTHING = queries.Said({}, {}, {})  # what a profile has said that was made in this moment


def say(organisation: Organisation, whole: Given, said: queries.Said | None = None) -> None:
    """Make numbers, terms and links those of the profile, inside its transaction. Rows that are right already stay.

    `said` is what it has there now, where that is known.
    """
    said = said or queries.said_by(organisation)
    _set_numbers(organisation, said.numbers, numbers_of(whole))
    _set_terms(
        organisation, {(scheme, code) for scheme, codes in said.terms.items() for code in codes}, terms_of(whole)
    )
    _set_links(organisation, said.links, links_of(whole))
    db.session.flush()


def _set_numbers(organisation: Organisation, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    gone = [scheme for scheme, value in before.items() if after.get(scheme) != value]
    if gone:
        db.session.execute(
            sa.delete(Identifier).where(
                Identifier.organisation_id == organisation.id, Identifier.scheme.in_(gone), sa.not_(Identifier.retired)
            )
        )
    new = [
        {"organisation_id": organisation.id, "scheme": scheme, "value": value}
        for scheme, value in after.items()
        if before.get(scheme) != value
    ]
    if new:
        db.session.execute(sa.insert(table(Identifier)), new)


def _set_terms(organisation: Organisation, before: set[tuple[str, str]], after: set[tuple[str, str]]) -> None:
    rows = OrganisationTerm
    for scheme, code in sorted(before - after):
        db.session.execute(
            sa.delete(rows).where(rows.organisation_id == organisation.id, rows.scheme == scheme, rows.code == code)
        )
    new = [
        {"organisation_id": organisation.id, "scheme": scheme, "code": code} for scheme, code in sorted(after - before)
    ]
    if new:
        db.session.execute(sa.insert(table(OrganisationTerm)), new)


def _set_links(organisation: Organisation, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    gone = [kind for kind, url in before.items() if after.get(kind) != url]
    if gone:
        db.session.execute(sa.delete(Link).where(Link.organisation_id == organisation.id, Link.kind.in_(gone)))
    new = [
        {"organisation_id": organisation.id, "kind": kind, "url": url}
        for kind, url in after.items()
        if before.get(kind) != url
    ]
    if new:
        db.session.execute(sa.insert(table(Link)), new)
