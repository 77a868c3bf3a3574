"""May we apply? What the rules of a call say to four questions, each with the rule behind the answer, before anybody asks for
an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.areas.words import Place
from portal.grants import words
from portal.grants.models import Call, CallPhase, CallStatus
from portal.words.i18n import _, formats
from portal.words.vocabularies import label

ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who would apply (a code of `applicant_kind`), where it happens (the code of an area, or ELSEWHERE), for how much."""

    who: str
    place: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Answer:
    """Does it fit, and the rule in words; `places` end the sentence."""

    fits: bool
    words: str
    places: Sequence[Place] = ()


def answers(call: Call, places: Sequence[Place], asked: Asked) -> Sequence[Answer]:
    """To who, where, how much and until when, in this order; of a public call, which says all of it."""
    return [_who(call, asked.who), _where(places, asked.place), _how_much(call, asked.amount), _when(call)]


def _who(call: Call, who: str) -> Answer:
    if who in call.who:
        return Answer(True, _("This call is for: %(who)s.", who=label("applicant_kind", who)))
    return Answer(False, _("This call is only for: %(who)s.", who=words.applicants(call)))


def _where(places: Sequence[Place], code: str) -> Answer:
    chosen = [one for one in places if one.code == code]
    if chosen:
        return Answer(True, _("Grants are given for what happens here:"), chosen)
    return Answer(False, _("Grants are given only for what happens here:"), places)


def _how_much(call: Call, amount: Decimal) -> Answer:
    assert call.smallest is not None and call.largest is not None
    most, least = (formats.money(one, call.currency) for one in (call.largest, call.smallest))
    if amount > call.largest:
        return Answer(
            False, _("One grant is at most %(most)s. Ask for less, or pay the rest from other money.", most=most)
        )
    if amount < call.smallest:
        return Answer(False, _("One grant is at least %(least)s. Ask for more, or plan something larger.", least=least))
    return Answer(True, _("One grant is %(range)s.", range=words.amount(call)))


def _when(call: Call) -> Answer:
    if call.status == CallStatus.CANCELLED:
        return Answer(False, _("The call is cancelled and takes no applications."))
    if call.phase == CallPhase.OPEN:
        return Answer(True, _("Applications are taken until: %(moment)s.", moment=words.deadline(call)))
    if call.phase == CallPhase.ANNOUNCED:
        return Answer(True, _("Applications are taken later, from: %(moment)s.", moment=words.opening(call)))
    return Answer(False, _("The deadline has passed: %(moment)s.", moment=words.deadline(call)))
