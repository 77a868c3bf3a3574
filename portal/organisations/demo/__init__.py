"""The organisations of the demo: about sixty by hand, all of them drafts until somebody publishes them."""

import datetime as dt
from typing import Any

from portal.accounts.demo import Cast
from portal.accounts.models import Person
from portal.declaration import Demo, DemoPerson
from portal.ground import clock
from portal.ground.db import db
from portal.organisations import services
from portal.organisations.demo.areas import SEATS, WORKS
from portal.organisations.demo.sizes import load_many
from portal.organisations.fields import PROFILE
from portal.organisations.models import Organisation, Role
from portal.organisations.queries import contacts_version
from portal.organisations.services import ContactLine, add_name, create, grant_role, set_areas, translate, update
from portal.words.content import content, localized

KEPT_BY = {  # what the accounts of the demo look after
    "owner": "Stowarzyszenie Pracownia Sąsiedzka",
    "editor": "Клуб „Открита общност“",
    "author": "Stowarzyszenie Pracownia Sąsiedzka",
    "translator": "Fundacja Most nad Dunajem",
    "representative": "Клуб „Открита общност“",
}


def entries() -> list[dict[str, Any]]:
    """What the content says of each organisation; the parts above read there what belongs to them."""
    return [
        entry for name in ("organisations_pl", "organisations_bg") for entry in content(__name__, name)["organisation"]
    ]


def load(cast: Cast) -> None:
    keeper = cast.people["keeper"] = Person(name="Maja Storczyk", email=None, locale="pl")
    db.session.add(keeper)
    db.session.flush()
    for number, entry in enumerate(entries(), start=1):
        with clock.frozen(clock.now() - dt.timedelta(days=405 - 5 * number, hours=number - 1)):
            _organisation(cast, keeper, number, entry)
    for role, name in KEPT_BY.items():
        grant_role(cast.the(Organisation, name), to=cast.people[role], role=Role(role), by=keeper)


def _organisation(cast: Cast, keeper: Person, number: int, entry: dict[str, Any]) -> None:
    name, summary, description = (localized(entry[key]) for key in ("names", "summaries", "descriptions"))
    fields = {
        **PROFILE.nothing,
        "name": name.source,
        "summary": _older(summary.source) if entry.get("outdated") else summary.source,
        "description": description.source,
        "legal_form": entry["form"],
        "town": entry["town"],
        "region": entry["region"],
        "themes": entry["themes"],
        "founded_year": entry.get("founded"),
        **entry.get("says", {}),
    }
    made = create(by=keeper, language=name.original, country=entry["region"][:2], **fields)
    services.set_contacts(
        made, by=keeper, version=contacts_version(made, []), contacts=_contacts(number, name.original, is_group=made.informal),
        contact_form=number != 3, language=name.original,
    )  # fmt: skip
    if number % 5 == 1:
        _people(made, keeper, number, name.original)
    for language in name.languages[1:]:
        texts: dict[str, Any] = {**PROFILE.texts.nothing}
        texts |= {
            "name": name.get(language),
            "summary": summary.get(language),
            "description": description.get(language),
        }
        translate(made, by=keeper, language=language, version=made.row_version, **texts)
    if entry.get("outdated"):
        update(made, by=keeper, version=made.row_version, **{**fields, "summary": summary.source})
    seat, works = SEATS.get(entry["town"], ""), WORKS.get(name.source, ())
    if seat or works:
        set_areas(made, by=keeper, version=made.row_version, seat=seat, works=works)
    for called in entry.get("called", []):
        add_name(made, by=keeper, **called)
    cast.keep(name.source, made)


def _people(made: Organisation, keeper: Person, number: int, language: str) -> None:
    """Two who have agreed, one of them only for people with an account, and one who has not answered."""
    names = {
        "pl": (("Barbara Wierzbicka", "prezeska"), ("Zbigniew Olszak", ""), ("Teresa Modrzew", "skarbniczka")),
        "bg": (("Невена Брезова", "председател"), ("Огнян Ясенов", ""), ("Теменужка Липова", "касиер")),
    }[language]
    for place, ((name, work), kind) in enumerate(zip(names, ("board", "contact", "board"), strict=True)):
        entry = services.list_person(
            made, by=keeper, kind=kind, name=name, work=work, email=f"osoba{number}.{place}@example.org",
            is_public=place == 0, language=language,
        )  # fmt: skip
        if place < 2:
            services.confirm_listed(entry)


def _contacts(number: int, language: str, *, is_group: bool) -> list[ContactLine]:
    """Every second one shows its address to everybody; some have much more to say, and some nothing."""
    address = ContactLine(1, "email", f"kontakt{number}@example.org", ("public", "registered")[(number - 1) % 2])
    if number % 9 == 8:
        return []
    if number % 5 != 1:
        return [address]
    phone, office = ("+359 00 000 00 00", "Всеки делничен ден от 10 до 15 ч.") if language == "bg" else (
        "+48 00 000 00 00", "W dni robocze od 10 do 15",
    )  # fmt: skip
    street = "ул. „Примерна“ 1" if language == "bg" else "ul. Przykładowa 1"
    return [
        address,
        ContactLine(2, "phone", phone, "network", office),
        ContactLine(3, "address", street, "network" if is_group else "registered"),
        ContactLine(4, "email", f"biuro{number}@example.org", "coordinators"),
    ]


def _older(summary: str) -> str:
    """The original as it was when the translations were made: without its last words."""
    return summary.rpartition(" ")[0].rstrip(",.;") + "."


DEMO = Demo(
    people=[
        DemoPerson("owner", "Halina Kretowicz", "pl"),
        DemoPerson("editor", "Яна Вълкова", "bg"),
        DemoPerson("author", "Aleksander Przygodzki", "pl"),
        DemoPerson("translator", "Rosalind Ashby", "en"),
        DemoPerson("representative", "Борис Кънчев", "bg"),
    ],
    load=load,
    enlarge={"organisations": load_many},
)
