"""What a network asks those who apply: one page for each question."""

from typing import Literal

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.membership import queries, services
from portal.membership.models import Network
from portal.membership.policies import Permission
from portal.membership.queries import NetworkQuestion
from portal.membership.views.blueprint import bp
from portal.membership.views.managing import METHODS, written_language
from portal.questions import queries as asking
from portal.questions.forms import edit_form, new_form
from portal.questions.models import QuestionKind
from portal.words.i18n import _, current_language


@bp.get("/networks/<slug:slug>/questions")
@requires(Permission.EDIT_NETWORK, on=queries.network_by_slug)
def questions(network: Network) -> Response:
    return _list(network, ActionForm())


def _list(network: Network, action: ActionForm) -> Response:
    private()
    earlier, retired = Pagination.of_rows(queries.retired_questions(network.id), name="earlier")
    return page(
        "membership/questions.html",
        network=network,
        questions=queries.questions_of(network.id),
        retired=retired,
        earlier=earlier,
        form=action,
        action=ActionForm(),
    )


@bp.route("/networks/<slug:slug>/questions/new", methods=METHODS)
@requires(Permission.EDIT_NETWORK, on=queries.network_by_slug)
def new_question(network: Network) -> Response:
    asked = request.args.get("kind", "")
    if asked not in set(QuestionKind):
        return page("membership/question_kind.html", network=network, kinds=list(QuestionKind))
    kind = QuestionKind(asked)
    form = new_form(kind, queries.questions_of(network.id))
    if form.validate_on_submit():
        with form.refusals():
            services.add_question(
                network, kind=kind, language=current_language(), by=signed_in_person(), **form.values()
            )
            flash(_("Question added."))
            return redirect_to("membership.questions", slug=network.slug)
    return page("membership/new_question.html", form=form, network=network, kind=kind)


@bp.route("/networks/<slug:slug>/questions/<int:number>", methods=METHODS)
@requires(Permission.EDIT_QUESTION, on=queries.question_of)
def edit_question(asked: NetworkQuestion) -> Response:
    network, question = asked.network, asked.question
    language = written_language(question.text)
    form = edit_form(question, language)
    if form.validate_on_submit():
        with form.refusals():
            services.change_question(asked, language=language, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("membership.questions", slug=network.slug)
    return page(
        "membership/edit_question.html",
        form=form,
        question=question,
        options={option.code: option for option in asking.options_of(question.id)},
        language=language,
        network=network,
        answered=asking.is_answered(question.id),
    )


@bp.post("/networks/<slug:slug>/questions/<int:number>/up")
@requires(Permission.EDIT_QUESTION, on=queries.question_of)
def question_up(asked: NetworkQuestion) -> Response:
    return _moved(asked, "up")


@bp.post("/networks/<slug:slug>/questions/<int:number>/down")
@requires(Permission.EDIT_QUESTION, on=queries.question_of)
def question_down(asked: NetworkQuestion) -> Response:
    return _moved(asked, "down")


def _moved(asked: NetworkQuestion, direction: Literal["up", "down"]) -> Response:
    form, network = ActionForm(), asked.network
    if form.validate_on_submit():
        with form.refusals():
            services.move_question(asked, direction=direction, by=signed_in_person())
            return redirect_to("membership.questions", slug=network.slug)
    return _list(network, form)


@bp.post("/networks/<slug:slug>/questions/<int:number>/retire")
@requires(Permission.EDIT_QUESTION, on=queries.question_of)
def retire_question(asked: NetworkQuestion) -> Response:
    form, network = ActionForm(), asked.network
    if form.validate_on_submit():
        with form.refusals():
            services.retire_question(asked, by=signed_in_person())
            flash(_("This question is no longer asked. Answers given earlier stay."))
            return redirect_to("membership.questions", slug=network.slug)
    return _list(network, form)
