"""What an event asks those who register: one page for each question."""

from functools import partial

from flask import Response

from portal.events import queries, services
from portal.events.models import Event
from portal.events.policies import Permission
from portal.events.queries import EventQuestion
from portal.events.services.questions import KINDS
from portal.events.views.blueprint import bp
from portal.face.forms import ActionForm
from portal.ground.authz import requires
from portal.questions.views import Building
from portal.words.i18n import _

METHODS = ["GET", "POST"]


def _building(event: Event) -> Building:
    return Building(
        "events", event.slug, partial(queries.questions_of, event.id), partial(queries.retired_questions, event.id),
        {"event": event}, KINDS, has_end=True,
    )  # fmt: skip


@bp.get("/events/<slug:slug>/questions")
@requires(Permission.EDIT, on=queries.by_slug)
def questions(event: Event) -> Response:
    return _building(event).list(ActionForm())


@bp.route("/events/<slug:slug>/questions/new", methods=METHODS)
@requires(Permission.EDIT, on=queries.by_slug)
def new_question(event: Event) -> Response:
    return _building(event).new(partial(services.add_question, event))


@bp.route("/events/<slug:slug>/questions/<int:number>", methods=METHODS)
@requires(Permission.EDIT, on=queries.question_of)
def edit_question(asked: EventQuestion) -> Response:
    return _building(asked.event).edit(asked.question, partial(services.change_question, asked))


@bp.post("/events/<slug:slug>/questions/<int:number>/up")
@requires(Permission.EDIT, on=queries.question_of)
def question_up(asked: EventQuestion) -> Response:
    return _building(asked.event).act(partial(services.move_question, asked, direction="up"))


@bp.post("/events/<slug:slug>/questions/<int:number>/down")
@requires(Permission.EDIT, on=queries.question_of)
def question_down(asked: EventQuestion) -> Response:
    return _building(asked.event).act(partial(services.move_question, asked, direction="down"))


@bp.post("/events/<slug:slug>/questions/<int:number>/retire")
@requires(Permission.EDIT, on=queries.question_of)
def retire_question(asked: EventQuestion) -> Response:
    return _building(asked.event).act(
        partial(services.retire_question, asked), _("This question is no longer asked. Answers given earlier stay.")
    )
