"""Sentences of the ground: it refuses in words, and knows no language.

It marks its few sentences with `_l` and `_ln`, as everybody does. What says them in the language of the reader is given by
the room above (`portal.words.i18n`); until then they are English.
"""

from collections.abc import Callable
from typing import Protocol

from flask_babel import speaklater
from markupsafe import Markup, escape

__all__ = ["LazyString", "Sentence", "_l", "_ln", "speak_with"]


class LazyString(speaklater.LazyString):
    """A text that is made when it is shown. On a page it is escaped as every text is, since it may hold words of people;
    that of Flask-Babel passes for markup."""

    def __html__(self) -> Markup:
        return escape(self._func(*self._args, **self._kwargs))


Sentence = LazyString | str  # whole, translatable, for a person to read


class Counting(Protocol):
    """A sentence about a number, in the form that the number wants; `%(n)s` stands for the number."""

    def __call__(self, singular: str, plural: str, n: int) -> str: ...


def _english(singular: str, plural: str, n: int) -> str:
    return (singular if n == 1 else plural) % {"n": n}


_say: Callable[[str], str] = str
_count: Counting = _english


def speak_with(say: Callable[[str], str], count: Counting) -> None:
    """Say the sentences of the ground with these two from now on."""
    global _say, _count
    _say, _count = say, count


def _l(message: str) -> LazyString:
    return LazyString(lambda: _say(message))


def _ln(singular: str, plural: str, n: int) -> LazyString:
    return LazyString(lambda: _count(singular, plural, n))
