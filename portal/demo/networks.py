"""The networks of the demo, what they ask, and who coordinates them."""

from typing import Any

from portal.demo.cast import Cast
from portal.demo.content import content
from portal.ground.db import db
from portal.membership.documents import index_network
from portal.membership.models import Network, Question
from portal.membership.services import add_question, create_network, grant_coordinator
from portal.words.i18n import Localized


def localized(texts: dict[str, str]) -> Localized:
    """A text of a content file: its first language is the original."""
    (language, words), *others = texts.items()
    return Localized.of(language, words, **dict(others))


def load(cast: Cast) -> None:
    for entry in content("networks")["network"]:
        network = _network(cast, entry)
        for number, question in enumerate(entry.get("question", [])):
            _question(cast, network, question, number)
        grant_coordinator(network.slug, cast.people["coordinator"].email or "", by=cast.people["administrator"])


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
    index_network(network)
    return network


def _question(cast: Cast, network: Network, entry: dict[str, Any], number: int) -> None:
    text = localized(entry["texts"])
    question: Question = add_question(
        network, language=text.original, text=text.source, required=entry["required"], by=cast.people["administrator"]
    )
    question.text = text
    if "hints" in entry:
        question.hint = localized(entry["hints"])
    db.session.flush()
