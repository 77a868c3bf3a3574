"""Fields with answers to choose from: lists, buttons, boxes."""

from collections.abc import Iterable

import wtforms
from markupsafe import Markup
from wtforms.fields import SelectChoice as SelectChoice  # type: ignore[attr-defined]  # its stubs are those of 3.2
from wtforms.fields.choices import SelectFieldBase
from wtforms.validators import ValidationError

from portal.face.forms.fields import Worded
from portal.face.forms.validators import Words
from portal.words.i18n import Shown, _l


def choices(pairs: Iterable[tuple[str, Markup | Words | Shown]]) -> list[SelectChoice]:
    """Choices of a field from (value, label) pairs; in a list a Shown says its language."""
    return [_choice(str(value), label) for value, label in pairs]


def _choice(value: str, label: Markup | Words | Shown) -> SelectChoice:
    if isinstance(label, Shown):
        return SelectChoice(
            value=value, label=label.text, render_kw={"lang": label.lang} if label.is_fallback else None
        )
    return SelectChoice(value=value, label=label)


class _Chosen(Worded, wtforms.SelectField):
    """Our own words for a value that is not among the choices."""

    choices: list[SelectChoice] | None
    unknown = _l("Choose one of the answers.")

    def pre_validate(self, form: object) -> None:
        allowed = {str(choice.value) for choice in self.choices or []}
        chosen = self.data if isinstance(self.data, list) else [self.data]
        if any(str(value) not in allowed for value in chosen if value not in (None, "")):
            raise ValidationError(str(self.unknown))


def _no_none(value: object) -> str:
    return "" if value is None else str(value)


def _number(value: object) -> int | None:
    """-1, which no row has, for whatever is no number."""
    text = _no_none(value)
    return None if not text else int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class _List(wtforms.widgets.Select):
    """Says `required` only where the first choice is the empty one: HTML allows it nowhere else, and there it is idle."""

    def __call__(self, field: SelectFieldBase, **kwargs: object) -> Markup:
        first = next(iter(field.iter_choices()), None)
        if first is not None and first[0] != "":
            kwargs["required"] = False
        return super().__call__(field, **kwargs)


class SelectField(_Chosen):
    """One of many, as a list; a form that was sent without it has said nothing, which is an empty text."""

    widget = _List()
    how = {"coerce": _no_none, "validate_choice": True}

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data is None:
            self.data = ""


class RowField(_Chosen):
    """A row of the database by its number, as a list; None where the first answer, the empty one, is chosen."""

    widget = _List()
    how = {"coerce": _number, "validate_choice": True}


class ChoiceField(_Chosen, wtforms.RadioField):
    """One of few, as radio buttons; nothing chosen is an empty text."""

    how = {"coerce": _no_none, "validate_choice": True}


class MultiChoiceField(_Chosen, wtforms.SelectMultipleField):
    """Any of several, as boxes to tick; the data is a list of texts."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()
    how = {"coerce": _no_none, "validate_choice": True}
