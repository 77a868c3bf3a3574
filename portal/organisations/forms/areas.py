"""Where an organisation has its seat, and where it works."""

from collections.abc import Sequence
from typing import Any

from portal.areas import queries as areas
from portal.areas.forms import NOTHING, Looked, LookingForm, answers, known
from portal.areas.models import MUNICIPALITIES
from portal.face.forms import ChoiceField, MultiChoiceField, TextField, Versioned, choices, length
from portal.ground.sentences import Sentence
from portal.organisations.models import Organisation
from portal.organisations.queries import Areas
from portal.words.i18n import _, _l
from portal.words.vocabularies import label


class AreasForm(LookingForm, Versioned):
    """The municipality of the seat and the places of work, each looked for by words and chosen among what was found."""

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
        chosen = known([held.seat_code, self.seat.data or ""])
        only = _("Only town and region, as the profile says")
        self.seat.choices = choices([("", only), *answers([*chosen, *self.seat_found])])
        chosen = known([organisation.country, *held.work_codes, *(self.works.data or [])])
        self.works.choices = choices(answers([*chosen, *self.works_found]))

    @property
    def looked(self) -> Sequence[Looked]:
        return [
            (self.seat_words, {self.seat.data}, self.seat_found),
            (self.works_words, {*(self.works.data or [])}, self.works_found),
        ]

    def nothing(self, words: TextField) -> Sentence:
        if words is self.works_words:
            return NOTHING
        return _l(
            "No municipality of the region is called so (%(region)s). Check the spelling, or type the beginning only.",
            region=self.region,
        )

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if not name.endswith("_words")}
