"""The shape of input about networks, applications and reviews."""

from collections.abc import Sequence
from typing import Unpack

from portal.face.forms import (
    ChoiceField,
    EmailField,
    Form,
    Given,
    SelectField,
    TextArea,
    Versioned,
    choices,
    email,
    length,
    required,
)
from portal.membership.fields import NETWORK
from portal.membership.models import Network
from portal.organisations.models import Organisation
from portal.questions.forms import AnswersForm, answers_form
from portal.questions.services import Filled
from portal.words.i18n import Localized, _l, endonyms
from portal.words.text import in_order

REASON = 4000


class NetworkForm(Form):
    """What a network says of itself."""

    fields = NETWORK


class NetworkEditForm(NetworkForm, Versioned):
    """The same in its original language, with the version that was read."""


class TranslateNetworkForm(Versioned):
    """The texts of a network in another language, and the rest."""

    fields = NETWORK.in_any_language


class CoordinatorForm(Form):
    email = EmailField(_l("E-mail address of the account"), [required(_l("Enter the e-mail address.")), email()])


class SendForm(Form):
    """Who checks the profile."""

    network_slug = SelectField(_l("Who should check the profile"))

    def __init__(self, networks: Sequence[tuple[str, Localized]], **given: Unpack[Given]) -> None:
        super().__init__(**given)
        team = ("", _l("No network: the portal team"))
        rows = in_order([(slug, name.shown()) for slug, name in networks], lambda row: row[1].text)
        self.network_slug.choices = choices([team, *rows])


class DecisionForm(Versioned):
    """The message to the organisation; which decision it is says the button."""

    reason = TextArea(_l("Message to the organisation"), [length(REASON)])


class ResignForm(Form):
    reason = TextArea(_l("Message to the network"), [length(REASON)])


class ApplicationForm(AnswersForm):
    """The base of the form in which an organisation applies."""

    language = SelectField(_l("Language of the answers"), choices=lambda: choices(endonyms()))

    def filled(self, language: str | None = None) -> Filled:
        """What was answered, in the language that was chosen."""
        return super().filled(language or self.language.data)


class AnswerForm(ApplicationForm, Versioned):
    """The base of the form in which an applicant answers the network."""

    reason = TextArea(
        _l("Answer to the network"), [required(_l("Answer the network in a sentence or two.")), length(REASON)]
    )


def application_form(
    network: Network, organisations: Sequence[Organisation], **given: Unpack[Given]
) -> ApplicationForm:
    """The questions of the network, after the choice of the organisation where there is one."""
    first: dict[str, object] = {}
    if organisations:
        names = in_order([(str(row.id), row.name.shown()) for row in organisations], lambda row: row[1].text)
        first["organisation_id"] = ChoiceField(
            _l("Organisation that applies"),
            [required(_l("Choose the organisation that applies."))],
            choices=choices(names),
            default=str(organisations[0].id) if len(organisations) == 1 else None,
        )
    return answers_form(ApplicationForm, network.question_set_id, first=first, **given)
