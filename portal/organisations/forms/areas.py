"""Where an organisation has its seat, and where it works."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from markupsafe import Markup

from portal.areas import queries as areas
from portal.areas.models import MUNICIPALITIES
from portal.areas.words import Place
from portal.face.forms import (
    ChoiceField,
    MultiChoiceField,
    TextField,
    Versioned,
    choices,
    length,
)
from portal.ground.errors import Refusal
from portal.ground.sentences import Sentence
from portal.organisations.models import Organisation
from portal.organisations.queries import Areas
from portal.words.i18n import _, _l
from portal.words.vocabularies import label

CODE = re.compile(r"[A-Z0-9-]{1,12}")  # of an area


class AreasForm(Versioned):
    """The municipality of the seat and the places of work, each looked for by words and chosen among what was found.

    Whatever was found or chosen stays among the answers, so one can look again and again before saving.
    """

    seat_words = TextField(_l("Find the municipality of the seat"), [length(areas.LONGEST)])
    seat = ChoiceField(_l("Municipality of the seat"))
    works_words = TextField(_l("Find places where you work"), [length(areas.LONGEST)])
    works = MultiChoiceField(_l("Where you work"))

    @classmethod
    def of(cls, organisation: Organisation, held: Areas) -> "AreasForm":
        start = {"seat": held.seat_code, "works": held.work_codes, "version": organisation.row_version}
        form = cls(data=start)
        form.offer(organisation, held)
        return form

    def offer(self, organisation: Organisation, held: Areas) -> None:
        """Make the answers: what is stored, what was chosen, what the words find; without words what the town finds."""
        town = "" if held.seat or self.is_submitted() else organisation.town
        self.region = label("regions", organisation.region)
        found = areas.find(self.seat_words.data or town, MUNICIPALITIES, inside=organisation.region)
        self.seat_found, self.seat_is_more = found
        self.works_found, self.works_is_more = areas.find(self.works_words.data or "")
        chosen = _places([held.seat_code, self.seat.data or ""])
        only = _("Only town and region, as the profile says")
        self.seat.choices = choices([("", only), *_answers([*chosen, *self.seat_found])])
        chosen = _places([organisation.country, *held.work_codes, *(self.works.data or [])])
        self.works.choices = choices(_answers([*chosen, *self.works_found]))

    @property
    def only_looks(self) -> bool:
        """Was it sent only to look for places? Nothing is stored then."""
        return request.form.get("act") == "look"

    @property
    def shown_status(self) -> int:
        """The status of a page that shows it: as after an error where it was sent and nothing was done."""
        return 422 if self.only_looks else 200

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Words that found nothing, or of which nothing was chosen, are no answer yet."""
        super().validate(extra_validators)
        for words, chosen, found in (
            (self.seat_words, {self.seat.data}, self.seat_found),
            (self.works_words, set(self.works.data or []), self.works_found),
        ):
            if words.errors or not words.data:
                continue
            if not found:
                self.refuse(Refusal(self._nothing(words), field=words.name))
            elif not self.only_looks and not chosen & {place.code for place in found}:
                self.refuse(Refusal(_l("Choose one of the places found, or empty this field."), field=words.name))
        return not self.errors

    def _nothing(self, words: TextField) -> Sentence:
        if words is self.works_words:
            return _l("No place is called so. Check the spelling, or type the beginning of the name only.")
        return _l(
            "No municipality of the region is called so (%(region)s). Check the spelling, or type the beginning only.",
            region=self.region,
        )

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if not name.endswith("_words")}


def _places(codes: Sequence[str]) -> list[Place]:
    """Of the codes that come from a browser no more are looked up than anybody could have ticked."""
    return list(areas.by_codes([code for code in codes[:100] if CODE.fullmatch(code)]).values())


def _answers(places: Sequence[Place]) -> list[tuple[str, Markup]]:
    return [(place.code, place.words) for place in {place.code: place for place in places}.values()]
