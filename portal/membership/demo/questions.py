"""The network of the demo that asks a question of every kind, and who has answered them, in three languages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from portal.accounts.demo import Cast
from portal.face.media import prepare_document
from portal.ground import clock
from portal.ground.db import db
from portal.membership import queries, services
from portal.membership.models import Network
from portal.organisations.models import Organisation
from portal.questions import queries as asking
from portal.questions.models import AGREED, Question, QuestionKind
from portal.questions.queries import Asked
from portal.questions.rules import Value
from portal.words.content import localized

NOT_LIMITS = {"kind", "texts", "hints", "options", "after", "required"}
PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def load(cast: Cast, network: Network, told: dict[str, Any]) -> None:
    """Its questions with all their words, and the applications."""
    for entry in told["question"]:
        _question(cast, network, entry)
    for entry in told["application"]:
        _application(cast, network, entry)


def _question(cast: Cast, network: Network, entry: dict[str, Any]) -> None:
    kind, text = QuestionKind(entry["kind"]), localized(entry["texts"])
    options = [localized(words) for words in entry.get("options", [])]
    limits = {name: _number(kind, value) for name, value in entry.items() if name not in NOT_LIMITS}
    made: Question = services.add_question(
        network, kind=kind, language=text.original, text=text.source, required=entry.get("required", True),
        added=[option.source for option in options], condition=_after(network, entry), by=cast.people["administrator"],
        **limits,
    )  # fmt: skip
    made.text = text
    made.hint = localized(entry["hints"]) if "hints" in entry else None
    for option, words in zip(asking.options_of(made.id), options, strict=True):
        option.text = words
    db.session.flush()


def _after(network: Network, entry: dict[str, Any]) -> str:
    if "after" not in entry:
        return ""
    place, answer = entry["after"]
    on = queries.questions_of(network.id)[place - 1]
    return f"{on.id}:{on.options[answer - 1].code if answer else AGREED}"


def _number(kind: QuestionKind, value: object) -> object:
    return Decimal(str(value)) if kind is QuestionKind.NUMBER else value


def _application(cast: Cast, network: Network, entry: dict[str, Any]) -> None:
    asked = queries.questions_of(network.id)
    values = {one.id: _value(one, given) for one, given in zip(asked, entry["answers"], strict=True)}
    with clock.frozen(clock.now() - dt.timedelta(days=3)):
        services.apply(
            network, organisation_id=cast.the(Organisation, entry["organisation"]).id, answers=values,
            language=entry["language"], by=cast.people["keeper"],
        )  # fmt: skip


def _value(one: Asked, given: Any) -> Value:
    if given == "":
        return None
    match one.kind:
        case QuestionKind.NUMBER:
            return Decimal(given)
        case QuestionKind.SEVERAL:
            return tuple(given)
        case QuestionKind.FILE:
            return prepare_document(PAGE, given)
        case _:
            return given  # type: ignore[no-any-return]
