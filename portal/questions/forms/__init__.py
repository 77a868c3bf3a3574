"""The forms in which questions are built and answered."""

from portal.questions.forms.answering import AnswersForm, answers_form
from portal.questions.forms.building import (
    QuestionEditForm,
    QuestionForm,
    TranslateQuestionForm,
    edit_form,
    new_form,
)

__all__ = [
    "AnswersForm",
    "QuestionEditForm",
    "QuestionForm",
    "TranslateQuestionForm",
    "answers_form",
    "edit_form",
    "new_form",
]
