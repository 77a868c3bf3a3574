"""The shape of what people send about projects."""

from functools import cache
from typing import Unpack

from portal.face.forms import (
    ChoiceField,
    Form,
    Given,
    RowField,
    SelectField,
    TextField,
    Versioned,
    choices,
    length,
    required,
)
from portal.membership.queries import networks_of
from portal.merging.forms import LONGEST, OtherForm
from portal.projects.fields import NEW, PROJECT, Section
from portal.projects.models import PartnerStatus, Project
from portal.words.i18n import _l, endonyms


class NewProjectForm(Form):
    """A new project, all in one language."""

    fields = NEW
    language = SelectField(_l("Language of these texts"), choices=[], validators=[required(_l("Choose the language."))])

    def __init__(self, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        self.language.choices = choices(endonyms())


class EditProjectForm(Versioned):
    """A section of a card as it is. That of `WHAT` has the networks of the organisation to choose from."""

    network: RowField

    @classmethod
    def of(cls, project: Project, section: Section) -> "EditProjectForm":
        form = _section_form(section).on(project, project.title.original)
        if "network" in form:
            names = {one.id: one.name for one in networks_of([project.organisation_id])[project.organisation_id]}
            if project.network is not None:
                names.setdefault(project.network.id, project.network.name)
            shown = [(str(number), name.shown()) for number, name in names.items()]
            form.network.choices = choices([("", _l("none")), *shown])
        return form


@cache
def _section_form(section: Section) -> type[EditProjectForm]:
    return type("EditProjectForm", (EditProjectForm,), {"fields": section.fields})


class TranslateProjectForm(Versioned):
    """The texts of a card in another language."""

    fields = PROJECT.texts


class PartnerForm(OtherForm):
    """Which organisation is a partner, by the address of its profile."""

    other = TextField(
        _l("Address of its profile"), [required(_l("Paste the address of the profile.")), length(LONGEST)]
    )


class BringBackForm(Versioned):
    """An earlier version of a card is brought back, over the one that was looked at."""


class AnswerPartnershipForm(Form):
    """Whether an organisation agrees to be named."""

    answer = ChoiceField(
        _l("May the card name your organisation as a partner?"),
        [required(_l("Choose an answer."))],
        choices=lambda: choices(
            [
                (PartnerStatus.ACCEPTED, _l("Yes. The name leads to our profile.")),
                (PartnerStatus.REFUSED, _l("No. The name is taken off the card at once.")),
            ]
        ),
    )
