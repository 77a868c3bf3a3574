"""What networks asked and were answered in 0.1.0 is there as typed questions, on both engines and whoever wrote it when."""

import json
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from portal.ground import migrations
from portal.ground.backup import archive
from portal.ground.db import db, transaction
from portal.membership import queries, services
from portal.membership.models import EarlierAnswer, EarlierQuestion, Membership, Network
from portal.questions.models import Answer, AnswerSet, Question
from portal.words.i18n import Localized
from tests.factories.networks import current, make_application, make_network
from tests.factories.people import make_person
from tests.support.releases import RELEASES, kept, restored


def rows_of(release: str, name: str, directory: Path) -> list[dict[str, object]]:
    """The rows of a table as the code of the release backed them up."""
    with archive.opened(kept(release, directory)) as opened:
        return [json.loads(line) for line in opened.part(f"tables/{name}.jsonl")]


def test_questions_and_answers_of_0_1_0_are_carried_over_whole(app: Flask, tmp_path: Path) -> None:
    restored(app, RELEASES[0], tmp_path)
    old = db.session.scalars(sa.select(EarlierQuestion).order_by(EarlierQuestion.id)).all()
    assert old and len(old) == len(rows_of(RELEASES[0], "network_question", tmp_path))
    networks = {row.id: row.question_set_id for row in db.session.scalars(sa.select(Network))}
    for one in old:
        new = db.session.get_one(Question, one.question_id)
        assert (new.text, new.hint, new.required, new.position) == (one.text, one.hint, one.required, one.position)
        assert (new.kind, new.retired_at, new.question_set_id) == (
            "long-text",
            one.retired_at,
            networks[one.network_id],
        )
    given = db.session.scalars(sa.select(EarlierAnswer)).all()
    assert given and len(given) == db.session.scalar(sa.select(sa.func.count()).select_from(Answer))
    by_number = {one.id: one for one in old}
    for answer in given:
        membership = db.session.get_one(Membership, answer.membership_id)
        (found,) = [
            one
            for one in queries.answers_of(answer.membership_id)
            if one.question.id == by_number[answer.question_id].question_id
        ]
        assert (found.answer.text, found.answer.lang) == (answer.text, answer.lang)
        assert found.answer.asked == by_number[answer.question_id].text.source
        assert found.answer.answered_at == membership.applied_at


def test_network_that_asked_nothing_gets_no_set(app: Flask, tmp_path: Path) -> None:
    restored(app, RELEASES[0], tmp_path)
    asking = set(db.session.scalars(sa.select(EarlierQuestion.network_id)))
    sets = {row.id for row in db.session.scalars(sa.select(Network)) if row.question_set_id is not None}
    assert sets == asking
    assert services.carry_over() == 0, "the migration has carried everything"


def test_what_an_old_node_wrote_meanwhile_is_carried_once(app: Flask) -> None:
    owner = make_person()
    network = make_network()
    membership = make_application(network, owner=owner)
    with transaction() as session:
        text = Localized.of("pl", "Co wnosicie?", bg="С какво идвате?")
        session.add(EarlierQuestion(network_id=network.id, position=1, text=text, required=True))
        session.flush()
        number = session.scalars(sa.select(EarlierQuestion.id)).one()
        session.add(EarlierAnswer(membership_id=membership.id, question_id=number, text="Namiot.", lang="pl"))
    assert services.carry_over() == 2
    assert services.carry_over() == 0
    (found,) = queries.answers_of(membership.id)
    assert (found.answer.text, found.answer.person_id, found.question.text) == ("Namiot.", owner.id, text)
    assert [one.question.text for one in queries.questions_of(network.id)] == [text]
    assert current(membership).answer_set_id == db.session.scalars(sa.select(AnswerSet.id)).one()


def test_downgrade_gives_the_tables_of_before_back(app: Flask, tmp_path: Path) -> None:
    config = restored(app, RELEASES[0], tmp_path)
    with migrations.opened(config) as connection:
        before = connection.scalar(sa.text("SELECT count(*) FROM membership_answer"))
    migrations.downgrade(config, "7d1e40c2")
    with migrations.opened(config) as connection:
        assert not sa.inspect(connection).has_table("question")
        assert "answer_set_id" not in {one["name"] for one in sa.inspect(connection).get_columns("membership")}
        assert connection.scalar(sa.text("SELECT count(*) FROM membership_answer")) == before
