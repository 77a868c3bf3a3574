"""The answers that can be chosen: their codes stay, their words are in each language, and one can be offered no longer."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from portal.ground import clock
from portal.ground.errors import Refusal
from portal.questions import queries
from portal.questions.fields import MOST_OPTIONS
from portal.questions.models import Option, Question
from portal.questions.services.conditions import ANSWER_NEEDED
from portal.words.i18n import Localized, _l, _ln

TOO_FEW = _l("Enter at least two answers to choose from.")
NO_WORDS = _l("Enter the words of this answer, or mark it as no longer offered.")
TWICE = _l("Two answers have the same words.")


def offer(session: Session, question: Question, words: Sequence[str], language: str) -> None:
    """Offer further answers, after those that there are."""
    known = queries.options_of(question.id)
    for number, text in enumerate(filter(None, words), start=len(known) + 1):
        option = Option(question_id=question.id, code=f"o{number}", position=number, text=Localized.of(language, text))
        session.add(option)
    session.flush()


def copy(session: Session, question: Question, other: Question) -> None:
    """Offer the answers of one question in another one too, by the same codes."""
    for one in queries.options_of(question.id):
        given = {"code": one.code, "position": one.position, "text": one.text, "retired_at": one.retired_at}
        session.add(Option(question_id=other.id, **given))
    session.flush()


def write(session: Session, question: Question, words: Mapping[str, str], language: str) -> None:
    """New words in one language, original or translation, for answers that there are."""
    for option in queries.options_of(question.id):
        if option.code in words:
            option.text = option.text.with_text(language, words[option.code])
    session.flush()


def withdraw(session: Session, question: Question, codes: Collection[str]) -> None:
    """Offer exactly these no longer; those that are not named are offered."""
    for option in queries.options_of(question.id):
        if option.code not in codes:
            option.retired_at = None
        elif option.retired_at is None:
            option.retired_at = clock.now()
    session.flush()


def are_reworded(question: Question, words: Mapping[str, str]) -> bool:
    """Would these words, in the original language, say something else than people have chosen?"""
    return any(
        option.text.source != words[option.code]
        for option in queries.options_of(question.id)
        if option.code in words and option.retired_at is None
    )


def faults(
    words: Mapping[str, str], withdrawn: Collection[str], added: Sequence[str], needed: Collection[str] = ()
) -> list[Refusal]:
    """What is wrong with the answers of a question in its original language, each at its field."""
    offered = {f"option_{code}": text for code, text in words.items() if code not in withdrawn}
    offered |= {f"new_{number}": text for number, text in enumerate(added, start=1) if text}
    found = [Refusal(NO_WORDS, field=name) for name, text in offered.items() if not text]
    if len(offered) < 2:
        found.append(Refusal(TOO_FEW, field="new_1"))
    if len(words) + len([text for text in added if text]) > MOST_OPTIONS:
        sentence = _ln("Offer at most %(n)s answer.", "Offer at most %(n)s answers.", MOST_OPTIONS)
        found.append(Refusal(sentence, field="new_1"))
    seen = list(offered.values())
    found += [
        Refusal(TWICE, field=name)
        for place, (name, text) in enumerate(offered.items())
        if text and text in seen[:place]
    ]
    return found + [Refusal(ANSWER_NEEDED, field=f"retire_{code}") for code in sorted(set(needed) & set(withdrawn))]
