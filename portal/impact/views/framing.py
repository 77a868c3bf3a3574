"""Frames of funders, written by those who coordinate the network."""

from collections.abc import Callable
from typing import Any, NamedTuple, Self

from flask import Response, abort, request

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.ground.errors import Refusal
from portal.impact import queries, services
from portal.impact.frame_forms import (
    PROJECT,
    FeedingForm,
    FrameEditForm,
    FrameForm,
    OutcomeEditForm,
    OutcomeForm,
    TranslateFrameForm,
    TranslateOutcomeForm,
)
from portal.impact.models import Frame
from portal.impact.policies import Permission
from portal.impact.views.blueprint import bp
from portal.membership import queries as membership
from portal.membership.models import Network
from portal.questions.views import written_language
from portal.words.i18n import _, _n, current_language

METHODS = ["GET", "POST"]
PAGE = 50


class _At(NamedTuple):
    """Where a frame is: kept before a use-case, for what comes after it."""

    slug: str
    number: int

    @classmethod
    def of(cls, frame: Frame) -> Self:
        return cls(frame.network.slug, frame.id)

    def to(self, endpoint: str, **more: object) -> Response:
        return redirect_to(endpoint, **{**self._asdict(), **more})

    def read(self) -> Frame:
        """The frame as it is now."""
        return queries.frame_at(*self) or abort(404)


@bp.route("/networks/<slug:slug>/frames/new", methods=METHODS)
@requires(Permission.MAKE_FRAME, on=membership.network_by_slug)
def new_frame(network: Network) -> Response:
    """Who asks, and of which period. Outcomes follow."""
    private()
    form, slug = FrameForm(), network.slug
    if form.validate_on_submit():
        with form.refusals():
            made = services.make_frame(network, language=current_language(), by=signed_in_person(), **form.values())
            flash(_("The frame is a draft. Now add its outcomes."))
            return redirect_to("impact.new_outcome", slug=slug, number=made.id)
    return page("impact/new_frame.html", form=form, network=membership.network_by_slug(slug))


