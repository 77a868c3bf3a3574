"""Reports of a project: frozen by those who look after it, read by everybody who can read its card."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.web import Pagination, flash, page, paper_file, redirect_to
from portal.face.web.answers import private
from portal.ground import clock
from portal.ground.authz import requires
from portal.impact import queries, services, words
from portal.impact.forms import FreezeForm
from portal.impact.models import Report
from portal.impact.paper import address_of, report_on_paper
from portal.impact.policies import Permission
from portal.impact.views.blueprint import bp
from portal.projects import queries as projects
from portal.projects.models import Project, RecordStatus
from portal.projects.policies import Permission as OfProjects
from portal.words.i18n import _

METHODS = ["GET", "POST"]


@bp.route("/projects/<slug:slug>/reports", methods=METHODS)
@requires(OfProjects.MANAGE, on=projects.by_slug)
def reports(project: Project) -> Response:
    """The reports of a project, and freezing one more."""
    private()
    form, slug = FreezeForm(), project.slug
    if form.validate_on_submit():
        with form.refusals():
            report = services.freeze(project, *form.period, by=signed_in_person())
            flash(_("The period is frozen. Its report does not change any more."))
            return redirect_to("impact.report", slug=slug, number=report.id)
    project = projects.by_slug(slug) or project
    pages, shown = Pagination.of_rows(queries.reports_of(project.id))
    return page(
        "impact/reports.html", form=form, project=project, reports=shown, pages=pages,
        waiting=projects.number_of_records(project.id, RecordStatus.DELIVERED),
    )  # fmt: skip


@bp.get("/projects/<slug:slug>/reports/<int(max=999999999):number>")
@requires(Permission.SEE_REPORT, on=queries.report_at)
def report(report: Report) -> Response:
    """The figures as they were, by which definitions, and what is another figure since."""
    return page(
        "impact/report.html", report=report, project=report.project, figures=words.kept_of(report), words=words,
        errata=words.corrected(report, queries.errata_of(report.id)), languages=report.project.title.languages,
    )  # fmt: skip


@bp.get("/projects/<slug:slug>/reports/<int(max=999999999):number>.pdf")
@requires(Permission.SEE_REPORT, on=queries.report_at)
def report_paper(report: Report) -> Response:
    """The report as a file to print and hand over, for whoever may open its page."""
    private()
    made = report_on_paper(report, queries.errata_of(report.id), clock.now(), address=address_of(report))
    return paper_file(made, report.project.slug, report.ends_on.isoformat())
