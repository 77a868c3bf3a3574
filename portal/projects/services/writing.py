"""Writing a card: new, section by section, in another language."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from portal.accounts.models import Person
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import transaction
from portal.ground.errors import Refusal, check_version
from portal.membership.queries import networks_of
from portal.organisations.models import Organisation
from portal.projects import queries
from portal.projects.amounts import CENT, MOST
from portal.projects.fields import MOST_PARTNERS, PRACTICE_PARTS, PROJECT
from portal.projects.history import PROJECT_HISTORY
from portal.projects.models import Project, ProjectState
from portal.projects.policies import Permission
from portal.projects.services import pictures
from portal.projects.services.documents import forget_documents
from portal.projects.services.evidence import forget_evidence
from portal.projects.services.locking import locked_project, reindex
from portal.projects.services.states import PROJECTS
from portal.revisions import services as revisions
from portal.words.fields import Given
from portal.words.i18n import _l, _ln
from portal.words.slugs import again_when_taken, free_slug

MONEY = (("cost", "cost_currency"), ("subsidy", "subsidy_currency"))


@again_when_taken
def create_project(
    *, organisation: Organisation, language: str, by: Person | Portal, **values: object
) -> Project:  # fmt: skip
    """A draft of the card of a project, with some fields of PROJECT, all texts in one language."""
    given = _checked(PROJECT.given_new(values))
    with transaction() as session:
        demand(Permission.CREATE, organisation, by=by)
        project = Project(
            slug=free_slug(given.text("title"), Project.slug, fallback="project"),
            organisation_id=organisation.id, state=PROJECTS.born(ProjectState.DRAFT),
            **PROJECT.new(given, language),
        )  # fmt: skip
        _check_network(project, given)
        session.add(project)
        session.flush()
        revisions.begin(PROJECT_HISTORY, project, by=by)
        audit.record("project.created", project, actor=by)
    return project


def update_project(project: Project, *, version: int, by: Person | Portal, **values: object) -> None:
    """Write some fields of the card anew, texts in their original language; the others stay as they are.

    Raises Refusals with all that is to be corrected, and Stale when somebody else saved since `version` was read.
    """
    written = PROJECT.where(lambda field: field.name in values)
    given = _checked(written.given(values))
    with transaction():
        project = locked_project(project.id)
        demand(Permission.EDIT, project, by=by)
        language = project.title.original
        check_version(project, version, written.read(project, language))
        _check_network(project, given)
        _check_records(project, given)
        with revisions.noting(PROJECT_HISTORY, project, by=by):
            written.write(project, given, language)
        reindex(project)
        audit.record("project.changed", project, actor=by)


def translate_project(project: Project, *, version: int, language: str, by: Person | Portal, **texts: object) -> None:
    """Set the texts in a language that is not the original one; an empty text removes the translation."""
    given = PROJECT.texts.given(texts)
    with transaction():
        project = locked_project(project.id)
        demand(Permission.TRANSLATE, project, by=by)
        check_version(project, version, PROJECT.texts.read(project, language))
        with revisions.noting(PROJECT_HISTORY, project, by=by):
            PROJECT.texts.translate(project, given, language)
        reindex(project)
        audit.record("project.translated", project, detail={"language": language}, actor=by)


def delete_project(project: Project, *, by: Person | Portal) -> None:
    """Delete a draft for good. Refuses what is or was public: that is taken off the site and kept."""
    with transaction() as session:
        project = locked_project(project.id)
        if project.state != ProjectState.DRAFT:
            raise Refusal(_l("Only drafts can be deleted. A public card can be taken off the site."))
        demand(Permission.DELETE, project, by=by)
        audit.record("project.deleted", project, detail={"title": project.title.as_json()}, actor=by)
        revisions.remove(PROJECT_HISTORY, project.id)
        pictures.forget_pictures(project.id)
        forget_documents(project.id)
        forget_evidence(project.id)
        session.flush()
        session.delete(project)


def _checked(given: Given) -> Given:
    """The values, each amount as it will be read again: 100 and 100.00 are no change."""
    given.check(*_faults(given))
    amounts = {name: given[name] for name, _currency in MONEY if isinstance(given.get(name), Decimal)}
    return given.replaced({name: cast(Decimal, value).quantize(CENT) for name, value in amounts.items()})


def _faults(given: Given) -> list[Refusal]:
    """What a section says against itself. Each rule looks at fields of one section, which come together."""
    found = [*_period(given)]
    for amount, currency in MONEY:
        found += _money(given, amount, currency)
    if not found and {"cost", "subsidy"} <= given.keys():
        found += _larger(given)
    if "practice" in given:
        found += _practice(given)
    if "other_partners" in given and len(given.text("other_partners").splitlines()) > MOST_PARTNERS:
        found.append(Refusal(_l("Enter at most 30 partners, one in a line."), field="other_partners"))
    return found


def _practice(given: Given) -> list[Refusal]:
    """Without a title nobody finds it, and a title alone helps nobody."""
    has_parts = any(given[field.name] for field in PRACTICE_PARTS)
    if has_parts and not given["practice"]:
        return [Refusal(_l("Give the good practice a title: by it others find it."), field="practice")]
    if given["practice"] and not given["practice_done"]:
        return [Refusal(_l("Write what you did, so that others can do it too."), field="practice_done")]
    return []


def _period(given: Mapping[str, object]) -> list[Refusal]:
    first, last = given.get("starts_on"), given.get("ends_on")
    if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
        return [Refusal(_l("The project would end before it begins. Choose a later last day."), field="ends_on")]
    return []


def _money(given: Given, amount: str, currency: str) -> list[Refusal]:
    if amount not in given:
        return []
    value = cast("Decimal | None", given[amount])
    if value is None:
        without = _l("Enter the amount, or take its currency away.")
        return [Refusal(without, field=amount)] if given[currency] else []
    found = []
    if not 0 <= value <= MOST or value != round(value, 2):
        found.append(Refusal(_l("Enter an amount of at least 0, with at most two decimals."), field=amount))
    if not given[currency]:
        found.append(Refusal(_l("Choose the currency of this amount."), field=currency))
    return found


def _larger(given: Given) -> list[Refusal]:
    """Two amounts are compared only where both are of one currency."""
    cost, subsidy = (cast("Decimal | None", given[name]) for name, _currency in MONEY)
    if cost is None or subsidy is None or given["cost_currency"] != given["subsidy_currency"] or subsidy <= cost:
        return []
    return [Refusal(_l("The grant would be larger than the whole cost. Check both amounts."), field="subsidy")]


def _check_records(project: Project, given: Given) -> None:
    """What is written down stays within the period."""
    if "starts_on" not in given:
        return
    outside = queries.records_outside(project.id, cast(dt.date, given["starts_on"]), cast(dt.date, given["ends_on"]))
    if outside:
        words = _ln(
            "%(n)s record lies outside this period. Change its day first, or choose a longer period.",
            "%(n)s records lie outside this period. Change their days first, or choose a longer period.",
            outside,
        )  # fmt: skip
        given.check(Refusal(words, field="ends_on"))


def _check_network(project: Project, given: Given) -> None:
    number = given.number("network") if "network" in given else None
    if number is None or (number == project.network_id and project.id is not None):
        return
    if number not in {one.id for one in networks_of([project.organisation_id])[project.organisation_id]}:
        given.check(Refusal(_l("Choose a network that the organisation is a member of."), field="network"))
