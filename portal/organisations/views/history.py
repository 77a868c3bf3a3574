"""What a profile said before: who changed what, side by side, and the way back."""

from flask import Response, abort, request

from portal.accounts.session import current_person, signed_in_person
from portal.face.web import Pagination, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground.authz import requires
from portal.ground.sights import AfterSignIn
from portal.organisations import queries, services, words
from portal.organisations.forms import RestoreForm
from portal.organisations.history import PROFILE_HISTORY
from portal.organisations.models import Organisation
from portal.organisations.policies import Permission
from portal.organisations.views.blueprint import bp
from portal.revisions import queries as revisions
from portal.revisions.differences import changes
from portal.revisions.models import Revision
from portal.words.i18n import _

PAGE = 30
KNOWN = AfterSignIn(Permission.SEE_HISTORY)  # also of a profile that was merged, which nobody else finds any more


@bp.get("/<slug:slug>/history")
@requires(Permission.SEE_HISTORY, on=queries.by_slug, see=KNOWN)
def history(organisation: Organisation) -> Response:
    private()
    pages = Pagination.of_request(revisions.count(PROFILE_HISTORY.kind, organisation.id), PAGE)
    rows = revisions.listed(PROFILE_HISTORY.kind, organisation.id, offset=pages.offset, limit=PAGE)
    return page(
        "organisations/history.html",
        organisation=organisation,
        rows=rows,
        pages=pages,
        merged=queries.merged_into(organisation),
        stayed=queries.by_number(organisation.merged_into_id) if organisation.merged_into_id else None,
    )


@bp.get("/<slug:slug>/history/acts")
@requires(Permission.SEE_HISTORY, on=queries.by_slug, see=KNOWN)
def acts(organisation: Organisation) -> Response:
    """Who did what, for those whom it concerns."""
    private()
    pages = Pagination.of_request(queries.count_acts(organisation), PAGE)
    rows = queries.acts_of(organisation, offset=pages.offset, limit=PAGE)
    return page("organisations/acts.html", organisation=organisation, rows=rows, pages=pages, verb=words.verb)


def _with_version(slug: str, number: int) -> Organisation | None:
    """The organisation, if this version of its profile is kept."""
    organisation = queries.by_slug(slug)
    if organisation is None or revisions.revision(PROFILE_HISTORY.kind, organisation.id, number) is None:
        return None
    return organisation


@bp.get("/<slug:slug>/history/<int(max=999999999):number>")
@requires(Permission.SEE_HISTORY, on=_with_version, see=KNOWN)
def version(organisation: Organisation) -> Response:
    """What this version changed."""
    private()
    kept, person = _asked(organisation), current_person()
    former = revisions.before(kept)
    data = {} if former is None else former.data
    hidden = PROFILE_HISTORY.hidden(person, organisation, kept.data)
    return page(
        "organisations/version.html",
        organisation=organisation,
        kept=kept,
        former=former,
        made=changes(PROFILE_HISTORY, data, kept.data, hidden | PROFILE_HISTORY.hidden(person, organisation, data)),
        is_today=not PROFILE_HISTORY.differ(kept.data, PROFILE_HISTORY.snapshot(organisation)),
    )


@bp.route("/<slug:slug>/history/<int(max=999999999):number>/restore", methods=["GET", "POST"])
@requires(Permission.EDIT, on=_with_version)
def restore_version(organisation: Organisation) -> Response:
    """What it would change today."""
    private()
    kept, form = _asked(organisation), RestoreForm(data={"version": organisation.row_version})
    if form.validate_on_submit():
        with form.refusals():
            services.restore_version(organisation, by=signed_in_person(), n=kept.n, **form.values())
            flash(_("This version is back. It stands in the history as a new one."))
            return redirect_to("organisations.show", slug=organisation.slug)
    today = PROFILE_HISTORY.snapshot(organisation)
    of_then = {**kept.data, "logo_alt": today["logo_alt"]}
    return page(
        "organisations/restore_version.html",
        form=form,
        organisation=organisation,
        kept=kept,
        back=changes(PROFILE_HISTORY, today, today | of_then),
    )


def _asked(organisation: Organisation) -> Revision:
    kept = revisions.revision(PROFILE_HISTORY.kind, organisation.id, (request.view_args or {})["number"])
    return kept or abort(404)
