"""The shape of what people send about messages."""

from collections.abc import Mapping
from typing import Any, TypeVar, Unpack

import wtforms

from portal.declaration import Words
from portal.face.forms import ChoiceField, Form, Given, HiddenField, SelectField, Versioned, choices, required
from portal.messages.fields import MESSAGE
from portal.messages.queries import Place
from portal.messages.services.writing import NO_AUDIENCE
from portal.words.i18n import LazyString, Localized, Shown, _l, endonyms

BY = "by_"  # before the code of a narrowing, in the name of its field


class _ToAudience(Form):
    """To whom it goes; what can be chosen is said by the thing in whose name it is."""

    audience = ChoiceField(_l("Who gets the message"), [required(NO_AUDIENCE)], choices=[])

    @property
    def narrowing_fields(self) -> list[wtforms.Field]:
        return [field for name, field in self._fields.items() if name.startswith(BY)]

    def values(self) -> dict[str, Any]:
        """The narrowings together, as services take them."""
        found = super().values()
        narrowed = {name.removeprefix(BY): found.pop(name) or "" for name in list(found) if name.startswith(BY)}
        return {**found, "narrowed": narrowed}


A = TypeVar("A", bound=_ToAudience)


def offering(base: type[A], place: Place, narrowed: Mapping[str, str]) -> type[A]:
    """The form with the audiences and narrowings of this place; a narrowing with nothing to choose is left out.
    `narrowed` is what is chosen already: the address may have it, or the draft."""
    lists = {
        one: [(code, _shown(words)) for code, words in one.offered(place.row, narrowed.get(one.code, ""))]
        for one in place.kind.narrowings
    }
    fields: dict[str, object] = {
        f"{BY}{one.code}": SelectField(one.label, choices=choices([("", _l("all of them")), *options]))
        for one, options in lists.items()
        if options
    }
    audiences = choices([(one.code, _shown(one.label)) for one in place.kind.audiences])
    fields["audience"] = ChoiceField(_l("Who gets the message"), [required(NO_AUDIENCE)], choices=audiences)
    return type(base.__name__, (base,), fields)


def _shown(words: Words) -> LazyString | str | Shown:
    return words.shown() if isinstance(words, Localized) else words


def chosen_before(narrowed: Mapping[str, str]) -> dict[str, str]:
    """What the fields of narrowings start with."""
    return {f"{BY}{code}": option for code, option in narrowed.items()}


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
