"""The file of evidence of a record, for those who look after the project."""

from flask import Response, abort

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.media import document_response, file_name
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.projects import queries, services
from portal.projects.evidence_forms import EvidenceForm
from portal.projects.models import Record, RecordStatus
from portal.projects.policies import Permission
from portal.projects.views.blueprint import bp
from portal.words.i18n import _

METHODS = ["GET", "POST"]
AT = "/projects/<slug:slug>/records/<int(max=999999999):number>/evidence"


@bp.route(AT, methods=METHODS)
@requires(Permission.CHANGE_RECORD, on=queries.record_at)
def evidence(record: Record) -> Response:
    """A file is given, or another one in its place."""
    private()
    form, slug, number = EvidenceForm(), record.project.slug, record.id
    if form.validate_on_submit():
        with form.refusals():
            services.give_evidence(record, by=signed_in_person(), **form.values())
            flash(_("The file is kept with the record."))
            return redirect_to("projects.record", slug=slug, number=number)
    record = queries.record_at(slug, number) or record
    if record.status == RecordStatus.CANCELLED:
        abort(404)
    return page("projects/evidence.html", form=form, record=record, held=queries.evidence_of(number))


@bp.route(f"{AT}/remove", methods=METHODS)
@requires(Permission.CHANGE_RECORD, on=queries.record_at)
def remove_evidence(record: Record) -> Response:
    private()
    form, slug, number = ActionForm(), record.project.slug, record.id
    if form.validate_on_submit():
        with form.refusals():
            services.remove_evidence(record, by=signed_in_person())
            flash(_("The file was deleted."))
            return redirect_to("projects.record", slug=slug, number=number)
    held = queries.evidence_of(number) or abort(404)
    return page("projects/remove_evidence.html", form=form, record=queries.record_at(slug, number) or record, held=held)


@bp.get(f"{AT}/file")
@requires(Permission.CHANGE_RECORD, on=queries.record_at)
def evidence_file(record: Record) -> Response:
    """The file itself, kept by nobody on its way."""
    held = queries.evidence_of(record.id) or abort(404)
    name = f"{record.title.shown().text} {record.day.isoformat()}"
    return document_response(held.file, file_name(name, held.file.mime))
