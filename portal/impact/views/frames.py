"""Frames of funders, for whoever may read them: the list of a network, one frame, and the same as a file."""

from flask import Response, abort

from portal.face.forms import ActionForm
from portal.face.web import Pagination, page, table_file
from portal.face.web.answers import private
from portal.ground.authz import can, public, requires
from portal.impact import queries, words
from portal.impact.models import Frame, FrameState
from portal.impact.policies import Permission
from portal.impact.tables import frame_table
from portal.impact.views.blueprint import bp
from portal.membership import queries as membership
from portal.words.i18n import _


@bp.get("/networks/<slug:slug>/frames")
@public
def frames(slug: str) -> Response:
    """The frames of a network; drafts are there for its coordination."""
    network = membership.network_by_slug(slug) or abort(404)
    makes = can(Permission.MAKE_FRAME, network)
    if makes:
        private()
    pages, shown = Pagination.of_rows(queries.frames_of(network.id, drafts=makes))
    return page("impact/frames.html", network=network, frames=shown, pages=pages)


@bp.get("/networks/<slug:slug>/frames/<int(max=999999999):number>")
@requires(Permission.SEE_FRAME, on=queries.frame_at)
def frame(frame: Frame) -> Response:
    """What was asked and what was reached, and which projects feed what."""
    _kept(frame)
    return page(
        "impact/frame.html", frame=frame, network=frame.network, found=queries.reached(frame), words=words,
        languages=frame.title.languages, action=ActionForm() if can(Permission.CHANGE_FRAME, frame) else None,
    )  # fmt: skip


@bp.get("/networks/<slug:slug>/frames/<int(max=999999999):number>.csv")
@requires(Permission.SEE_FRAME, on=queries.frame_at)
def frame_csv(frame: Frame) -> Response:
    """The table of the page as a file."""
    return _file(frame, "csv")


@bp.get("/networks/<slug:slug>/frames/<int(max=999999999):number>.xlsx")
@requires(Permission.SEE_FRAME, on=queries.frame_at)
def frame_xlsx(frame: Frame) -> Response:
    """The same as a workbook, with what the columns mean."""
    return _file(frame, "xlsx")


def _file(frame: Frame, ending: str) -> Response:
    _kept(frame)
    return table_file(frame_table(frame, queries.reached(frame)), ending, frame.network.slug, _("Results for a funder"))


def _kept(frame: Frame) -> None:
    """A draft is nobody else's."""
    if frame.state != FrameState.PUBLISHED:
        private()
