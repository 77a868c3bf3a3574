"""Other names of an organisation, by which it is found and never shown; and names that another organisation has."""

import re

from portal.accounts.models import Person
from portal.ground import audit, clock
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.errors import Refusal, Refusals
from portal.ground.locks import locked
from portal.organisations import queries
from portal.organisations.models import NameKind, Organisation, OtherName
from portal.organisations.places import town_shown
from portal.organisations.policies import Permission
from portal.organisations.services.confirming import confirmed_by_edit
from portal.organisations.services.fields import EARLIEST_YEAR, disguised
from portal.organisations.services.listing import reindex
from portal.words.i18n import LANGUAGES, LazyString, _l
from portal.words.text import fold

MOST_NAMES = 10
LONGEST_NAME = 200
ENOUGH = _l("A profile has at most ten other names. Remove one that nobody uses any more.")
THERE = _l("The profile has this name already.")


def check_alike(name: str, language: str, *, besides: int | None = None) -> None:
    """Raises Refusal, which can be passed, when another organisation before the public is called so."""
    double = queries.named_alike(name, language, besides=besides)
    if double is None:
        return
    town = LazyString(lambda: town_shown(double.town, double.region).text)
    raise Refusal(
        _l(
            "There is a profile with this name already: %(name)s (%(town)s). If it is yours, ask its people for an "
            "invitation. If it is another organisation, tick the box.",
            name=double.name.source, town=town,
        ),
        field="is_another",
    )  # fmt: skip


def add_name(
    organisation: Organisation, *, by: Person, kind: str, text: str, language: str = "", until_year: int | None = None,
    is_another: bool = False,
) -> OtherName:  # fmt: skip
    """Let the organisation be found by another name. `until_year` is of a former one.

    Raises Refusals with all that is wrong; a name that another organisation has only without `is_another`.
    """
    _check(kind, text, language, until_year)
    if not is_another:
        check_alike(text, language or organisation.name.original, besides=organisation.id)
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.EDIT, current, by=by)
        names = queries.names_of(current)
        if len(names) >= MOST_NAMES:
            raise Refusal(ENOUGH, field="text")
        if fold(text) in {fold(known) for known in (*current.name.texts.values(), *(name.text for name in names))}:
            raise Refusal(THERE, field="text")
        added = OtherName(organisation_id=current.id, kind=kind, text=text, language=language, until_year=until_year)
        session.add(added)
        _edited(current, by)
    return added


def remove_name(name: OtherName, *, by: Person) -> None:
    """Take a name away: the organisation is no longer found by it."""
    with transaction() as session:
        current = locked(Organisation, name.organisation_id)
        demand(Permission.EDIT, current, by=by)
        stored = session.get(OtherName, name.id)
        if stored is not None:
            session.delete(stored)
            _edited(current, by)


def _edited(organisation: Organisation, by: Person) -> None:
    confirmed_by_edit(organisation, editor=by)
    reindex(organisation)
    audit.record("organisation.edited", organisation, detail={"changed": ["names"]}, actor=by)


def _check(kind: str, text: str, language: str, until_year: int | None) -> None:
    faults = []
    if kind not in tuple(NameKind):
        faults.append(Refusal(_l("Choose what kind of name it is."), field="kind"))
    if not text.strip() or len(text) > LONGEST_NAME:
        faults.append(Refusal(_l("Enter the name."), field="text"))
    elif not re.search(r"\w", text):
        faults.append(Refusal(_l("The name needs at least one letter or digit."), field="text"))
    else:
        faults += disguised(text, field="text")
    if language not in ("", *LANGUAGES):
        faults.append(Refusal(_l("Choose from the list."), field="language"))
    if until_year is not None and kind != NameKind.FORMER:
        faults.append(Refusal(_l("Only a former name has a last year. Leave this field empty."), field="until_year"))
    elif until_year is not None and not EARLIEST_YEAR <= until_year <= clock.today("Europe/Sofia").year:
        faults.append(Refusal(_l("Enter a year that has begun, with four digits."), field="until_year"))
    if faults:
        raise Refusals(faults)
