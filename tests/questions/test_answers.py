"""What is kept of an answer: its type, its language, the words that were read; and nothing that was not asked."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from portal.face import media
from portal.face.media import File, prepare_document, storage
from portal.ground import clock
from portal.ground.db import db
from portal.ground.errors import Conflict, Refusals
from portal.questions import rules, services
from portal.questions.models import AnswerSet
from portal.questions.rules import Kept
from portal.words.i18n import in_language
from tests.factories.events import refreshed
from tests.factories.networks import PDF
from tests.factories.people import make_person
from tests.factories.questions import Form, K

pytestmark = pytest.mark.usefixtures("app")


def test_answers_are_kept_in_their_types_with_the_words_that_were_read() -> None:
    form, person = Form(), make_person()
    asked = {kind: form.ask(kind, f"Pytanie {kind}") for kind in K}
    form.answer(
        {
            asked[K.TEXT].id: "Olga", asked[K.LONG_TEXT].id: "Festyn.\nI kino.", asked[K.CHOICE].id: "o2",
            asked[K.SEVERAL].id: ("o2", "o1"), asked[K.NUMBER].id: Decimal("-12.5"),
            asked[K.DATE].id: dt.date(2026, 2, 28), asked[K.FILE].id: prepare_document(PDF, "Statut.pdf"),
            asked[K.CONSENT].id: True,
        },
        by=person, language="bg",
    )  # fmt: skip
    found = {one.kind: one for one in form.answers.values()}
    assert found[K.TEXT].answer.text == "Olga" and found[K.TEXT].answer.lang == "bg"
    assert [option.code for option in found[K.SEVERAL].chosen] == ["o1", "o2"]
    assert found[K.SEVERAL].answer.text == "Tak\nNie" and found[K.SEVERAL].answer.lang == "pl"
    assert found[K.NUMBER].answer.number == Decimal("-12.50")
    assert found[K.DATE].answer.day == dt.date(2026, 2, 28)
    assert found[K.FILE].answer.text == "Statut.pdf" and found[K.FILE].file is not None
    assert {one.answer.person_id for one in found.values()} == {person.id}
    assert {one.answer.asked for one in found.values()} == {f"Pytanie {kind}" for kind in K}


def test_number_zero_is_an_answer_and_an_unticked_box_is_none() -> None:
    form = Form()
    number, consent = form.ask(K.NUMBER, required=True), form.ask(K.CONSENT)
    form.answer({number.id: Decimal(0), consent.id: False})
    assert form.answers.keys() == {number.id}


def test_consent_keeps_the_exact_words_in_the_language_read_and_their_version() -> None:
    form = Form()
    consent = form.ask(K.CONSENT, "Zgadzam się na zdjęcia.")
    consent = form.change(refreshed(consent), language="bg", text="Съгласен съм със снимките.", hint="")
    form.answer({consent.id: True}, read_in="bg", language="bg")
    given = form.answers[consent.id].answer
    assert (given.text, given.lang, given.asked_version) == ("Съгласен съм със снимките.", "bg", consent.row_version)
    form.change(refreshed(consent), language="bg", text="Съгласна съм.", hint="")
    assert form.answers[consent.id].answer.text == "Съгласен съм със снимките."
    assert rules.value_of(form.answers[consent.id]) is False, "nobody has agreed to the new words"


def test_answer_to_a_question_whose_condition_is_not_met_is_neither_needed_nor_kept() -> None:
    form = Form()
    first = form.ask(K.CHOICE)
    follow = form.ask(K.TEXT, required=True, condition=f"{first.id}:o1")
    last = form.ask(K.TEXT, required=True, condition=f"{first.id}:o2")
    form.answer({first.id: "o2", follow.id: "Tajne.", last.id: "Tak."})
    assert form.answers.keys() == {first.id, last.id}
    with pytest.raises(Refusals) as refused:
        form.answer({first.id: "o1", last.id: "Tak."})
    assert [part.field for part in refused.value.parts] == [f"question_{follow.id}"]
    db.session.rollback()
    form.answer({first.id: "o1", follow.id: "Teraz."})
    assert form.answers.keys() == {first.id, follow.id}, "the answer that no longer applies is gone"


def test_condition_on_a_question_that_does_not_apply_itself_is_not_met() -> None:
    form = Form()
    first = form.ask(K.CONSENT)
    second = form.ask(K.SEVERAL, condition=f"{first.id}:yes")
    third = form.ask(K.TEXT, required=True, condition=f"{second.id}:o1")
    form.answer({first.id: False, second.id: ("o1",)})
    assert not form.answers
    form.answer({first.id: True, second.id: ("o1", "o2"), third.id: "Tak."})
    assert form.answers.keys() == {first.id, second.id, third.id}


def test_everything_wrong_is_told_at_once() -> None:
    form = Form()
    few = form.ask(K.SEVERAL, added=["A", "B", "C"], least_choices=2, most_choices=2)
    short = form.ask(K.LONG_TEXT, most_words=2)
    letters = form.ask(K.TEXT, most_letters=3)
    small = form.ask(K.NUMBER, least=Decimal(5), most=Decimal("7.5"))
    late = form.ask(K.DATE, earliest=dt.date(2026, 1, 1))
    unknown, needed = form.ask(K.CHOICE), form.ask(K.CONSENT, required=True)
    with pytest.raises(Refusals) as refused:
        form.answer({
            few.id: ("o1",), short.id: "jeden dwa trzy", letters.id: "cztery", small.id: Decimal("7.51"),
            late.id: dt.date(2025, 12, 31), unknown.id: "o9", needed.id: False,
        })  # fmt: skip
    with in_language("en"):
        told = {part.field: str(part.reason).replace("\xa0", " ") for part in refused.value.parts}
    assert told == {
        f"question_{few.id}": "Choose at least 2 answers.",
        f"question_{short.id}": "The answer is 1 word too long. Shorten it.",
        f"question_{letters.id}": "The text is 3 characters too long. Shorten it.",
        f"question_{small.id}": "Enter a number from 5 to 7.5.",
        f"question_{late.id}": "Enter a day not earlier than 1 January 2026.",
        f"question_{unknown.id}": "This answer can no longer be chosen. Choose another one.",
        f"question_{needed.id}": "Tick the box. Without this consent the form cannot be sent.",
    }
    assert form.answer_set_id is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (K.TEXT, 12), (K.TEXT, True), (K.CHOICE, ("o1",)), (K.SEVERAL, "o1"), (K.NUMBER, "12"), (K.NUMBER, 1.5),
        (K.DATE, "2026-01-01"), (K.DATE, dt.datetime(2026, 1, 1)), (K.FILE, "x.pdf"), (K.CONSENT, "yes"),
    ],
)  # fmt: skip
def test_value_of_another_type_is_a_fault_of_the_code(kind: K, value: Any) -> None:
    form = Form()
    question = form.ask(kind)
    with pytest.raises(TypeError):
        form.answer({question.id: value})


def test_answer_that_is_not_changed_stays_as_it_was_given() -> None:
    form, first, other = Form(), make_person(), make_person()
    text, number = form.ask(K.TEXT), form.ask(K.NUMBER)
    form.answer({text.id: "Festyn.", number.id: Decimal(3)}, by=first, language="pl")
    form.answer({text.id: "Festyn.", number.id: Decimal(4)}, by=other, language="bg")
    kept = form.answers
    assert (kept[text.id].answer.lang, kept[text.id].answer.person_id) == ("pl", first.id)
    assert (kept[number.id].answer.number, kept[number.id].answer.person_id) == (Decimal(4), other.id)


def test_form_that_was_read_under_other_questions_is_a_conflict() -> None:
    form = Form()
    question = form.ask(K.CHOICE)
    seen = rules.fingerprints(form.asked, "pl")
    form.answer({question.id: "o1"}, seen=seen)
    for outdated in ({}, {question.id: "00000000"}, {**seen, 987654: "00000000"}):
        with pytest.raises(Conflict):
            form.answer({question.id: "o1"}, seen=outdated)
        db.session.rollback()
    form.change(refreshed(question), language="bg", text="Защо?", hint="")
    form.answer({question.id: "o2"}, seen=seen)  # nobody reads Bulgarian here: the words that were read are the same


def test_option_that_is_withdrawn_stays_with_whoever_chose_it() -> None:
    form, other = Form(), Form()
    question = form.ask(K.CHOICE, added=["A", "B", "C"])
    form.answer({question.id: "o3"})
    form.change(refreshed(question), words={"o1": "A", "o2": "B", "o3": "C"}, withdrawn={"o3"})
    form.answer({question.id: "o3"})
    other.set_id = form.set_id
    with pytest.raises(Refusals):
        other.answer({question.id: "o3"})


def test_file_stays_is_replaced_and_goes() -> None:
    form = Form()
    question = form.ask(K.FILE)
    form.answer({question.id: prepare_document(PDF, "a.pdf")})
    first = form.answers[question.id].file
    assert first is not None
    key = first.variants[0]["key"]
    form.answer({question.id: Kept()})
    assert form.answers[question.id].file is not None and storage.get(key) is not None
    form.answer({question.id: prepare_document(PDF, "b.pdf")})
    assert form.answers[question.id].answer.text == "b.pdf" and storage.get(key) is None
    form.answer({})
    assert not form.answers and db.session.scalar(sa.select(sa.func.count(File.id))) == 0


def test_kept_file_that_somebody_took_away_is_missing() -> None:
    form = Form()
    question = form.ask(K.FILE, required=True)
    with pytest.raises(Refusals) as refused:
        form.answer({question.id: Kept()})
    assert refused.value.parts[0].field == f"question_{question.id}"


def test_answers_that_nobody_holds_are_deleted_with_their_files_after_a_day() -> None:
    form = Form()
    question = form.ask(K.FILE)
    form.answer({question.id: prepare_document(PDF, "a.pdf")})
    assert services.remove_unused() == 0
    with clock.frozen(clock.now() + dt.timedelta(days=2)):
        assert services.remove_unused() == 1
    assert db.session.scalar(sa.select(sa.func.count(AnswerSet.id))) == 0
    assert not list(media.storage.stored_keys())
