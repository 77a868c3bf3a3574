"""Building a set of questions: kinds, options, conditions, order; and no answer under other words than it was given to."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.questions import queries, services
from portal.questions.fields import FIELDS
from portal.questions.models import Answer, AnswerChoice, Condition, Option, Question, QuestionKind
from portal.questions.services import conditions, options
from portal.words.i18n import LANGUAGES
from portal.words.vocabularies import term, vocabulary
from tests.factories.events import refreshed
from tests.factories.questions import Form, K

pytestmark = pytest.mark.usefixtures("app")


def test_kinds_are_those_of_the_vocabulary_the_fields_and_the_database() -> None:
    assert [entry.code for entry in vocabulary("question_kind")] == list(QuestionKind) == list(FIELDS)
    for kind in QuestionKind:
        assert all(term("question_kind", kind).labels[language] for language in LANGUAGES)
    form = Form()
    for kind in QuestionKind:
        form.ask(kind)
    assert [one.kind for one in form.asked] == list(QuestionKind)
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(sa.update(Question).values(kind="riddle"))


LIMITS: list[dict[str, Any]] = [
    {"kind": "text", "most_choices": 2, "least_choices": 1},
    {"kind": "choice", "most_words": 3, "most_letters": 9},
    {"kind": "number", "least": 5, "most": 4},
    {"kind": "date", "least": 5, "most": 6},
    {"kind": "several", "least_choices": 3, "most_choices": 2},
    {"kind": "text", "most_letters": 0, "most_words": 4},
]


@pytest.mark.parametrize("values", LIMITS, ids=str)
def test_database_refuses_limits_of_another_kind_and_such_that_nothing_keeps_to(values: dict[str, Any]) -> None:
    question = Form().ask(K(values["kind"]))
    limits = {name: value for name, value in values.items() if name != "kind"}
    with pytest.raises(sa.exc.IntegrityError), transaction() as session:
        session.execute(sa.update(Question).where(Question.id == question.id).values(limits))


def test_database_refuses_an_answer_of_another_kind_and_an_option_of_another_question() -> None:
    form = Form()
    number, choice, other = form.ask(K.NUMBER), form.ask(K.CHOICE), form.ask(K.CHOICE, added=["A", "B", "C"])
    form.answer({choice.id: "o1"})
    given = {
        "answer_set_id": form.answer_set_id, "question_id": number.id, "lang": "pl", "asked": "", "asked_lang": "pl",
        "asked_version": 1,
    }  # fmt: skip
    bad: list[Any] = [
        Answer(**given, kind="text", text="dwanaście"),  # the question is one for a number
        Answer(**given, kind="number", text="dwanaście"),
        AnswerChoice(answer_set_id=form.answer_set_id, question_id=choice.id, code="o3"),
        Condition(question_id=other.id, on_id=number.id, on_kind="number", code="o1"),
        Condition(question_id=other.id, on_id=choice.id, on_kind="consent", code="yes"),
    ]
    for row in bad:
        with pytest.raises(sa.exc.IntegrityError), transaction() as session:
            session.add(row)
            session.flush()
        db.session.rollback()


def test_all_faults_of_a_choice_are_told_at_once() -> None:
    form = Form()
    with pytest.raises(Refusals) as refused:
        form.ask(K.CHOICE, text="", added=["Tak", "", "Tak"])
    assert {(part.field, part.reason) for part in refused.value.parts} >= {("new_3", options.TWICE)}
    assert "text" in {part.field for part in refused.value.parts}
    with pytest.raises(Refusal) as few:
        form.ask(K.SEVERAL, added=["Tak"])
    assert few.value.reason == options.TOO_FEW
    assert not form.asked


@pytest.mark.parametrize(
    ("kind", "limits", "field"),
    [
        (K.NUMBER, {"least": 9, "most": 3}, "most"),
        (K.SEVERAL, {"least_choices": 2, "most_choices": 1}, "most_choices"),
    ],
)
def test_limits_that_no_answer_keeps_to_are_refused(kind: QuestionKind, limits: dict[str, Any], field: str) -> None:
    from decimal import Decimal

    values = {name: Decimal(value) if kind is K.NUMBER else value for name, value in limits.items()}
    with pytest.raises(Refusal) as refused:
        Form().ask(kind, **values)
    assert refused.value.field == field


def test_condition_is_on_an_earlier_question_of_the_same_set() -> None:
    form, other = Form(), Form()
    first, last = form.ask(K.CHOICE), form.ask(K.CHOICE)
    text, elsewhere = form.ask(K.TEXT), other.ask(K.CHOICE)
    for wanted, reason in {
        f"{last.id}:o1": conditions.LATER,
        f"{first.id}:o1": conditions.CIRCLE,
        f"{elsewhere.id}:o1": conditions.NOT_ASKED,
        f"{text.id}:o1": conditions.NOT_ASKED,
        f"{last.id}:o9": conditions.NOT_ASKED,
        f"{last.id}:yes": conditions.NOT_ASKED,
        "²:o1": conditions.NOT_ASKED,
        "nonsense": conditions.NOT_ASKED,
    }.items():
        with pytest.raises(Refusal) as refused:
            form.change(refreshed(first), condition=wanted)
        assert (refused.value.field, refused.value.reason) == ("condition", reason), wanted
    form.change(refreshed(last), condition=f"{first.id}:o2")
    assert [one.condition and one.condition.code for one in form.asked] == [None, "o2", None]


def test_condition_in_a_circle_is_refused_with_its_sentence() -> None:
    form = Form()
    first, second = form.ask(K.CHOICE), form.ask(K.CONSENT, "Zgadzam się.")
    form.change(second, condition=f"{first.id}:o1")
    third = form.ask(K.CHOICE, condition=f"{second.id}:yes")
    with pytest.raises(Refusal) as refused:
        form.change(refreshed(first), condition=f"{third.id}:o1")
    assert refused.value.reason == conditions.CIRCLE


def test_question_is_not_moved_before_the_one_it_depends_on() -> None:
    form = Form()
    first = form.ask(K.CHOICE)
    second = form.ask(K.TEXT, condition=f"{first.id}:o1")
    for number, direction, reason in (
        (second.id, "up", conditions.NOT_EARLIER),
        (first.id, "down", conditions.NOT_LATER),
    ):
        with pytest.raises(Conflict) as refused:
            services.move(number, direction=direction, by=PORTAL)  # type: ignore[arg-type]
        assert refused.value.reason == reason
        db.session.rollback()
    assert [one.id for one in form.asked] == [first.id, second.id]


def test_what_others_depend_on_is_neither_retired_nor_withdrawn() -> None:
    form = Form()
    first = form.ask(K.CHOICE, added=["A", "B", "C"])
    form.ask(K.TEXT, condition=f"{first.id}:o3")
    with pytest.raises(Conflict) as refused:
        services.retire(first.id, by=PORTAL)
    assert refused.value.reason == conditions.NEEDED
    with pytest.raises(Refusal) as withdrawn:
        form.change(refreshed(first), words={"o1": "A", "o2": "B", "o3": "C"}, withdrawn={"o3"})
    assert (withdrawn.value.field, withdrawn.value.reason) == ("retire_o3", conditions.ANSWER_NEEDED)
    form.change(refreshed(first), words={"o1": "A", "o2": "B", "o3": "C"}, withdrawn={"o1"})
    assert [option.code for option in form.asked[0].options] == ["o2", "o3"]


def test_answered_question_is_retired_and_replaced_when_its_words_change() -> None:
    form = Form()
    old = form.ask(K.CHOICE, "Czy macie salę?")
    follow = form.ask(K.TEXT, condition=f"{old.id}:o2")
    form.answer({old.id: "o2", follow.id: "Szukamy."})
    new = form.change(refreshed(old), text="Czy macie świetlicę?", words={"o1": "Tak", "o2": "Nie"})
    assert new.id != old.id
    assert [one.id for one in form.asked] == [new.id, follow.id]
    assert form.asked[1].condition is not None and form.asked[1].condition.on_id == new.id
    assert form.answers[old.id].question.text.source == "Czy macie salę?"
    assert [option.code for option in form.asked[0].options] == ["o1", "o2"]


def test_answered_option_is_not_reworded_under_its_answers() -> None:
    form = Form()
    old = form.ask(K.CHOICE)
    form.answer({old.id: "o1"})
    new = form.change(refreshed(old), words={"o1": "Nigdy", "o2": "Nie"})
    assert new.id != old.id
    assert [option.text.source for option in form.answers[old.id].chosen] == ["Tak"]
    assert [option.text.source for option in form.asked[0].options] == ["Nigdy", "Nie"]


def test_what_nobody_misreads_is_changed_in_place() -> None:
    form = Form()
    question = form.ask(K.CHOICE)
    form.answer({question.id: "o1"})
    same = form.change(refreshed(question), required=True, words={"o1": "Tak", "o2": "Nie"}, added=["Może"])
    assert same.id == question.id and [option.code for option in form.asked[0].options] == ["o1", "o2", "o3"]
    translated = form.change(refreshed(question), language="bg", text="Защо?", hint="", words={"o1": "Да", "o2": ""})
    assert translated.id == question.id
    assert [option.text.get("bg") for option in queries.options_of(question.id)][:2] == ["Да", ""]


def test_change_of_an_option_alone_makes_an_older_form_stale() -> None:
    form = Form()
    question = form.ask(K.CHOICE)
    number, seen = question.id, question.row_version
    form.change(question, words={"o1": "Tak", "o2": "Nie wiem"})
    db.session.expunge_all()
    with pytest.raises(Conflict):
        services.change(
            number, version=seen, language="pl", by=PORTAL, text="Po co?", hint="", required=False,
            words={"o1": "Tak", "o2": "Nie"},
        )  # fmt: skip


def test_number_of_files_and_questions_is_bounded() -> None:
    form = Form()
    for _number in range(3):
        form.ask(K.FILE)
    with pytest.raises(Refusal):
        form.ask(K.FILE)
    for _number in range(27):
        form.ask(K.TEXT)
    with pytest.raises(Refusal):
        form.ask(K.TEXT)
    assert len(form.asked) == 30


def test_code_of_an_option_is_never_given_again() -> None:
    form = Form()
    question = form.ask(K.SEVERAL, added=["A", "B", "C"])
    words = {"o1": "A", "o2": "B", "o3": "C"}
    form.change(question, words=words, withdrawn={"o3"})
    form.change(refreshed(question), words=words, withdrawn={"o3"}, added=["D"])
    codes = db.session.scalars(sa.select(Option.code).where(Option.question_id == question.id)).all()
    assert sorted(codes) == ["o1", "o2", "o3", "o4"]


def test_condition_is_changed_and_taken_away() -> None:
    form = Form()
    first, second = form.ask(K.CHOICE), form.ask(K.CONSENT, "Zgadzam się.")
    last = form.ask(K.TEXT, condition=f"{first.id}:o1")
    form.change(refreshed(last), condition=f"{second.id}:yes")
    assert [one.condition and one.condition.code for one in form.asked] == [None, None, "yes"]
    form.change(refreshed(last))
    assert form.asked[2].condition is not None, "what is not named stays"
    form.change(refreshed(last), condition="")
    assert [one.condition for one in form.asked] == [None, None, None]


def test_questions_change_places_and_those_at_the_ends_stay() -> None:
    form = Form()
    first, second, third = form.ask(), form.ask(), form.ask()
    services.move(first.id, direction="up", by=PORTAL)
    services.move(third.id, direction="down", by=PORTAL)
    services.move(third.id, direction="up", by=PORTAL)
    assert [one.id for one in form.asked] == [first.id, third.id, second.id]
    services.retire(third.id, by=PORTAL)
    services.retire(third.id, by=PORTAL)
    services.move(third.id, direction="up", by=PORTAL)
    assert [(one.id, one.question.position) for one in form.asked] == [(first.id, 1), (second.id, 2)]
    with pytest.raises(Conflict):
        form.change(refreshed(third))


def test_answers_to_choose_from_are_bounded() -> None:
    with pytest.raises(Refusal) as refused:
        Form().ask(K.SEVERAL, added=[f"Odpowiedź {number}" for number in range(41)])
    assert refused.value.field == "new_1"


def test_question_without_words_is_refused_when_changed() -> None:
    form = Form()
    question = form.ask(K.CONSENT, "Zgadzam się.")
    with pytest.raises(Refusal) as refused:
        form.change(question, text="")
    assert refused.value.field == "text"
