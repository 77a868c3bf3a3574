"""The demo of freshness: one profile that nobody has confirmed for long, one organisation that has ended, and what the
calendar has asked the others."""

import datetime as dt
from typing import Any, NotRequired, TypedDict

from portal.accounts.demo import Cast, opened_before
from portal.accounts.services import follow_unused
from portal.declaration import Demo
from portal.freshness.services import ask_all
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.organisations.fields import PROFILE
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.queries import contacts_version
from portal.organisations.services import ContactLine, change_status, close, create, set_contacts, translate
from portal.organisations.words import ZONE
from portal.words.content import content, localized


class Written(TypedDict):
    """An organisation of the demo; of one that has ended, what it says about it."""

    form: str
    town: str
    region: str
    themes: list[str]
    founded: int
    owner: str
    email: str
    days_ago: int
    names: dict[str, str]
    summaries: dict[str, str]
    closed: NotRequired[str]


def load(cast: Cast) -> None:
    for entry in content(__name__, "organisations")["organisation"]:
        _organisation(cast, entry)
    ask_all()
    follow_unused()  # nobody else manages the profile that is asleep, so its owner's account has to stay


def _organisation(cast: Cast, entry: Written) -> None:
    name, summary = localized(entry["names"]), localized(entry["summaries"])
    owner = opened_before(
        cast, name=entry["owner"], email=entry["email"], locale=name.original, days=entry["days_ago"]
    )  # fmt: skip
    with clock.frozen(clock.now() - dt.timedelta(days=entry["days_ago"])):
        made = create(
            by=owner, language=name.original, country=entry["region"][:2], name=name.source, summary=summary.source,
            legal_form=entry["form"], town=entry["town"], region=entry["region"], themes=entry["themes"],
            founded_year=entry["founded"],
        )  # fmt: skip
        set_contacts(
            made, by=PORTAL, version=contacts_version(made, []), language=name.original, contact_form=True,
            contacts=[ContactLine(1, "email", entry["email"], "public")],
        )  # fmt: skip
        for language in name.languages[1:]:
            texts: dict[str, Any] = {
                **PROFILE.texts.nothing,
                "name": name.get(language),
                "summary": summary.get(language),
            }
            translate(made, by=owner, language=language, version=made.row_version, **texts)
        for step in (OrganisationStatus.PENDING, OrganisationStatus.PUBLISHED):
            change_status(made, step, by=PORTAL)
    if reason := entry.get("closed"):
        close(made, last_day=clock.today(ZONE) - dt.timedelta(days=30), reason=reason, by=owner)
    cast.keep(name.source, db.session.get_one(Organisation, made.id))


DEMO = Demo(load=load)
