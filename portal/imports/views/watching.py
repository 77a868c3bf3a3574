"""A list as it was read, what became of it, and taking it back."""

from collections.abc import Sequence

from flask import Response, url_for

from portal.accounts.session import signed_in_person
from portal.declaration import Json, Words
from portal.face.forms import ActionForm
from portal.face.web import Pagination, flash, page, private, redirect_to, table_file
from portal.ground.authz import requires
from portal.imports import queries, services, words
from portal.imports.columns import READ
from portal.imports.forms import CarryOutForm, ColumnsForm
from portal.imports.models import BatchState, Became, ImportBatch
from portal.imports.policies import Permission
from portal.imports.views.blueprint import bp
from portal.words.i18n import _

FIRST = 8  # rows of a preview
COLUMNS = 6  # of a preview: what a row of a page can hold
PAGE = 50
TO_READ = (Became.PROBLEM, Became.KNOWN, Became.DOUBLE, Became.FAILED, Became.SKIPPED, Became.KEPT)


@bp.get("/<int:number>")
@requires(Permission.SEE, on=queries.batch)
def show(batch: ImportBatch) -> Response:
    return shown(batch)


@bp.get("/<int:number>/report.csv")
@requires(Permission.SEE, on=queries.batch)
def report(batch: ImportBatch) -> Response:
    private()
    return table_file(words.report(batch), "csv", _("Report on a list of organisations"), str(batch.id))


@bp.post("/<int:number>/undo")
@requires(Permission.CARRY_OUT, on=queries.batch)
def undo(batch: ImportBatch) -> Response:
    form, number = ActionForm(), batch.id
    if form.validate_on_submit():
        with form.refusals():
            services.undo(batch, by=signed_in_person())
            flash(_("The profiles that nobody has touched are being taken back."))
            return redirect_to("imports.show", number=number)
    for _control, reason in form.problems:
        flash(str(reason), "note")
    return redirect_to("imports.show", number=number)


def shown(batch: ImportBatch, *, columns: ColumnsForm | None = None, form: CarryOutForm | None = None) -> Response:
    """The page of a list, whatever its state."""
    private()
    number, counts = batch.id, queries.outcomes(batch.id)
    is_prepared = batch.state == BatchState.PREPARED
    total = sum(counts.get(one, 0) for one in TO_READ)
    pages = Pagination.of_request(total, PAGE)
    rows = queries.rows_of(number, TO_READ, offset=pages.offset, limit=pages.size) if total else []
    first = queries.rows_of(number, limit=FIRST) if is_prepared else []
    begin = form or CarryOutForm(data={"version": batch.row_version, "doubles": "skip"})
    mapped = columns or (ColumnsForm.of(batch) if is_prepared else None)
    return page(
        "imports/show.html", form=columns if columns is not None and columns.errors else begin, batch=batch,
        begin=begin, columns=mapped, counts=counts, told=words.told(counts), rows=rows, pages=pages, first=first,
        fields=[field for field in READ if field.name in batch.mapping][:COLUMNS], problems_in=words.problems_in,
        slugs=queries.slugs_of([row.organisation_id for row in rows if row.organisation_id]),
        task=queries.task_of(batch), action=ActionForm(), kept=services.KEPT.days,
        can_make=counts.get(Became.READY, 0) + counts.get(Became.DOUBLE, 0), is_unread=bool(counts.get(Became.UNREAD)),
    )  # fmt: skip


def told(result: Json) -> Sequence[Words]:
    """What became of the rows, for the page of the task."""
    return words.told(result["outcomes"])


def page_of_task(arguments: Json) -> str:
    """The list that a task is about."""
    return url_for("imports.show", number=arguments["batch"])
