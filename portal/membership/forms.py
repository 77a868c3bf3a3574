"""The shape of input about networks, applications and reviews."""

from collections.abc import Mapping, Sequence
from typing import Any

import wtforms
from markupsafe import Markup

from portal.face.forms import (
    BooleanField,
    ChoiceField,
    EditorArea,
    EmailField,
    Form,
    SelectField,
    TextArea,
    TextField,
    Versioned,
    choices,
    email,
    length,
    optional,
    required,
)
from portal.membership.models import Network, Question
from portal.organisations.models import Organisation
from portal.words.i18n import ENDONYMS, LANGUAGES, Localized, _l

REASON = 4000
ANSWER = 4000
ZONES = (("Europe/Warsaw", _l("Warsaw time")), ("Europe/Sofia", _l("Sofia time")))


def in_its_language(name: Localized) -> Markup | str:
    """A name as the label of a choice, marked where it is in another language than the page."""
    shown = name.shown()
    if not shown.is_fallback:
        return shown.text
    return Markup('<span lang="{}">{}</span>').format(shown.lang, shown.text)


class NetworkForm(Form):
    name = TextField(_l("Name of the network"), [required(_l("Enter the name of the network.")), length(200)])
    summary = TextArea(_l("The network in one or two sentences"), [length(500)])
    description = EditorArea(_l("About the network"), [length(40_000)])
    contact_email = EmailField(_l("Contact e-mail address"), [optional(), email(), length(320)])
    timezone = SelectField(_l("Time zone of events"), choices=choices(ZONES))


class NetworkEditForm(NetworkForm, Versioned):
    """The texts of a network in one language; only the original needs a name."""

    name = TextField(_l("Name of the network"), [length(200)])


class QuestionForm(Form):
    text = TextField(_l("Question"), [required(_l("Enter the question.")), length(500)])
    hint = TextField(_l("Help with the answer"), [length(500)])
    required = BooleanField(_l("The answer is needed"), default=True)


class QuestionEditForm(QuestionForm, Versioned):
    """A question in one language; only the original needs its words."""

    text = TextField(_l("Question"), [length(500)])


class CoordinatorForm(Form):
    email = EmailField(_l("E-mail address of the account"), [required(_l("Enter the e-mail address.")), email()])


class SendForm(Form):
    """Who checks the profile."""

    network_slug = ChoiceField(_l("Who should check the profile"))

    def __init__(self, networks: Sequence[Network], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        rows: list[tuple[str, Any]] = [(network.slug, in_its_language(network.name)) for network in networks]
        self.network_slug.choices = choices([*rows, ("", _l("No network: the portal team"))])


class DecisionForm(Versioned):
    """The message to the organisation; which decision it is says the button."""

    reason = TextArea(_l("Message to the organisation"), [length(REASON)])


class ResignForm(Form):
    reason = TextArea(_l("Message to the network"), [length(REASON)])


class ApplicationForm(Form):
    """The base of the form that `application_form` makes for a network."""

    language = SelectField(_l("Language of the answers"), choices=choices((code, ENDONYMS[code]) for code in LANGUAGES))

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


def application_form(
    base: type[ApplicationForm],
    questions: Sequence[Question],
    *,
    organisations: Sequence[Organisation] = (),
    answers: Mapping[int, str] | None = None,
    **kwargs: Any,
) -> ApplicationForm:
    """A form with a field for each question of the network, and the choice of the organisation where there is one."""
    fields: dict[str, Any] = {}
    if organisations:
        fields["organisation_id"] = ChoiceField(
            _l("Organisation that applies"),
            [required(_l("Choose the organisation that applies."))],
            choices=choices((str(row.id), in_its_language(row.name)) for row in organisations),
            default=str(organisations[0].id) if len(organisations) == 1 else None,
        )
    for question in questions:
        fields[f"question_{question.id}"] = _answer_field(question, (answers or {}).get(question.id, ""))
    made: type[ApplicationForm] = type(base.__name__, (base,), fields)
    return made(**kwargs)


def _answer_field(question: Question, answer: str) -> wtforms.Field:
    checks: list[Any] = [required(_l("Answer this question."))] if question.required else []
    return TextArea(question.text.shown().text, [*checks, length(ANSWER)], default=answer)
