"""The shape of what people send about messages."""

from typing import Unpack

from portal.declaration import Sender
from portal.face.forms import ChoiceField, Form, Given, HiddenField, SelectField, Versioned, choices, required
from portal.messages.fields import MESSAGE
from portal.messages.services.writing import NO_AUDIENCE
from portal.words.i18n import _l, endonyms


class _ToAudience(Form):
    """To whom it goes; what can be chosen is said by the kind of sender."""

    audience = ChoiceField(_l("Who gets the message"), [required(NO_AUDIENCE)], choices=[])

    def offer(self, kind: Sender) -> None:
        """Let one of the audiences of this kind be chosen."""
        self.audience.choices = choices([(one.code, one.label) for one in kind.audiences])  # type: ignore[misc]


class NewMessageForm(_ToAudience):
    """A new message in one language."""

    fields = MESSAGE
    language = SelectField(_l("Language of the message"), choices=[], validators=[required(_l("Choose the language."))])

    def __init__(self, **given: Unpack[Given]) -> None:
        super().__init__(**given)
        self.language.choices = choices(endonyms())


class EditMessageForm(_ToAudience, Versioned):
    """The words in their original language, and to whom they go."""

    fields = MESSAGE


class TranslateMessageForm(Versioned):
    """The words in another language."""

    fields = MESSAGE.in_any_language


class SendForm(Form):
    """The button, with the version of the words that were read."""

    version = HiddenField()
