"""Every edit form of the portal, opened on a full row: every column filled, every text in all three languages.

`FORMS` has a case for each; the tests beside it fail for an edit form that has none.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.news.services import Cover
from portal.organisations import queries
from portal.organisations import services as organisations
from portal.organisations.fields import PROFILE, SECTIONS, applies
from portal.pages import services as pages
from portal.pages.models import ONLY, Operator
from portal.questions.models import Option, QuestionKind
from portal.words.fields import FieldSet, Kind
from portal.words.i18n import Localized
from tests.factories.areas import load_demo_areas
from tests.factories.documents import make_document
from tests.factories.events import make_coordinator, make_event, make_room, make_session, make_slot, refreshed
from tests.factories.messages import make_message
from tests.factories.networks import make_application, make_network, make_question
from tests.factories.news import make_post
from tests.factories.organisations import make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.pictures import picture
from tests.whole import edits_of_grants, edits_of_projects
from tests.whole.edits_of_registrations import answered_need, own_registration
from tests.whole.full_profile import CONTACTS, SAID
from tests.whole.opened import Opened, filled

LANGUAGES = ("pl", "bg", "en")
TRANSLATED = LANGUAGES[1:]
UNTIL_CANCELLED = frozenset(
    {"cancelled_at", "cancel_reason", "organisation_id", "question_set_id", "invited_only"}
)  # of a network, for everybody


def three(words: str) -> Localized:
    return Localized.of("pl", f"{words} po polsku", bg=f"{words} на български", en=f"{words} in English")


def rich(words: str) -> Localized:
    texts = three(words)
    return Localized.of("pl", f"<p>{texts.get('pl')}</p>", **{n: f"<p>{texts.get(n)}</p>" for n in TRANSLATED})


def full(fields: FieldSet, row: Any) -> dict[str, Any]:
    """A value for each text, number and tick of these fields that says nothing yet in the row."""
    found: dict[str, Any] = {}
    for one in fields:
        if not getattr(row, one.stored) and one.translated:
            found[one.stored] = rich(one.name) if one.kind is Kind.RICH else three(one.name)
        elif not getattr(row, one.stored) and one.choices is None:
            found[one.stored] = {Kind.NUMBER: 1, Kind.YES: True}.get(one.kind, one.name)
    return found


EARLIER = {"contact_email", "contact_phone"}  # columns that nothing writes any more
# What becomes of a profile, and where it came from: no form of a living one writes it.
LATER = {"closed_on", "closed_reason", "dormant_since", "imported_from", "merged_into_id", "released_at"}


def areas() -> Opened:
    load_demo_areas()
    opened = profile("PL", "edit/areas")
    version, by = opened.row.row_version, opened.person
    organisations.set_areas(opened.row, by=by, version=version, seat="102003", works=("PL-10", "RSE04"))
    return replace(opened, row=refreshed(opened.row))


def profile(country: str, page: str, **more: Any) -> Opened:
    person = make_person()
    numbers = {"PL": {"krs": "0000123456", "nip": "5260001246", "regon": "123456785"}, "BG": {"eik": "175074752"}}
    made = make_organisation(
        person, country=country, name="Lipa po polsku", themes=["1", "3"], founded_year=2012,
        website="https://lipa.example.org/a%20b?c=d", contacts=CONTACTS, **numbers[country], **SAID[country],
    )  # fmt: skip
    organisations.set_logo(made, by=person, picture=picture(), alt="Liść", decorative=False)
    texts = {"name": three("Lipa"), "summary": three("Sadzimy drzewa"), "description": rich("Od 2012")}
    asked = PROFILE.where(lambda field: applies(field.name, country, informal=False))
    row = filled(made, **full(asked, made), **texts, logo_alt=three("Liść"))
    assert all(value for name, value in queries.stored(row).items() if applies(name, country, informal=False))
    of_poland = set() if country == "PL" else {"public_benefit", "tax_purpose"}
    empty = frozenset({"informal", "return_reason", *of_poland, *EARLIER, *LATER})
    return Opened(f"organisations/{row.slug}/{page}", row, person, empty, **more)


def event(page: str = "edit") -> Opened:
    network = make_network()
    coordinator = make_coordinator(network)
    row = make_event(
        network, seats=120, title=three("Kongres"), summary=three("Dwa dni"), description=rich("Program"),
        venue=three("Dom Tkacza"), registration_opens_at=clock.now() - dt.timedelta(days=1),
        registration_closes_at=clock.now() + dt.timedelta(days=1), sequence=2, timezone="Europe/Sofia",
        kind="congress", mode="hybrid", participant_roles="participant,speaker", asks_organisation=True,
        approval=True, requests_hold=True, offer_hours=24, max_per_organisation=3, takes_delegations=True,
        max_companions=2, names_due_days=5, role_days={"speaker": 30},
        reminder_days="7,1", reminder_text=three("Weź buty na zmianę"), reconfirm_days=7, reconfirm_releases=True,
        held_until=clock.today("Europe/Sofia") + dt.timedelta(days=900), hold_reason="Umowa o dotację",
        region="BG-24", themes="1,6", languages="pl,bg", access="lift,toilet",
        cost=three("Bezpłatnie"), online_url="https://example.org/sala", online_notes=three("Hasło przyjdzie"),
    )  # fmt: skip
    with transaction() as session:  # to the minute, as the form writes it
        stored = session.get_one(type(row), row.id)
        for name in ("registration_opens_at", "registration_closes_at"):
            setattr(stored, name, getattr(stored, name).replace(second=0, microsecond=0))
    return Opened(f"events/{row.slug}/{page}", refreshed(row), coordinator, UNTIL_CANCELLED)


def room() -> Opened:
    one = event()
    row = filled(make_room(one.row), name=three("Sala Tkaczy"), capacity=20, access="lift,toilet", position=1)
    return Opened(f"events/{one.row.slug}/rooms/{row.id}/edit", row, one.person)


def slot() -> Opened:
    one = event()
    row = filled(make_slot(one.row), name=three("Rano"))
    make_session(one.row, slot=row)
    return Opened(f"events/{one.row.slug}/slots/{row.id}/edit", row, one.person)


def session(page: str = "edit", *, in_slot: bool = True) -> Opened:
    one = event()
    row = make_session(
        one.row, slot=make_slot(one.row) if in_slot else None, room_id=make_room(one.row).id, seats=12,
        title=three("Warsztat"), abstract=three("O czym"), speakers="Ewa Nowak, Jan Kos", languages="pl,uk,pso",
        sequence=3,
    )  # fmt: skip
    empty = frozenset({"cancel_reason"}) | (frozenset() if in_slot else {"slot_id"})
    return Opened(f"events/{one.row.slug}/sessions/{row.id}/{page}", row, one.person, empty)


def post(page: str = "edit") -> Opened:
    person = make_person()
    cover = Cover(data=picture(), alt="Ławka po polsku")
    row = filled(
        make_post(make_organisation(person), by=person, category="good-practice", cover=cover),
        title=three("Ławka"), lead=three("Jak powstała"), body=rich("Rozmowa"), cover_alt=three("Ławka"),
    )  # fmt: skip
    return Opened(f"news/{row.slug}/{page}", row, person, frozenset({"network_id"}))


def document() -> Opened:
    person = make_person()
    organisation = make_organisation(person)
    held = make_document(organisation, person, year=2025, title_pl="a", visibility="network")
    row = filled(held.document, title=three("Sprawozdanie"))
    return Opened(f"organisations/{organisation.slug}/documents/{row.id}/edit", row, person)


def network(language: str) -> Opened:
    coordinator = make_person()
    row = filled(
        make_network(coordinators=(coordinator,), timezone="Europe/Sofia", contact_email="siec@example.org"),
        name=three("Sieć"), summary=three("Razem"), description=rich("Od 2012"),
    )  # fmt: skip
    return Opened(
        f"networks/{row.slug}/edit?text={language}", row, coordinator, frozenset({"logo_id", "question_set_id"})
    )


LIMITS: Mapping[str, dict[str, Any]] = {
    "text": {"most_letters": 60},
    "long-text": {"most_letters": 600, "most_words": 90},
    "several": {"least_choices": 1, "most_choices": 2},
    "number": {"least": Decimal("0.5"), "most": Decimal(20)},
    "date": {"earliest": dt.date(2026, 1, 1), "latest": dt.date(2027, 1, 1)},
}


def question(language: str, kind: str = "long-text", *, required: bool = True) -> Opened:
    """Answered, with all limits of its kind; choices have an answer that is no longer offered."""
    coordinator = make_person()
    asking = make_network(coordinators=(coordinator,))
    first = make_question(asking, kind=QuestionKind.CHOICE)
    more: dict[str, Any] = {"added": ["A", "B", "C"]} if QuestionKind(kind).has_options else {}
    made = make_question(asking, required=required, kind=QuestionKind(kind), condition=f"{first.id}:o1", **more)
    row = filled(made.question, text=three("Po co"), hint=three("Krótko"), **LIMITS.get(kind, {}))
    with transaction() as session:
        for option in session.scalars(sa.select(Option).where(Option.question_id == row.id)):
            option.text = three(option.code)
            option.retired_at = clock.now() if option.code == "o3" else None
    make_application(asking)
    address = f"networks/{asking.slug}/questions/{row.id}?text={language}"
    limits = {name for limits in LIMITS.values() for name in limits} - LIMITS.get(kind, {}).keys()
    empty = {"retired_at", "kept_days", *limits} | (set() if required else {"required"})
    return Opened(address, refreshed(row), coordinator, frozenset(empty))


def answer() -> Opened:
    """Asked for more by the network: the answers that were given stay as they are, in the language that they have."""
    owner, asking = make_person(), make_network(coordinators=(make_person(),))
    for kind in QuestionKind:
        make_question(asking, kind=kind)
    row = make_application(asking, owner=owner, status="more-info")
    steps = frozenset({"membership.status", "membership_event", "outbox_mail", "membership.decided_at"})
    address = f"memberships/{row.id}/answer"
    return Opened(address, row, owner, frozenset({"decided_at"}), {"reason": "Dwanaście."}, steps)


def message(language: str) -> Opened:
    coordinator = make_person()
    asking = make_network(coordinators=(coordinator,))
    row = filled(make_message(asking, coordinator), subject=three("Spotkanie"), body=three("Zapraszamy"))
    not_sent = frozenset({"sent_by", "sent_at", "ended_at", "task_id"})
    return Opened(f"messages/{row.id}/edit?text={language}", row, coordinator, not_sent)


def address_of_registration() -> Opened:
    coordinator = make_person()
    coming = make_event(
        make_network(coordinators=(coordinator,)), max_companions=2, participant_roles="participant,volunteer"
    )
    return own_registration(coming, by=coordinator)


def operator() -> Opened:
    pages.describe_operator(
        name="Fundacja", address="ul. Długa 1", email="a@example.org", phone="+48 1", protection_officer="b@example.org",
        accessibility_contact="Ola", office_access="Winda.", version=-1, by=PORTAL,
    )  # fmt: skip
    row = refreshed(Operator(id=ONLY))
    return Opened("operator", row, make_administrator())


def own_data() -> Opened:
    row = make_person("Wanda Próbna", "Wanda@example.org", locale="bg")
    return Opened("account/details", row, row)


FORMS: Mapping[str, Mapping[str, Callable[[], Opened]]] = {
    "SectionForm": {
        f"{country}-{section.code}": lambda country=country, code=section.code: profile(country, f"edit/{code}")
        for country in ("PL", "BG")
        for section in SECTIONS
    },
    "TranslationForm": {code: lambda code=code: profile("PL", f"translate/{code}") for code in TRANSLATED},
    "ContactsForm": {
        code: lambda code=code: profile("PL", f"edit/contacts?text={code}") for code in ("pl", *TRANSLATED)
    },
    "LogoForm": {"": lambda: profile("PL", "logo", fields={"decorative": None})},
    "AreasForm": {"": areas},
    "EditEventForm": {"": event},
    "EditRoomForm": {"": room},
    "EditSlotForm": {"": slot},
    "EditSessionForm": {"in a slot": session, "own time": lambda: session(in_slot=False)},
    "TranslateEventForm": {code: lambda code=code: event(f"translate?to={code}") for code in TRANSLATED},
    "TranslateSessionForm": {code: lambda code=code: session(f"translate?to={code}") for code in TRANSLATED},
    "DocumentEditForm": {"": document},
    "EditPostForm": {"": post},
    "TranslatePostForm": {code: lambda code=code: post(f"translate?to={code}") for code in TRANSLATED},
    **edits_of_projects.FORMS,
    **edits_of_grants.FORMS,
    "NetworkEditForm": {"": lambda: network("pl")},
    "TranslateNetworkForm": {code: lambda code=code: network(code) for code in TRANSLATED},
    "QuestionEditForm": {
        "not required": lambda: question("pl", required=False),
        **{str(kind): lambda kind=kind: question("pl", kind) for kind in QuestionKind},
    },
    "TranslateQuestionForm": {
        f"{kind}-{code}": lambda code=code, kind=kind: question(code, kind)
        for code in TRANSLATED
        for kind in ("long-text", "several", "number", "consent")
    },
    "EditMessageForm": {"": lambda: message("pl")},
    "TranslateMessageForm": {code: lambda code=code: message(code) for code in TRANSLATED},
    "AnswerForm": {"": answer},
    "ChangeForm": {
        "": lambda: own_registration(
            make_event(max_companions=2, participant_roles="participant,volunteer", asks_organisation=True)
        )
    },
    "AddressForm": {"": address_of_registration},
    "NeedAnswerForm": {"": answered_need},
    "PeriodsForm": {"": lambda: event("kept/periods")},
    "HoldForm": {"": lambda: event("kept/hold")},
    "OperatorForm": {"": operator},
    "PersonForm": {"": own_data},
}
