"""Writing a profile: new, in its own language, in another one, with its logo."""

from flask import Response, abort, request

from portal.accounts.session import current_person, signed_in_person
from portal.declaration import profile_parts_of
from portal.face.forms import ActionForm
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import public, requires
from portal.organisations import queries, services
from portal.organisations.fields import SECTIONS
from portal.organisations.forms import LogoForm, NewForm, SectionForm, TranslationForm
from portal.organisations.models import Organisation
from portal.organisations.policies import Permission
from portal.organisations.views.blueprint import bp
from portal.organisations.views.parts import sections_of
from portal.words.fields import Kind
from portal.words.i18n import LANGUAGES, _

METHODS = ["GET", "POST"]
KINDS = {
    "pl-registered": ("PL", False),
    "pl-informal": ("PL", True),
    "bg-registered": ("BG", False),
    "bg-informal": ("BG", True),
}


@bp.get("/new/start")
@public
def start() -> Response:
    """What a visitor reads before an account; whoever has one goes on to the form."""
    if current_person() is not None:
        return redirect_to("organisations.new")
    return page("organisations/start.html")


@bp.route("/new", methods=METHODS)
@requires(Permission.CREATE)
def new() -> Response:
    private()
    kind = request.args.get("kind", "")
    if kind not in KINDS:
        return page("organisations/new.html", form=None, kinds=KINDS)
    country, informal = KINDS[kind]
    form = NewForm(country, informal=informal)
    if form.validate_on_submit():
        with form.refusals():
            organisation = services.create(by=signed_in_person(), country=country, **form.values())
            flash(_("Draft saved. Nobody but you sees it yet."))
            return redirect_to("organisations.show", slug=organisation.slug)
    return page("organisations/new.html", form=form, country=country, informal=informal)


@bp.get("/<slug:slug>/edit")
@requires(Permission.EDIT, on=queries.by_slug)
def edit(organisation: Organisation) -> Response:
    """All that can be written and settled about an organisation, with what is there and what is missing."""
    private()
    parts = profile_parts_of(organisation)
    step = min((part for part in parts if part.step), key=lambda part: part.use, default=None)
    return page("organisations/edit.html", organisation=organisation, parts=parts, step=step)


def _with_section(slug: str, section: str) -> Organisation | None:
    """The organisation, if it has this section."""
    organisation = queries.by_slug(slug)
    return (
        organisation if organisation and section in {one.code for one, _fields in sections_of(organisation)} else None
    )


@bp.route("/<slug:slug>/edit/<section>", methods=METHODS)
@requires(Permission.EDIT, on=_with_section)
def edit_section(organisation: Organisation) -> Response:
    private()
    code = (request.view_args or {})["section"]
    section = next(one for one in SECTIONS if one.code == code)
    form = SectionForm.of(organisation, section)
    if form.validate_on_submit():
        with form.refusals():
            services.update(organisation, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("organisations.edit", slug=organisation.slug)
    return page(
        "organisations/edit_section.html",
        form=form,
        organisation=organisation,
        section=section,
        is_rich=any(field.kind is Kind.RICH for field in form.fields),
        has_texts=any(field.translated for field in form.fields),
    )


def _in_language(slug: str, language: str) -> Organisation | None:
    """The organisation, if this is not the language that it writes in itself."""
    organisation = queries.by_slug(slug)
    return organisation if organisation and organisation.name.original != language else None


@bp.route("/<slug:slug>/translate/<any(pl, bg, en):language>", methods=METHODS)
@requires(Permission.TRANSLATE, on=_in_language)
def translate(organisation: Organisation) -> Response:
    private()
    language = (request.view_args or {})["language"]
    if language not in LANGUAGES:
        abort(404)
    form = TranslationForm.of(organisation, language)
    if form.validate_on_submit():
        with form.refusals():
            services.translate(organisation, by=signed_in_person(), language=language, **form.values())
            flash(_("Translation saved."))
            return redirect_to("organisations.show", slug=organisation.slug)
    return page("organisations/translate.html", form=form, organisation=organisation, language=language)


@bp.route("/<slug:slug>/logo", methods=METHODS)
@requires(Permission.EDIT, on=queries.by_slug)
def logo(organisation: Organisation) -> Response:
    private()
    form = LogoForm.of(organisation)
    if form.validate_on_submit():
        with form.refusals():
            services.set_logo(organisation, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("organisations.logo", slug=organisation.slug)
    return page("organisations/logo.html", form=form, organisation=organisation, action=ActionForm())


@bp.post("/<slug:slug>/logo/remove")
@requires(Permission.EDIT, on=queries.by_slug)
def remove_logo(organisation: Organisation) -> Response:
    if ActionForm().validate_on_submit():
        services.remove_logo(organisation, by=signed_in_person())
        flash(_("Logo removed."))
    return redirect_to("organisations.logo", slug=organisation.slug)
