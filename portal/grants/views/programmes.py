"""Programmes of operators, and what somebody works on."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.grants import queries, services, words
from portal.grants.forms import ProgrammeEditForm, ProgrammeForm, TranslateProgrammeForm
from portal.grants.models import Programme
from portal.grants.policies import Permission
from portal.grants.views.blueprint import bp
from portal.ground.authz import requires
from portal.membership.publishers import PUBLISHERS
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.questions.views import written_language
from portal.words.i18n import _, current_language

METHODS = ["GET", "POST"]
PAGE = 20


@bp.get("/grants/mine")
@requires(Permission.SEE_OWN)
def mine() -> Response:
    """The programmes of the person's operators with their calls."""
    private()
    own = [one.id for one in organisations.organisations_of(signed_in_person(), PUBLISHERS)]
    pages, shown = Pagination.of_rows(queries.programmes_of(own), PAGE)
    return page("grants/mine.html", programmes=shown, pages=pages, operators=queries.giving(own), words=words)


@bp.route("/organisations/<slug:slug>/programmes/new", methods=METHODS)
@requires(Permission.OPEN_PROGRAMME, on=organisations.by_slug)
def new_programme(organisation: Organisation) -> Response:
    private()
    form, slug = ProgrammeForm(), organisation.slug
    if form.validate_on_submit():
        with form.refusals():
            services.open_programme(organisation, language=current_language(), by=signed_in_person(), **form.values())
            flash(_("The programme is there. Now add its first call."))
            return redirect_to("grants.mine")
    return page("grants/new_programme.html", form=form, organisation=organisations.by_slug(slug) or organisation)


@bp.route("/grants/programmes/<int(max=999999999):number>/edit", methods=METHODS)
@requires(Permission.CHANGE_PROGRAMME, on=queries.programme_by_number)
def edit_programme(programme: Programme) -> Response:
    """Its texts in one language, and the rest."""
    private()
    language, number = written_language(programme.title), programme.id
    form = (ProgrammeEditForm if language == programme.title.original else TranslateProgrammeForm).on(
        programme, language
    )
    if form.validate_on_submit():
        with form.refusals():
            services.update_programme(programme, language=language, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("grants.edit_programme", number=number, text=language)
    return page(
        "grants/edit_programme.html", form=form, programme=queries.programme_by_number(number) or programme,
        language=language,
    )  # fmt: skip
