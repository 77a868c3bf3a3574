"""The shape of what people send about micro-grants."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Self

import wtforms
from flask import request

from portal.areas import queries as areas
from portal.areas.forms import Looked, LookingForm, answers, known
from portal.areas.words import Place
from portal.face.forms import (
    ChoiceField,
    DecimalField,
    Form,
    MultiChoiceField,
    TextArea,
    TextField,
    Versioned,
    between,
    choices,
    length,
    required,
)
from portal.grants.eligibility import ELSEWHERE, Asked
from portal.grants.fields import CALL, EXTENSION, NEW_CALL, PROGRAMME
from portal.grants.models import Call
from portal.grants.services import read_call
from portal.words.i18n import _l
from portal.words.vocabularies import pairs, vocabulary

MOST_NEEDED = 999_999_999  # of the currency
COUNTRIES = ("PL", "BG")


class ProgrammeForm(Form):
    """What calls of a programme have in common."""

    fields = PROGRAMME


class ProgrammeEditForm(ProgrammeForm, Versioned):
    """The same, with the version that was read."""


class TranslateProgrammeForm(Versioned):
    """The texts of a programme in another language, and the rest."""

    fields = PROGRAMME.in_any_language


class NewCallForm(Form):
    """A call begins with little."""

    fields = NEW_CALL


class CallEditForm(Versioned):
    """A call as it is; the deadline as people write it."""

    fields = CALL

    @classmethod
    def of(cls, call: Call, language: str) -> Self:
        return cls(data={**read_call(call, language), "version": call.row_version})


class TranslateCallForm(CallEditForm, Versioned):
    """The texts of a call in another language, and the rest."""

    fields = CALL.in_any_language


class CallAreasForm(LookingForm, Versioned):
    """Where grants are given: looked for by words, chosen among what was found."""

    words = TextField(_l("Find places"), [length(areas.LONGEST)])
    areas = MultiChoiceField(_l("Where grants are given"))
    found: Sequence[Place]
    is_more: bool

    @classmethod
    def of(cls, call: Call, held: Sequence[Place]) -> Self:
        form = cls(data={"areas": [place.code for place in held], "version": call.row_version})
        form.found, form.is_more = areas.find(form.words.data or "")
        chosen = known(form.areas.data or [])
        form.areas.choices = choices(answers([*known(COUNTRIES), *held, *chosen, *form.found]))
        return form

    @property
    def looked(self) -> Sequence[Looked]:
        return [(self.words, {*(self.areas.data or [])}, self.found)]

    def values(self) -> dict[str, Any]:
        found = super().values()
        return {"version": found["version"], "codes": tuple(found["areas"] or ())}


class CancelForm(Form):
    """Why a call is cancelled."""

    reason = TextArea(_l("Reason"), [required(_l("Say why, in a sentence or two. Everybody reads it.")), length(1000)])


class MayWeForm(wtforms.Form):
    """Three questions to a call. Its answers stand in the address: it stores nothing, so it needs no token and no session."""

    who = ChoiceField(_l("Who would like to apply"), [required(_l("Choose who would like to apply."))])
    place = ChoiceField(_l("Where it is to happen"), [required(_l("Choose where it is to happen."))])
    amount = DecimalField(
        _l("How much you need"),
        [required(_l("Enter how much you need, for example 3000.")), between(1, MOST_NEEDED)],
    )

    @classmethod
    def about(cls, places: Sequence[Place]) -> Self:
        """With the answers of the address."""
        form = cls(request.args)
        form.who.choices = choices(pairs(vocabulary("applicant_kind")))
        form.place.choices = choices(
            [*((place.code, place.words) for place in places), (ELSEWHERE, _l("somewhere else"))]
        )
        return form

    @property
    def is_asked(self) -> bool:
        """Has somebody sent it?"""
        return any(name in request.args for name in self._fields)

    @property
    def asked(self) -> Asked | None:
        """What was asked; None where something is missing, which the fields say then."""
        if not self.is_asked or not self.validate():
            return None
        return Asked(self.who.data or "", self.place.data or "", self.amount.data or Decimal(0))


class ExtensionForm(Form):
    """Until when a call is extended, and why."""

    fields = EXTENSION
