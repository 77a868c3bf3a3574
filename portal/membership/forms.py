"""The shape of input about networks, applications and reviews."""

from collections.abc import Mapping, Sequence
from typing import TypeVar, Unpack

import wtforms

from portal.face.forms import (
    Check,
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
from portal.membership.fields import NETWORK, QUESTION
from portal.membership.models import Question
from portal.organisations.models import Organisation
from portal.words.i18n import Localized, _l, endonyms
from portal.words.text import in_order

REASON = 4000
ANSWER = 4000


class NetworkForm(Form):
    """What a network says of itself."""

    fields = NETWORK


class NetworkEditForm(NetworkForm, Versioned):
    """The same in its original language, with the version that was read."""


class TranslateNetworkForm(Versioned):
    """The texts of a network in another language, and the rest."""

    fields = NETWORK.in_any_language


class QuestionForm(Form):
    """A question to those who apply."""

    fields = QUESTION


class QuestionEditForm(QuestionForm, Versioned):
    """A question in its original language."""


class TranslateQuestionForm(Versioned):
    """A question in another language."""

    fields = QUESTION.in_any_language


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


class ApplicationForm(Form):
    """The base of the form that `application_form` makes for a network."""

    language = SelectField(_l("Language of the answers"), choices=lambda: choices(endonyms()))

    @property
    def answers(self) -> Mapping[int, str]:
        """The answers by number of the question."""
        return {
            int(name.removeprefix("question_")): field.data or ""
            for name, field in self._fields.items()
            if name.startswith("question_")
        }


class AnswerForm(ApplicationForm, Versioned):
    """The base of the form in which an applicant answers the network."""

    reason = TextArea(
        _l("Answer to the network"), [required(_l("Answer the network in a sentence or two.")), length(REASON)]
    )


A = TypeVar("A", bound=ApplicationForm)


def application_form(
    base: type[A],
    questions: Sequence[Question],
    *,
    organisations: Sequence[Organisation] = (),
    answers: Mapping[int, str] | None = None,
    **given: Unpack[Given],
) -> A:
    """A form with a field for each question of the network, and the choice of the organisation where there is one."""
    fields: dict[str, object] = {}
    if organisations:
        names = in_order([(str(row.id), row.name.shown()) for row in organisations], lambda row: row[1].text)
        fields["organisation_id"] = ChoiceField(
            _l("Organisation that applies"),
            [required(_l("Choose the organisation that applies."))],
            choices=choices(names),
            default=str(organisations[0].id) if len(organisations) == 1 else None,
        )
    for question in questions:
        fields[f"question_{question.id}"] = _answer_field(question, (answers or {}).get(question.id, ""))
    made: type[A] = type(base.__name__, (base,), fields)
    return made(**given)


def _answer_field(question: Question, answer: str) -> wtforms.Field:
    checks: list[Check] = [required(_l("Answer this question."))] if question.required else []
    return TextArea(question.text.shown().text, [*checks, length(ANSWER)], default=answer)
