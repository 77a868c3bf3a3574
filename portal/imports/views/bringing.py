"""Bringing a list in, and saying which column is what."""

from flask import Response, abort, url_for

from portal.accounts.models import Person
from portal.accounts.session import signed_in_person
from portal.declaration import Panel, PanelLink
from portal.face.forms import ActionForm
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import can, requires
from portal.imports import queries, services
from portal.imports.forms import BringForm, CarryOutForm, ColumnsForm
from portal.imports.models import ImportBatch
from portal.imports.policies import Permission
from portal.imports.views.blueprint import bp
from portal.imports.views.watching import shown
from portal.words.i18n import _, formats


def home_panel(person: Person) -> Panel | None:
    """On the own page of whoever may bring in lists."""
    if not can(Permission.BRING, person=person):
        return None
    return Panel(
        _("Lists of organisations"), [PanelLink(_("Bring in a list of organisations"), url_for("imports.index"))]
    )


@bp.route("/", methods=["GET", "POST"])
@requires(Permission.BRING)
def index() -> Response:
    private()
    form, person = BringForm(), signed_in_person()
    if form.validate_on_submit():
        with form.refusals():
            table = form.read()
            batch = services.bring(table, source=form.source.data, language=form.language.data, by=signed_in_person())
            return redirect_to("imports.show", number=batch.id)
    return page(
        "imports/index.html", form=form, batches=queries.batches_for(signed_in_person()), bounds=services.FILE,
        zone=formats.home_zone(person.locale),
    )  # fmt: skip


@bp.post("/<int:number>/columns")
@requires(Permission.CARRY_OUT, on=queries.batch)
def columns(batch: ImportBatch) -> Response:
    """Read the list with other columns."""
    number, form = batch.id, ColumnsForm.of(batch)
    if form.validate_on_submit():
        with form.refusals():
            services.look(batch, mapping=form.mapping, starts=form.starts, by=signed_in_person())
            return redirect_to("imports.show", number=number, _anchor="shown")
    return shown(queries.batch(number) or abort(404), columns=form)


@bp.post("/<int:number>/start")
@requires(Permission.CARRY_OUT, on=queries.batch)
def start(batch: ImportBatch) -> Response:
    """Make what was shown."""
    number, form = batch.id, CarryOutForm()
    if form.validate_on_submit():
        with form.refusals():
            services.carry_out(
                batch,
                version=form.seen,
                is_public=bool(form.is_public.data),
                makes_doubles=form.makes_doubles,
                by=signed_in_person(),
            )
            flash(_("The profiles are being made."))
            return redirect_to("imports.show", number=number)
    found = queries.batch(number) or abort(404)
    form.version.data = str(found.row_version)
    return shown(found, form=form)


@bp.post("/<int:number>/discard")
@requires(Permission.CARRY_OUT, on=queries.batch)
def discard(batch: ImportBatch) -> Response:
    form, number = ActionForm(), batch.id
    if form.validate_on_submit():
        with form.refusals():
            services.discard(batch, by=signed_in_person())
            flash(_("The list is deleted. Nothing was made of it."))
            return redirect_to("imports.index")
    for _control, reason in form.problems:
        flash(str(reason), "note")
    return redirect_to("imports.show", number=number)
