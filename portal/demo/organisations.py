"""The organisations of the demo: about sixty by hand, and as many more as a test of size wants."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.demo.cast import Cast
from portal.demo.content import content
from portal.demo.networks import localized
from portal.ground import clock
from portal.ground.db import db
from portal.membership import queries as membership_queries
from portal.membership.services import accept, apply, ask_for_more, publish_profile, return_profile, send_for_review
from portal.organisations.models import Organisation, OrganisationStatus, Role
from portal.organisations.services import BulkRow, bulk_create, create, grant_role, translate, update
from portal.words.i18n import Localized

LEFT_WAITING = "Stowarzyszenie „Czytanki”"  # awaits review
LEFT_DRAFT = "Fundacja „Nowa Zmiana”"  # returned with a reason
APPLIES = ("Fundacja Most nad Dunajem", "Stowarzyszenie Forum Współpracy Lokalnej")  # applications still open
KEPT_BY = {  # what the accounts of the demo look after
    "owner": "Stowarzyszenie Pracownia Sąsiedzka",
    "editor": "Клуб „Открита общност“",
    "author": "Stowarzyszenie Pracownia Sąsiedzka",
    "translator": "Fundacja Most nad Dunajem",
    "representative": "Клуб „Открита общност“",
}


def load(cast: Cast) -> None:
    keeper = Person(name="Maja Storczyk", email=None, locale="pl")
    db.session.add(keeper)
    db.session.flush()
    entries = [*content("organisations_pl")["organisation"], *content("organisations_bg")["organisation"]]
    for number, entry in enumerate(entries):
        with clock.frozen(clock.now() - dt.timedelta(days=400 - 5 * number, hours=number)):
            _organisation(cast, keeper, entry)
    for role, name in KEPT_BY.items():
        grant_role(cast.organisations[name], to=cast.people[role], role=Role(role), by=keeper)
    _memberships(cast, keeper)


def _organisation(cast: Cast, keeper: Person, entry: dict[str, Any]) -> None:
    name, summary, description = (localized(entry[key]) for key in ("names", "summaries", "descriptions"))
    fields = {
        "name": name.source,
        "summary": _older(summary.source) if entry.get("outdated") else summary.source,
        "description": description.source,
        "legal_form": entry["form"],
        "town": entry["town"],
        "region": entry["region"],
        "themes": entry["themes"],
        "founded_year": entry.get("founded"),
        "website": "",
        "contact_email": f"kontakt{len(cast.organisations) + 1}@example.org",
        "contact_phone": "",
        "contact_visibility": ("public", "registered")[len(cast.organisations) % 2],
    }
    made = create(by=keeper, language=name.original, country=entry["region"][:2], **fields)
    for language in name.languages[1:]:
        translate(
            made,
            by=keeper,
            language=language,
            version=made.row_version,
            name=name.get(language),
            summary=summary.get(language),
            description=description.get(language),
        )
    if entry.get("outdated"):
        update(made, by=keeper, version=made.row_version, **{**fields, "summary": summary.source})
    cast.organisations[name.source] = made
    cast.networks_of[name.source] = entry["networks"]
    _publish(cast, keeper, made, name.source)


def _older(summary: str) -> str:
    """The original as it was when the translations were made: without its last words."""
    return summary.rpartition(" ")[0].rstrip(",.;") + "."


def _publish(cast: Cast, keeper: Person, made: Organisation, name: str) -> None:
    review = send_for_review(made, by=keeper)
    if name == LEFT_WAITING:
        return
    administrator = cast.people["administrator"]
    if name == LEFT_DRAFT:
        reason = "Dopisz, w jakich gminach działa fundacja: bez tego trudno ją znaleźć."
        return_profile(review, reason=reason, version=made.row_version, by=administrator)
        return
    publish_profile(review, version=made.row_version, by=administrator)


def _memberships(cast: Cast, keeper: Person) -> None:
    coordinator = cast.people["coordinator"]
    for name, slugs in cast.networks_of.items():
        for slug in slugs:
            membership = _applied(cast, keeper, name, slug)
            with clock.frozen(clock.now() - dt.timedelta(days=30)):
                accept(membership, version=membership.row_version, by=coordinator)
    _first, second = (_applied(cast, keeper, name, "siec-sasiedzka") for name in APPLIES)
    ask_for_more(
        second, reason="Napisz, w których gminach działa stowarzyszenie.", version=second.row_version, by=coordinator
    )


def _applied(cast: Cast, keeper: Person, name: str, slug: str) -> Any:
    network = membership_queries.network_by_slug(slug)
    assert network is not None
    language = cast.organisations[name].name.original
    words = {"pl": "Działamy razem z sąsiadami od kilku lat.", "bg": "Работим заедно със съседите си от години."}
    answers = {question.id: words[language] for question in membership_queries.questions_of(network.id)}
    with clock.frozen(clock.now() - dt.timedelta(days=40)):
        return apply(
            network, organisation_id=cast.organisations[name].id, answers=answers, language=language, by=keeper
        )


# --- a directory of any size -------------------------------------------------------------------------------------------

_FIRST = {
    "pl": ("Stowarzyszenie", "Fundacja", "Koło", "Towarzystwo", "Klub"),
    "bg": ("Сдружение", "Фондация", "Читалище", "Клуб"),
}
_SECOND = {
    "pl": ("Ziemi", "Przyjaciół", "Sąsiadów", "Pamięci", "Doliny", "Źródła", "Młodych", "Żurawia", "Łąki", "Ścieżki"),
    "bg": ("на съседите", "за промяна", "Извор", "Бъдеще", "на приятелите", "Щъркел", "Липа", "Пътека", "Жар", "Люляк"),
}
_FORMS = {
    "pl": ("pl-assoc", "pl-foundation", "pl-kgw", "pl-informal"),
    "bg": ("bg-assoc-public", "bg-found-public", "bg-chitalishte", "bg-informal"),
}


def load_many(size: int, seed: int) -> int:
    """Publish made-up organisations until there are `size`; returns how many were added. The same seed, the same rows."""
    published = db.session.scalar(sa.select(sa.func.count()).where(Organisation.status == OrganisationStatus.PUBLISHED))
    db.session.rollback()
    missing = max(0, size - int(published or 0))
    return bulk_create(_rows(missing, seed)) if missing else 0


def _rows(count: int, seed: int) -> Iterator[BulkRow]:
    chance = random.Random(seed)  # noqa: S311  (a repeatable demo, no secret)
    places = [
        (e["town"], e["region"]) for n in ("organisations_pl", "organisations_bg") for e in content(n)["organisation"]
    ]
    began = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    for number in range(count):
        town, region = chance.choice(places)
        language = "pl" if region.startswith("PL") else "bg"
        name = f"{chance.choice(_FIRST[language])} {chance.choice(_SECOND[language])} {number + 1}"
        summary = {"pl": f"Działamy na miejscu: {town}.", "bg": f"Работим на място: {town}."}[language]
        yield BulkRow(
            name=Localized.of(language, name),
            summary=Localized.of(language, summary),
            description=Localized.of(language, f"<p>{summary}</p>"),
            legal_form=chance.choice(_FORMS[language]),
            town=town,
            region=region,
            themes=tuple(sorted(chance.sample([str(theme) for theme in range(1, 13)], 2), key=int)),
            published_at=began + dt.timedelta(minutes=number),
        )
