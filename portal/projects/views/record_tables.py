"""Many records at once: a table that is looked at first, and written down as it was shown."""

from collections.abc import Sequence

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.forms import SEND
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.projects import queries, services
from portal.projects.models import Project
from portal.projects.policies import Permission
from portal.projects.record_forms import RecordTableForm
from portal.projects.record_table import COLUMNS, FILE, MOST_ROWS, about
from portal.projects.services import RowOutcome
from portal.projects.views.blueprint import bp
from portal.words.i18n import _n

METHODS = ["GET", "POST"]


@bp.route("/projects/<slug:slug>/records/table", methods=METHODS)
@requires(Permission.EDIT, on=queries.by_slug)
def record_table(project: Project) -> Response:
    """A table of records. What cannot be taken of it stays in the form, to be corrected."""
    private()
    form, slug, outcomes = RecordTableForm(), project.slug, list[RowOutcome]()
    if form.validate_on_submit():
        with form.refusals():
            rows, person = form.read(), signed_in_person()
            if form.is_sent and form.was_seen:
                done = services.write_records(project, rows, by=person)
                _say_written(done)
                left = [one for one in done if not one.is_record and not one.is_double]
                if not left:
                    return redirect_to("projects.records", slug=slug)
                form.keep_only([one.row.line for one in left])
                rows, project = form.read(), queries.by_slug(slug) or project
            outcomes = services.look_at_records(project, rows, by=person)
        form.seen.data = form.fingerprint
    return page(
        "projects/record_table.html", form=form, status=422 if outcomes else 200, project=queries.by_slug(slug) or project,
        outcomes=outcomes, new=sum(one.is_record for one in outcomes), send=SEND, bounds=FILE, most=MOST_ROWS, about=about,
        others=[field.label for field in COLUMNS if not field.needed],
    )  # fmt: skip


def _say_written(done: Sequence[RowOutcome]) -> None:
    new, doubles = sum(one.is_record for one in done), sum(one.is_double for one in done)
    if new:
        flash(
            _n(
                "Written down: %(n)s record. It counts once a second person has confirmed it.",
                "Written down: %(n)s records. They count once a second person has confirmed them.",
                new,
            )
        )
    if doubles:
        flash(
            _n(
                "%(n)s line was left out, because it is written down already.",
                "%(n)s lines were left out, because they are written down already.",
                doubles,
            ),
            "note",
        )
    left = len(done) - new - doubles
    if left:
        flash(
            _n(
                "%(n)s line could not be written down. It still stands below, with the reason.",
                "%(n)s lines could not be written down. They still stand below, with the reasons.",
                left,
            ),
            "warn",
        )
