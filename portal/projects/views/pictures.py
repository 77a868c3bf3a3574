"""Photos and logos of a card, for those who look after the project."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm, Form
from portal.face.media.images import MAX_BYTES
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.projects import queries, services
from portal.projects.models import Project, ProjectPicture
from portal.projects.picture_forms import EditPictureForm, PictureForm
from portal.projects.policies import Permission
from portal.projects.views.blueprint import bp
from portal.words.i18n import _

METHODS = ["GET", "POST"]
NUMBER = "<int(max=999999999):number>"


@bp.get("/projects/<slug:slug>/pictures")
@requires(Permission.EDIT, on=queries.by_slug)
def pictures(project: Project) -> Response:
    private()
    return page("projects/pictures.html", project=project, pictures=queries.pictures_of(project.id))


@bp.route("/projects/<slug:slug>/pictures/new", methods=METHODS)
@requires(Permission.EDIT, on=queries.by_slug)
def new_picture(project: Project) -> Response:
    private()
    form, slug = PictureForm(), project.slug
    if form.validate_on_submit():
        with form.refusals():
            services.add_picture(project, by=signed_in_person(), **form.values())
            flash(_("The picture is on the card."))
            return redirect_to("projects.pictures", slug=slug)
    return page("projects/new_picture.html", form=form, project=queries.by_slug(slug) or project, most=MAX_BYTES)


@bp.route(f"/projects/<slug:slug>/pictures/{NUMBER}", methods=METHODS)
@requires(Permission.CHANGE_PICTURE, on=queries.picture_at)
def edit_picture(picture: ProjectPicture) -> Response:
    private()
    slug, number = picture.project.slug, picture.id
    form = EditPictureForm.on(picture, picture.project.title.original)
    if form.validate_on_submit():
        with form.refusals():
            services.change_picture(picture, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("projects.pictures", slug=slug)
    return _about(slug, number, "projects/edit_picture.html", form)


@bp.route(f"/projects/<slug:slug>/pictures/{NUMBER}/remove", methods=METHODS)
@requires(Permission.CHANGE_PICTURE, on=queries.picture_at)
def remove_picture(picture: ProjectPicture) -> Response:
    private()
    form, slug, number = ActionForm(), picture.project.slug, picture.id
    if form.validate_on_submit():
        with form.refusals():
            services.remove_picture(picture, by=signed_in_person())
            flash(_("The picture is off the card and its file is deleted."))
            return redirect_to("projects.pictures", slug=slug)
    return _about(slug, number, "projects/remove_picture.html", form)


def _about(slug: str, number: int, template: str, form: Form) -> Response:
    """A page about a picture as it is stored now: a refusal has let go of what was read before it."""
    picture = queries.picture_at(slug, number)
    if picture is None:
        flash(str(services.GONE), "note")
        return redirect_to("projects.pictures", slug=slug)
    return page(template, form=form, project=picture.project, picture=picture, most=MAX_BYTES)
