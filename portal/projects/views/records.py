"""Records of what a project did, for those who look after it: the list, one record, writing and confirming."""

from collections.abc import Callable

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm, whole_number
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.projects import queries, services, words
from portal.projects.models import Project, Record, RecordStatus
from portal.projects.policies import Permission
from portal.projects.record_forms import ChangeRecordForm, MoveRecordForm, RecordForm
from portal.projects.services.record_states import RECORDS
from portal.projects.views.blueprint import bp
from portal.words.i18n import _, _n

METHODS = ["GET", "POST"]
PAGE = 50
NUMBER = "<int(max=999999999):number>"
SAID: dict[RecordStatus, Callable[[], str]] = {
    RecordStatus.CONFIRMED: lambda: _("Confirmed. It counts now."),
    RecordStatus.REJECTED: lambda: _("Noted. Whoever wrote it down reads the reason."),
    RecordStatus.DELIVERED: lambda: _("Noted that it took place. A second person confirms it."),
    RecordStatus.CANCELLED: lambda: _("It no longer counts."),
}


@bp.route("/projects/<slug:slug>/records", methods=METHODS)
@requires(Permission.MANAGE, on=queries.by_slug)
def records(project: Project) -> Response:
    """All that is written down, in one state or in all; many are confirmed at once."""
    private()
    form, slug, status = ActionForm(), project.slug, request.args.get("status", "")
    status = status if status in [*RecordStatus] else ""
    if form.validate_on_submit():
        with form.refusals():
            ticked = [whole_number(number) for number in request.form.getlist("record")[:PAGE]]
            done, left = services.confirm_records(project, ticked, by=signed_in_person())
            _say_confirmed(done, left)
            return redirect_to("projects.records", slug=slug, status=status or None)
    project = queries.by_slug(slug) or project
    numbers = queries.records_by_status(project.id)
    pages = Pagination.of_request(numbers.get(status, 0) if status else sum(numbers.values()), PAGE)
    found = queries.records_of(project.id, status, offset=pages.offset, limit=pages.size)
    return page(
        "projects/records.html", form=form, project=project, records=found, pages=pages, state=status, numbers=numbers,
        parties=queries.numbers_of_parties([one.id for one in found]), words=words,
    )  # fmt: skip


def _say_confirmed(done: int, left: int) -> None:
    if done:
        flash(_n("Confirmed: %(n)s record. It counts now.", "Confirmed: %(n)s records. They count now.", done))
    if left:
        flash(
            _n(
                "%(n)s record could not be confirmed: a second person is needed, or its day has not come yet.",
                "%(n)s records could not be confirmed: a second person is needed, or their day has not come yet.",
                left,
            ),
            "warn",
        )
    if not done and not left:
        flash(_("Nothing was ticked, so nothing has changed."), "note")


@bp.route("/projects/<slug:slug>/records/new", methods=METHODS)
@requires(Permission.EDIT, on=queries.by_slug)
def new_record(project: Project) -> Response:
    private()
    slug, started = project.slug, {name: request.args.get(name, "") for name in ("activity", "place", "leader")}
    form = RecordForm(data={name: value for name, value in started.items() if value})
    if form.validate_on_submit():
        with form.refusals():
            made = services.write_record(project, by=signed_in_person(), **form.values())
            again = {name: form[name].data for name in started if form[name].data}
            if made.status == RecordStatus.PLANNED:
                flash(_("Written down as planned. It can be confirmed once it has taken place."))
            else:
                flash(_("Written down. It counts once a second person has confirmed it."))
            if "another" in request.form:
                return redirect_to("projects.new_record", slug=slug, **again)
            return redirect_to("projects.records", slug=slug)
    return page("projects/new_record.html", form=form, project=queries.by_slug(slug) or project)


@bp.route(f"/projects/<slug:slug>/records/{NUMBER}", methods=METHODS)
@requires(Permission.CHANGE_RECORD, on=queries.record_at)
def record(record: Record) -> Response:
    """One record as it is, to be corrected, confirmed or taken away."""
    private()
    slug, number = record.project.slug, record.id
    form = ChangeRecordForm.of(record)
    if form.validate_on_submit():
        with form.refusals():
            services.change_record(record, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("projects.records", slug=slug)
    record = queries.record_at(slug, number) or record
    return page(
        "projects/record.html", form=form, record=record, words=words, steps=_steps(record),
        held=queries.evidence_of(number),
    )  # fmt: skip


def _steps(record: Record) -> list[RecordStatus]:
    """Where this person can bring it from here."""
    person = signed_in_person()
    return [
        to
        for to in SAID
        if any(step.who.is_taken_by(person, record) for step in RECORDS.ways(record.status, to))
        and not (record.status == RecordStatus.CONFIRMED and to is RecordStatus.DELIVERED)
    ]


def _record_at_step(slug: str, number: int, to: str) -> Record | None:
    """The record, if there is a step of this name."""
    return queries.record_at(slug, number) if to in [*SAID] else None


@bp.route(f"/projects/<slug:slug>/records/{NUMBER}/<to>", methods=METHODS)
@requires(Permission.CHANGE_RECORD, on=_record_at_step)
def move_record(record: Record) -> Response:
    """One step of a record, asked about on a page of its own."""
    private()
    to, slug, number = RecordStatus((request.view_args or {})["to"]), record.project.slug, record.id
    form = MoveRecordForm()
    if form.validate_on_submit():
        with form.refusals():
            services.move_record(record, to, by=signed_in_person(), reason=form.reason.data or "")
            flash(SAID[to]())
            return redirect_to("projects.records", slug=slug)
    record = queries.record_at(slug, number) or record
    needs = to is RecordStatus.REJECTED or (to is RecordStatus.CANCELLED and record.status == RecordStatus.CONFIRMED)
    return page("projects/move_record.html", form=form, record=record, to=to, needs_reason=needs, words=words)
