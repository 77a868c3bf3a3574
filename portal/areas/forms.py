"""Places in a form: looked for by words, chosen among what was found."""

import re
from collections.abc import Iterable, Mapping, Sequence

from flask import request
from markupsafe import Markup

from portal.areas import queries
from portal.areas.words import Place
from portal.face.forms import Form, TextField
from portal.ground.errors import Refusal
from portal.ground.sentences import Sentence
from portal.words.i18n import _l

CODE = re.compile(r"[A-Z0-9-]{1,12}")  # of an area
LOOKED_UP = 100  # codes that come from a browser: more than anybody could have ticked
NOTHING = _l("No place is called so. Check the spelling, or type the beginning of the name only.")
Looked = tuple[TextField, set[str | None], Sequence[Place]]  # words, what was chosen, what they found


class LookingForm(Form):
    """A form in which places are looked for. Whatever was found or chosen stays among the answers, so one can look again
    and again before saving."""

    @property
    def looked(self) -> Sequence[Looked]:
        """Each field of words with what came of it; a form that looks for nothing has none."""
        return ()

    def nothing(self, words: TextField) -> Sentence:
        """What is said of words that found nothing."""
        return NOTHING

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
        for words, chosen, found in self.looked:
            if words.errors or not words.data:
                continue
            if not found:
                self.refuse(Refusal(self.nothing(words), field=words.name))
            elif not self.only_looks and not chosen & {place.code for place in found}:
                self.refuse(Refusal(_l("Choose one of the places found, or empty this field."), field=words.name))
        return not self.errors


def known(codes: Sequence[str]) -> list[Place]:
    """The places of codes; of those that come from a browser no more are looked up than anybody could have ticked."""
    return list(queries.by_codes([code for code in codes[:LOOKED_UP] if CODE.fullmatch(code)]).values())


def answers(places: Iterable[Place]) -> list[tuple[str, Markup]]:
    """Each place once, as choices of a field."""
    return [(place.code, place.words) for place in {place.code: place for place in places}.values()]
