"""The projects of the demo: a finished one with all that a card can say, one that runs, and a draft."""

import datetime as dt
from decimal import Decimal
from typing import Any

from portal.accounts.demo import Cast
from portal.accounts.models import Person
from portal.declaration import Demo
from portal.ground import clock
from portal.ground.db import db
from portal.membership.queries import coordinators, network_by_slug
from portal.organisations.models import Organisation
from portal.organisations.queries import owners_of
from portal.projects.demo.documents import load_documents
from portal.projects.demo.pictures import add_pictures
from portal.projects.demo.records import load_records
from portal.projects.demo.sizes import load_many
from portal.projects.fields import PROJECT
from portal.projects.models import ZONE, Project
from portal.projects.services import (
    accept_partnership,
    ask_partner,
    create_project,
    publish_project,
    refuse_partnership,
    translate_project,
)
from portal.words.content import content, localized
from portal.words.i18n import Localized


def load(cast: Cast) -> None:
    found: dict[str, Project] = {}
    writers: dict[str, Person] = {}
    seconds: dict[str, Person] = {}
    for entry in content(__name__, "projects")["project"]:
        with clock.frozen(clock.now() - dt.timedelta(days=50)):
            project = _project(cast, entry)
            _partners(cast, entry, project)
            add_pictures(project, entry, by=_owner(cast, entry["organisation"]))
            if not entry.get("draft"):
                publish_project(project, by=_owner(cast, entry["organisation"]))
            found[project.slug], writers[project.slug] = project, _owner(cast, entry["organisation"])
            if project.network_id:
                seconds[project.slug] = coordinators(project.network_id)[0]
    with clock.frozen(clock.now() - dt.timedelta(days=2)):
        load_records(found, writers, seconds)
        load_documents(found, writers)


def _owner(cast: Cast, name: str) -> Person:
    """Whoever keeps the profile: the owner of the demo where they do."""
    owners = owners_of(cast.the(Organisation, name))
    return next((one for one in owners if one.id == cast.people["owner"].id), owners[0])


def _project(cast: Cast, entry: dict[str, Any]) -> Project:
    by, texts = _owner(cast, entry["organisation"]), {name: localized(one) for name, one in entry["texts"].items()}
    original = texts["title"].original
    network = network_by_slug(entry.get("network", ""))
    given: dict[str, Any] = {name: text.get(original) for name, text in texts.items()}
    for name in ("areas", "activities", "target_groups", "reach", "other_partners"):
        given |= {name: entry[name]} if name in entry else {}
    project = create_project(
        organisation=cast.the(Organisation, entry["organisation"]), language=original, by=by,
        network=network.id if network else None, starts_on=_day(entry, "starts"), ends_on=_day(entry, "ends"),
        cost=Decimal(entry["cost"]), subsidy=Decimal(entry.get("subsidy", entry["cost"])),
        cost_currency=entry["currency"], subsidy_currency=entry["currency"], **given,
    )  # fmt: skip
    for language in texts["title"].languages:
        if language != original:
            _translated(project, texts, language, by)
    project.slug = entry["slug"]
    cast.keep(project.slug, project)
    db.session.flush()
    return project


def _translated(project: Project, texts: dict[str, Localized], language: str, by: Person) -> None:
    """The texts in another language: those that have been translated."""
    words = {field.name: texts[field.name].get(language) if field.name in texts else "" for field in PROJECT.texts}
    translate_project(project, version=project.row_version, language=language, by=by, **words)


def _day(entry: dict[str, Any], which: str) -> dt.date:
    given: dt.date | None = entry.get(f"{which}_on")
    return given or clock.today(ZONE) + dt.timedelta(days=entry[f"{which}_in_days"])


def _partners(cast: Cast, entry: dict[str, Any], project: Project) -> None:
    by = _owner(cast, entry["organisation"])
    for answer in ("accepted", "refused", "asked"):
        for name in entry.get(answer, []):
            partner = ask_partner(project, cast.the(Organisation, name), by=by)
            if answer == "accepted":
                accept_partnership(partner, by=_owner(cast, name))
            elif answer == "refused":
                refuse_partnership(partner, by=_owner(cast, name))


DEMO = Demo(load=load, enlarge={"projects": load_many})
