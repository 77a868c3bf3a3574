"""The pages on which a set of questions is built, for the views of those who ask: they say whose it is and who may."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm, Form
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.questions import queries
from portal.questions.forms import edit_form, new_form
from portal.questions.models import Question, QuestionKind
from portal.questions.queries import Asked
from portal.words.i18n import LANGUAGES, Localized, _, current_language

Act = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Building:
    """The questions of one thing, and where its pages are: endpoints and templates of the same names in each feature.

    `shown` is what its templates need beside the questions.
    """

    feature: str
    slug: str
    asked: Callable[[], Sequence[Asked]]
    retired: Callable[[], Sequence[Question]]
    shown: Mapping[str, object]
    kinds: Sequence[QuestionKind] = tuple(QuestionKind)
    has_end: bool = False  # what is asked for ends: see `new_form`

    def url(self, name: str, number: int | None = None, text: str | None = None) -> str:
        """The address of one of its pages, or of a button."""
        return url_for(f"{self.feature}.{name}", slug=self.slug, number=number, text=text)

    def list(self, form: Form) -> Response:
        """All questions in their order, with what refused the last act on one of them."""
        private()
        earlier, retired = Pagination.of_rows(self.retired(), name="earlier")
        return self._page("questions", form=form, questions=self.asked(), retired=retired, earlier=earlier)

    def new(self, add: Act) -> Response:
        """First the choice of a kind, then the form of it."""
        kind = request.args.get("kind", "")
        if kind not in self.kinds:
            return self._page("question_kind", kinds=self.kinds)
        form = new_form(QuestionKind(kind), self.asked(), has_end=self.has_end)
        if form.validate_on_submit():
            with form.refusals():
                values = {**form.values(), "kind": QuestionKind(kind), "language": current_language()}
                add(by=signed_in_person(), **values)
                flash(_("Question added."))
                return self._to_list()
        return self._page("new_question", form=form, kind=kind)

    def edit(self, question: Question, change: Act) -> Response:
        """One question in the language that the address names."""
        language = written_language(question.text)
        form = edit_form(question, language, has_end=self.has_end)
        if form.validate_on_submit():
            with form.refusals():
                change(language=language, by=signed_in_person(), **form.values())
                flash(_("Changes saved."))
                return self._to_list()
        return self._page(
            "edit_question", form=form, question=question, language=language, answered=queries.is_answered(question.id),
            options={option.code: option for option in queries.options_of(question.id)},
        )  # fmt: skip

    def act(self, what: Act, done: str = "") -> Response:
        """Do what a button of the list says; the list again with the reason where it is refused."""
        form = ActionForm()
        if form.validate_on_submit():
            with form.refusals():
                what(by=signed_in_person())
                if done:
                    flash(done)
                return self._to_list()
        return self.list(form)

    def _to_list(self) -> Response:
        return redirect_to(f"{self.feature}.questions", slug=self.slug)

    def _page(self, name: str, **shown: object) -> Response:
        given: dict[str, Any] = {**self.shown, **shown, "building": self, "action": ActionForm()}
        return page(f"{self.feature}/{name}.html", **given)


def written_language(text: Localized) -> str:
    """The language whose texts a form is for: as the address says, else the original one."""
    asked = request.args.get("text")
    return asked if asked in LANGUAGES else text.original
