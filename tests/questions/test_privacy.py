"""Answers are handed out to whoever gave them, and forgotten: those about a person wholly, those of an organisation unnamed."""

import io
import json
import zipfile
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from portal import privacy
from portal.accounts import services as accounts
from portal.accounts.queries import subject
from portal.face.media import File, prepare_document, storage
from portal.ground.db import db
from portal.questions.models import Answer, AnswerSet, QuestionKind
from tests.factories.networks import PDF, make_application, make_network, make_question
from tests.factories.organisations import make_member, make_organisation
from tests.factories.people import make_person
from tests.factories.questions import Form

K = QuestionKind
pytestmark = pytest.mark.usefixtures("app")


def handed_out(person: Any) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(b"".join(privacy.archive(subject(person))))) as packed:
        return {name: json.loads(packed.read(name)) for name in packed.namelist() if name.endswith(".json")}


def test_answers_are_handed_out_with_the_questions_and_readable() -> None:
    form, person, other = Form(), make_person(), make_person()
    choice, number = form.ask(K.CHOICE, "Czy macie salę?"), form.ask(K.NUMBER, "Ile osób?")
    form.answer({choice.id: "o2", number.id: Decimal("12.5")}, by=person)
    files = handed_out(person)
    told = {row["asked"]: (row["text"], row["number"]) for row in files["answer.json"]}
    assert told == {"Czy macie salę?": ("Nie", None), "Ile osób?": ("", "12.5")}
    assert len(files["answer_set.json"]) == 1
    assert "answer.json" not in handed_out(other)


def test_answers_about_a_person_go_with_them_and_their_files() -> None:
    form, person = Form(), make_person()
    text, file = form.ask(K.TEXT), form.ask(K.FILE)
    document = prepare_document(PDF, "zaświadczenie.pdf")
    form.answer({text.id: "Jem bezglutenowo.", file.id: document}, by=person, personal=True)
    accounts.erase_person(person.id, by=person)
    db.session.rollback()
    for model in (Answer, AnswerSet, File):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 0
    assert storage.get(document.key) is None


def test_answers_of_an_organisation_stay_and_name_nobody() -> None:
    owner, network = make_person(), make_network()
    make_question(network)
    make_question(network, kind=K.FILE)
    organisation, second = make_organisation(owner), make_person()
    make_application(network, organisation, owner)
    make_member(organisation, "owner", second)
    accounts.erase_person(owner.id, by=owner)
    db.session.rollback()
    assert {row.person_id for row in db.session.scalars(sa.select(Answer))} == {None}
    assert {row.person_id for row in db.session.scalars(sa.select(AnswerSet))} == {None}
    assert len(db.session.scalars(sa.select(Answer)).all()) == 2
