"""What a network asks those who apply: one page for each question."""

from functools import partial

from flask import Response

from portal.face.forms import ActionForm
from portal.ground.authz import requires
from portal.membership import queries, services
from portal.membership.models import Network
from portal.membership.policies import Permission
from portal.membership.queries import NetworkQuestion
from portal.membership.views.blueprint import bp
from portal.questions.views import Building
from portal.words.i18n import _

METHODS = ["GET", "POST"]


def _building(network: Network) -> Building:
    return Building(
        "membership", network.slug, partial(queries.questions_of, network.id), partial(queries.retired_questions, network.id),
        {"network": network},
    )  # fmt: skip


@bp.get("/networks/<slug:slug>/questions")
@requires(Permission.EDIT_NETWORK, on=queries.network_by_slug)
def questions(network: Network) -> Response:
    return _building(network).list(ActionForm())


@bp.route("/networks/<slug:slug>/questions/new", methods=METHODS)
@requires(Permission.EDIT_NETWORK, on=queries.network_by_slug)
def new_question(network: Network) -> Response:
    return _building(network).new(partial(services.add_question, network))


@bp.route("/networks/<slug:slug>/questions/<int:number>", methods=METHODS)
@requires(Permission.EDIT_QUESTION, on=queries.question_of)
def edit_question(asked: NetworkQuestion) -> Response:
    return _building(asked.network).edit(asked.question, partial(services.change_question, asked))


@bp.post("/networks/<slug:slug>/questions/<int:number>/up")
@requires(Permission.EDIT_QUESTION, on=queries.question_of)
def question_up(asked: NetworkQuestion) -> Response:
    return _building(asked.network).act(partial(services.move_question, asked, direction="up"))


@bp.post("/networks/<slug:slug>/questions/<int:number>/down")
@requires(Permission.EDIT_QUESTION, on=queries.question_of)
def question_down(asked: NetworkQuestion) -> Response:
    return _building(asked.network).act(partial(services.move_question, asked, direction="down"))


@bp.post("/networks/<slug:slug>/questions/<int:number>/retire")
@requires(Permission.EDIT_QUESTION, on=queries.question_of)
def retire_question(asked: NetworkQuestion) -> Response:
    return _building(asked.network).act(
        partial(services.retire_question, asked), _("This question is no longer asked. Answers given earlier stay.")
    )