@bp.route("/networks/<slug:slug>/frames/<int(max=999999999):number>/edit", methods=METHODS)
@requires(Permission.CHANGE_FRAME, on=queries.frame_at)
def edit_frame(frame: Frame) -> Response:
    """Its texts in one language, its period, and the way to its outcomes."""
    private()
    language, at = written_language(frame.title), _At.of(frame)
    form = (FrameEditForm if language == frame.title.original else TranslateFrameForm).on(frame, language)
    if form.validate_on_submit():
        with form.refusals():
            services.update_frame(frame, language=language, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return at.to("impact.edit_frame", text=language)
    frame = at.read()
    return page(
        "impact/edit_frame.html", form=form, frame=frame, network=frame.network, language=language,
        outcomes=queries.outcomes_of(frame.id), outputs=queries.outputs_of(frame.id), action=ActionForm(),
    )  # fmt: skip


@bp.route("/networks/<slug:slug>/frames/<int(max=999999999):number>/outcomes/new", methods=METHODS)
@requires(Permission.CHANGE_FRAME, on=queries.frame_at)
def new_outcome(frame: Frame) -> Response:
    """One outcome more, and what is asked for under it."""
    private()
    form, at = OutcomeForm(), _At.of(frame)
    if form.validate_on_submit():
        with form.refusals():
            services.add_outcome(
                frame,
                language=current_language(),
                by=signed_in_person(),
                title=form["title"].data,
                targets=form.targets,
            )
            flash(_("The outcome is in the frame. Now say which projects feed it."))
            return at.to("impact.edit_frame")
    frame = at.read()
    return page("impact/outcome.html", form=form, frame=frame, network=frame.network, outcome=None, language="")


def _with_outcome(slug: str, number: int, position: int) -> Frame | None:
    """The frame, if it has an outcome at this place."""
    frame = queries.frame_at(slug, number)
    return frame if frame is not None and queries.outcome_at(frame.id, position) is not None else None


@bp.route("/networks/<slug:slug>/frames/<int(max=999999999):number>/outcomes/<int(max=9999):position>", methods=METHODS)
@requires(Permission.CHANGE_FRAME, on=_with_outcome)
def edit_outcome(frame: Frame) -> Response:
    """The title of an outcome in one language, and what is asked for under it."""
    private()
    at, position = _At.of(frame), _position()
    outcome = queries.outcome_at(frame.id, position)
    assert outcome is not None
    language = written_language(outcome.title)
    asked: dict[str, Any] = {one.name: target for one, target in queries.targets_of(outcome).items()}
    form = (OutcomeEditForm if language == outcome.title.original else TranslateOutcomeForm).on(
        outcome, language, **asked
    )
    if form.validate_on_submit():
        with form.refusals():
            services.change_outcome(
                frame, position, language=language, version=form.seen, by=signed_in_person(), title=form["title"].data,
                targets=form.targets,
            )  # fmt: skip
            flash(_("Changes saved."))
            return at.to("impact.edit_outcome", position=position, text=language)
    frame = at.read()
    return page(
        "impact/outcome.html", form=form, frame=frame, network=frame.network, language=language, action=ActionForm(),
        outcome=queries.outcome_at(frame.id, position) or outcome,
    )  # fmt: skip


@bp.post("/networks/<slug:slug>/frames/<int(max=999999999):number>/outcomes/<int(max=9999):position>/remove")
@requires(Permission.CHANGE_FRAME, on=_with_outcome)
def remove_outcome(frame: Frame) -> Response:
    position = _position()
    return _done(
        frame, lambda: services.remove_outcome(frame, position, by=signed_in_person()),
        _("The outcome is gone. Its projects feed no outcome of this frame now."), "impact.edit_frame",
    )  # fmt: skip


@bp.route("/networks/<slug:slug>/frames/<int(max=999999999):number>/projects", methods=METHODS)
@requires(Permission.CHANGE_FRAME, on=queries.frame_at)
def feed_frame(frame: Frame) -> Response:
    """Which outcome each project of the network feeds."""
    private()
    at, outcomes = _At.of(frame), queries.outcomes_of(frame.id)
    pages, projects = Pagination.of_rows(queries.to_feed(frame), PAGE)
    form = FeedingForm.about(projects, outcomes)
    if form.validate_on_submit():
        with form.refusals():
            moves = services.feed(frame, form.chosen, by=signed_in_person())
            flash(" ".join(_told(moves)) or _("Nothing has changed."))
            return at.to("impact.feed_frame", page=pages.page if pages.page > 1 else None)
    frame = at.read()
    return page(
        "impact/feed_frame.html", form=form, frame=frame, network=frame.network, pages=pages, outcomes=outcomes,
        rows=[(one, form[f"{PROJECT}{one.id}"]) for one in projects], left=queries.left_behind(frame),
    )  # fmt: skip


def _told(moves: services.Moves) -> list[str]:
    said = [
        (moves.new, _n("%(n)s project feeds an outcome now.", "%(n)s projects feed an outcome now.", moves.new)),
        (
            moves.moved,
            _n(
                "%(n)s project was moved from another outcome, since a project feeds only one.",
                "%(n)s projects were moved from other outcomes, since a project feeds only one.",
                moves.moved,
            ),
        ),
        (moves.gone, _n("%(n)s project feeds none any more.", "%(n)s projects feed none any more.", moves.gone)),
    ]
    return [sentence for number, sentence in said if number]


@bp.post("/networks/<slug:slug>/frames/<int(max=999999999):number>/publish")
@requires(Permission.CHANGE_FRAME, on=queries.frame_at)
def publish_frame(frame: Frame) -> Response:
    return _done(
        frame, lambda: services.publish_frame(frame, by=signed_in_person()), _("Everybody can read the frame now."),
        "impact.frame",
    )  # fmt: skip


@bp.post("/networks/<slug:slug>/frames/<int(max=999999999):number>/withdraw")
@requires(Permission.CHANGE_FRAME, on=queries.frame_at)
def withdraw_frame(frame: Frame) -> Response:
    return _done(
        frame, lambda: services.withdraw_frame(frame, by=signed_in_person()),
        _("The frame is a draft again. Only those who coordinate the network see it."), "impact.frame",
    )  # fmt: skip


def _done(frame: Frame, act: Callable[[], None], words: str, back: str) -> Response:
    """A button: what came of it is said on the page that it leads to."""
    at = _At.of(frame)
    if ActionForm().validate_on_submit():
        try:
            act()
            flash(words)
        except Refusal as refusal:
            flash(str(refusal.reason), "error")
    return at.to(back)


def _position() -> int:
    return int((request.view_args or {})["position"])
