"""The networks of the demo: what they ask, who coordinates them, which profiles they check and who is in them."""

import datetime as dt
from typing import Any, TypedDict

from portal.accounts.demo import Cast
from portal.declaration import Demo, DemoPerson
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.membership import queries
from portal.membership.audiences import SENDER
from portal.membership.demo import questions
from portal.membership.demo.sizes import load_many
from portal.membership.findable import document
from portal.membership.models import Membership, Network
from portal.membership.services import (
    accept,
    add_question,
    apply,
    ask_for_more,
    create_network,
    grant_coordinator,
    publish_profile,
    return_profile,
    send_for_review,
    show_address,
)
from portal.messages import services as messages
from portal.messages.queries import Place
from portal.organisations.demo import entries
from portal.organisations.models import Organisation
from portal.tasks import services as tasks
from portal.words import search
from portal.words.content import content, localized
from portal.words.i18n import in_language

LEFT_WAITING = "Stowarzyszenie „Czytanki”"  # awaits review
LEFT_DRAFT = "Fundacja „Nowa Zmiana”"  # returned with a reason
APPLIES = ("Fundacja Most nad Dunajem", "Stowarzyszenie Forum Współpracy Lokalnej")  # applications still open


class Written(TypedDict):
    """A message of the demo."""

    network: str
    audience: str
    days_ago: int
    sent: bool
    subjects: dict[str, str]
    bodies: dict[str, str]


def load(cast: Cast) -> None:
    for entry in content(__name__, "networks")["network"]:
        network = _network(cast, entry)
        for number, question in enumerate(entry.get("question", [])):
            _question(cast, network, question, number)
        grant_coordinator(network.slug, cast.people["coordinator"].email or "", by=cast.people["administrator"])
    for entry in entries():
        _publish(cast, localized(entry["names"]).source)
    _memberships(cast)
    _contacts(cast)
    told = content(__name__, "questions")
    typed = _network(cast, told)
    grant_coordinator(typed.slug, cast.people["coordinator"].email or "", by=cast.people["administrator"])
    questions.load(cast, typed, told)
    for entry in content(__name__, "messages")["message"]:
        _message(cast, entry)


def _message(cast: Cast, entry: Written) -> None:
    """A draft, or a message that was sent some days ago."""
    network, coordinator = queries.network_by_slug(entry["network"]), cast.people["coordinator"]
    assert network is not None
    subject, body = localized(entry["subjects"]), localized(entry["bodies"])
    with clock.frozen(clock.now() - dt.timedelta(days=entry["days_ago"])):
        message = messages.create(
            Place(SENDER, network), audience=entry["audience"], language=subject.original, by=coordinator,
            subject=subject.source, body=body.source,
        )  # fmt: skip
        for language in (code for code in subject.languages if code != subject.original):
            messages.update(
                message, version=message.row_version, language=language, by=coordinator,
                subject=subject.get(language), body=body.get(language),
            )  # fmt: skip
        if entry["sent"]:
            tasks.run_at_once(messages.send(message, version=message.row_version, by=coordinator))


def _network(cast: Cast, entry: dict[str, Any]) -> Network:
    name, summary, description = (localized(entry[key]) for key in ("names", "summaries", "descriptions"))
    network = create_network(
        language=name.original,
        name=name.source,
        summary=summary.source,
        description=description.source,
        timezone=entry["timezone"],
        contact_email=entry["contact"],
        by=cast.people["administrator"],
    )
    network.slug = entry["slug"]
    network.name, network.summary, network.description = name, summary, description
    db.session.flush()
    search.index([document(network)])
    return network


def _question(cast: Cast, network: Network, entry: dict[str, Any], number: int) -> None:
    text = localized(entry["texts"])
    question = add_question(
        network, language=text.original, text=text.source, required=entry["required"], by=cast.people["administrator"]
    )
    question.text = text
    if "hints" in entry:
        question.hint = localized(entry["hints"])
    db.session.flush()


def _publish(cast: Cast, name: str) -> None:
    made, administrator = cast.the(Organisation, name), cast.people["administrator"]
    with clock.frozen(made.created_at):
        # The groups of the demo were there before anybody had to stand behind one.
        review = send_for_review(made, by=PORTAL if made.informal else cast.people["keeper"])
        if name == LEFT_DRAFT:
            reason = "Dopisz, w jakich gminach działa fundacja: bez tego trudno ją znaleźć."
            return_profile(review, reason=reason, version=made.row_version, by=administrator)
        elif name != LEFT_WAITING:
            publish_profile(review, version=made.row_version, by=PORTAL if made.informal else administrator)


def _memberships(cast: Cast) -> None:
    coordinator = cast.people["coordinator"]
    for entry in entries():
        for slug in entry["networks"]:
            membership = _applied(cast, localized(entry["names"]).source, slug)
            with clock.frozen(clock.now() - dt.timedelta(days=30)):
                accept(membership, version=membership.row_version, by=coordinator)
    _first, second = (_applied(cast, name, "siec-sasiedzka") for name in APPLIES)
    ask_for_more(
        second, reason="Napisz, w których gminach działa stowarzyszenie.", version=second.row_version, by=coordinator
    )


def _contacts(cast: Cast) -> None:
    """One network whose page shows the address of whoever coordinates it."""
    network = queries.network_by_slug("siec-sasiedzka")
    assert network is not None
    with in_language("pl"):
        show_address(network, by=cast.people["coordinator"])


def _applied(cast: Cast, name: str, slug: str) -> Membership:
    network, organisation = queries.network_by_slug(slug), cast.the(Organisation, name)
    assert network is not None
    language = organisation.name.original
    asked = next(entry["question"] for entry in content(__name__, "networks")["network"] if entry["slug"] == slug)
    answers = {
        question.id: entry["answers"][language]
        for question, entry in zip(queries.questions_of(network.id), asked, strict=True)
    }
    with clock.frozen(clock.now() - dt.timedelta(days=40)):
        return apply(
            network, organisation_id=organisation.id, answers=answers, language=language, by=cast.people["keeper"]
        )


DEMO = Demo(people=[DemoPerson("coordinator", "Tomir Zalewa", "pl")], load=load, enlarge={"networks": load_many})
