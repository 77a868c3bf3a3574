"""The shape of what coordinators send about frames of funders."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Self

import wtforms

from portal.face.forms import Form, IntegerField, RowField, Versioned, between, choices, optional
from portal.ground.sentences import LazyString
from portal.impact.fields import FRAME, OUTCOME
from portal.impact.indicators import BY_CODE
from portal.impact.models import FrameOutcome
from portal.impact.outputs import MOST, OUTPUTS, Output, Targets
from portal.impact.queries import Feeding
from portal.impact.words import unit_words
from portal.words.i18n import Shown, _
from portal.words.vocabularies import label

PROJECT = "project_"  # and its number: the name of a choice


class FrameForm(Form):
    """Who asks for results, and of which period."""

    fields = FRAME


class FrameEditForm(FrameForm, Versioned):
    """The same, with the version that was read."""


class TranslateFrameForm(Versioned):
    """The texts of a frame in another language, and the rest."""

    fields = FRAME.in_any_language


def _called(output: Output) -> str:
    """What is counted, and in which hour where there are two."""
    indicator = BY_CODE[output.code]
    name, hour = label("indicator", output.code), unit_words(indicator, output.unit)
    return f"{name}, {hour}" if hour and not indicator.unit else name


class OutcomeForm(Form):
    """An outcome, and beside each figure how much of it is asked for; empty: nothing is."""

    fields = OUTCOME

    @property
    def outputs(self) -> Sequence[wtforms.Field]:
        return [self[one.name] for one in OUTPUTS]

    @property
    def targets(self) -> Targets:
        """Those that were given."""
        return {one: self[one.name].data for one in OUTPUTS if self[one.name].data is not None}


for _output in OUTPUTS:
    setattr(OutcomeForm, _output.name, IntegerField(LazyString(_called, _output), [optional(), between(1, MOST)]))


class OutcomeEditForm(OutcomeForm, Versioned):
    """The same, with the version that was read."""


class TranslateOutcomeForm(OutcomeForm, Versioned):
    """The title of an outcome in another language, and the rest."""

    fields = OUTCOME.in_any_language


class FeedingForm(Form):
    """Which outcome each project feeds."""

    @classmethod
    def about(cls, projects: Iterable[Feeding], outcomes: Sequence[FrameOutcome]) -> Self:
        """A choice for each of these projects."""
        offered: list[tuple[str, str | Shown]] = [("", _("none"))]
        offered += [(str(one.id), one.title.shown()) for one in outcomes]
        fields = {
            f"{PROJECT}{one.id}": RowField(one.title.shown().text, choices=choices(offered), default=one.outcome_id)
            for one in projects
        }
        made: type[Self] = type("FeedingOfProjects", (cls,), fields)
        return made()

    @property
    def chosen(self) -> Mapping[int, int | None]:
        """The number of an outcome, or None, by that of a project."""
        return {int(name.removeprefix(PROJECT)): data for name, data in self.values().items()}
