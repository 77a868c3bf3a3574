"""The forms of what people need: what somebody asks for, and what the access coordinator answers."""

from collections.abc import Sequence

from portal.face.forms import (
    BooleanField,
    ChoiceField,
    Form,
    MultiChoiceField,
    TextArea,
    Versioned,
    choices,
    length,
)
from portal.registration.models import Need, NeedStatus
from portal.registration.needs import GROUPS
from portal.registration.services.needs import MOST_LETTERS
from portal.words.i18n import _l
from portal.words.vocabularies import label

TITLES = {
    "way": _l("Way and place"),
    "language": _l("Seeing and hearing"),
    "materials": _l("Materials"),
    "care": _l("Care, quiet and travel"),
    "meals": _l("Meals"),
}


class NeedsForm(Form):
    """What somebody needs: boxes in groups, anything else in own words, and the consent without which nothing is kept."""

    way = MultiChoiceField(TITLES["way"])
    language = MultiChoiceField(TITLES["language"])
    materials = MultiChoiceField(TITLES["materials"])
    care = MultiChoiceField(TITLES["care"])
    meals = MultiChoiceField(TITLES["meals"])
    note = TextArea(_l("Anything else"), [length(MOST_LETTERS)])
    agrees = BooleanField(_l("I agree that the access coordinator of the event keeps this and reads it"))

    @property
    def kinds(self) -> list[str]:
        return [code for name in TITLES for code in self[name].data or ()]


class NeedsOfSomebodyForm(NeedsForm):
    """The same for whoever calls, without what is there already: that only the access coordinator reads."""

    agrees = BooleanField(_l("The person agrees that the access coordinator of the event keeps this and reads it"))


def needs_form(known: Sequence[Need], kind: type[NeedsForm] = NeedsForm) -> NeedsForm:
    """The form with what was asked for before."""
    kinds = {need.kind for need in known}
    given: dict[str, object] = {name: [code for code in GROUPS[name] if code in kinds] for name in TITLES}
    given["note"] = next((need.note or "" for need in known if need.kind == "other"), "")
    form = kind(data=given)
    for name in TITLES:
        boxes = form[name]
        assert isinstance(boxes, MultiChoiceField)
        boxes.choices = choices([(code, label("access_need", code)) for code in GROUPS[name]])
    return form


class NeedAnswerForm(Versioned):
    """What is being done about one need."""

    state = ChoiceField(
        _l("How far it is"),
        choices=choices(
            [
                (one.value, label("need_status", one))
                for one in NeedStatus
                if one not in (NeedStatus.ASKED, NeedStatus.CONFIRMED)
            ]
        ),
    )
    how = TextArea(_l("How it is arranged, or what is offered instead"), [length(MOST_LETTERS)])
