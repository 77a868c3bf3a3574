"""What a project aims at: said by those who look after it."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.impact import queries, services, words
from portal.impact.forms import AimForm
from portal.impact.indicators import BY_CODE
from portal.impact.policies import Permission
from portal.impact.views.blueprint import bp
from portal.projects import queries as projects
from portal.projects.models import Project
from portal.words.i18n import _


@bp.route("/projects/<slug:slug>/aims", methods=["GET", "POST"])
@requires(Permission.AIM, on=projects.by_slug)
def aims(project: Project) -> Response:
    """Every aim beside what was reached, and saying one more, another one, or none."""
    private()
    form, slug = AimForm(), project.slug
    if form.validate_on_submit():
        with form.refusals():
            services.set_aim(
                project,
                form.indicator.data,
                baseline=form.baseline.data,
                target=form.target.data,
                by=signed_in_person(),
            )
            if form.target.data is None:
                flash(_("This figure has no target."))
            else:
                flash(_("Saved. The target stands beside the figure as soon as something is counted."))
            return redirect_to("impact.aims", slug=slug)
    project = projects.by_slug(slug) or project
    reached = {one.code: amount for one, amount in queries.figures_of(project.id)}
    rows = [
        (BY_CODE[code], aim, reached.get(code, 0), words.unit_of(BY_CODE[code], project))
        for code, aim in queries.aims_of(project.id).items()
    ]
    return page("impact/aims.html", form=form, project=project, rows=rows, words=words)
