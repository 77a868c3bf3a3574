"""Facts: what a lower feature did, told to the features above it within the same transaction.

A service announces a frozen dataclass; the answers stand in the declarations of the features (`portal.features`), in
ladder order. An answer works in the running transaction, or raises a Refusal, and then nothing of the use-case happens.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask

from portal.ground.appvar import AppVar
from portal.ground.db import in_transaction
from portal.ground.sentences import Sentence

Answer = Callable[[Any], None]
Answers = Sequence[tuple[type, Answer]]
# What a feature says beforehand about a fact that is about to happen: sentences for whoever is about to do it.
Preview = Callable[[Any], Sequence[Sentence]]
Previews = Sequence[tuple[type, Preview]]
ANSWERS: AppVar[Mapping[type, Sequence[Answer]]] = AppVar("answers")
_PREVIEWS: AppVar[Previews] = AppVar("previews")


def join_answers(app: Flask, answers: Answers, previews: Previews = ()) -> None:
    """Keep the tables of facts with answers and previews; the same answer twice does not start."""
    joined: dict[type, list[Answer]] = {}
    for fact, answer in answers:
        known = joined.setdefault(fact, [])
        if answer in known:
            raise RuntimeError(f"Answer declared twice: {fact.__name__} x {answer.__name__}")
        known.append(answer)
    ANSWERS.set(app, joined)
    _PREVIEWS.set(app, tuple(previews))


def announce(fact: object) -> None:
    """Tell the features above what was done, inside the transaction that did it. Raises what an answer refuses."""
    if not in_transaction():
        raise RuntimeError("A fact belongs to the transaction that made it")
    for answer in ANSWERS.get().get(type(fact), ()):
        answer(fact)


def preview(fact: object) -> list[Sentence]:
    """Whom a fact would touch, in sentences; empty when nobody. Reads only, inside or outside of a transaction."""
    return [sentence for kind, tell in _PREVIEWS.get() if kind is type(fact) for sentence in tell(fact)]
