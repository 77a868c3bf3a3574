"""What a call still needs before it can be public."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.grants.models import Call
from portal.grants.queries.calls import area_numbers
from portal.ground.sentences import Sentence
from portal.words.i18n import _l


class Missing(NamedTuple):
    """What a call needs before it can be published: the words for it, and where it is written."""

    words: Sentence
    field: str


def missing(call: Call) -> Sequence[Missing]:
    """All that a call still needs to be public, in the order of its form."""
    needs = (
        (call.summary, _l("What the call is for, in two sentences"), "summary"),
        (call.description, _l("The announcement"), "description"),
        (call.opens_at, _l("From when one can apply"), "opens_at"),
        (call.closes_at, _l("The deadline"), "closes_at"),
        (call.smallest, _l("The smallest grant"), "smallest"),
        (call.largest, _l("The largest grant"), "largest"),
        (call.pool, _l("The money for all grants together"), "pool"),
        (call.applicants, _l("Who may apply"), "applicants"),
        (area_numbers(call.id), _l("Where grants are given"), "areas"),
    )
    return [Missing(words, field) for there, words, field in needs if not there]
