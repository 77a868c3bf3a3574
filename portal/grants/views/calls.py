"""Making a call, writing it, announcing it, cancelling it."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.grants import queries, services, words
from portal.grants.forms import CallAreasForm, CallEditForm, CancelForm, NewCallForm, TranslateCallForm
from portal.grants.models import Call, Programme
from portal.grants.policies import Permission
from portal.grants.views.blueprint import bp
from portal.ground.authz import requires
from portal.membership.publishers import zone_of
from portal.questions.views import written_language
from portal.words.i18n import _, current_language

METHODS = ["GET", "POST"]


@bp.route("/grants/programmes/<int(max=999999999):number>/calls/new", methods=METHODS)
@requires(Permission.MAKE_CALL, on=queries.programme_by_number)
def new_call(programme: Programme) -> Response:
    private()
    form, number = NewCallForm(data={"timezone": zone_of(programme.organisation)}), programme.id
    if form.validate_on_submit():
        with form.refusals():
            call = services.create_call(programme, language=current_language(), by=signed_in_person(), **form.values())
            flash(_("Draft saved."))
            return redirect_to("grants.manage", slug=call.slug)
    return page("grants/new_call.html", form=form, programme=queries.programme_by_number(number) or programme)


@bp.get("/grants/<slug:slug>/manage")
@requires(Permission.MANAGE, on=queries.call_by_slug)
def manage(call: Call) -> Response:
    """What is there, what is missing, and what can be done with a call."""
    private()
    return page(
        "grants/manage.html", call=call, programme=call.programme, words=words, missing=queries.missing(call),
        places=queries.places_of(call.id), waiting=queries.waiting_event(call.id), events=queries.events_of(call.id),
        action=ActionForm(),
    )  # fmt: skip


@bp.route("/grants/<slug:slug>/edit", methods=METHODS)
@requires(Permission.CHANGE_CALL, on=queries.call_by_slug)
def edit_call(call: Call) -> Response:
    """Its texts in one language, and the rest."""
    private()
    language, slug = written_language(call.title), call.slug
    form = (CallEditForm if language == call.title.original else TranslateCallForm).of(call, language)
    if form.validate_on_submit():
        with form.refusals():
            services.update_call(call, language=language, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("grants.manage", slug=slug)
    return page("grants/edit_call.html", form=form, call=queries.call_by_slug(slug) or call, language=language)


@bp.route("/grants/<slug:slug>/areas", methods=METHODS)
@requires(Permission.CHANGE_CALL, on=queries.call_by_slug)
def call_areas(call: Call) -> Response:
    """Looking for a place sends the form, too: what was chosen so far comes back with what was found."""
    private()
    form, slug = CallAreasForm.of(call, queries.places_of(call.id)), call.slug
    if form.validate_on_submit() and not form.only_looks:
        with form.refusals():
            services.set_call_areas(call, by=signed_in_person(), **form.values())
            flash(_("Changes saved."))
            return redirect_to("grants.manage", slug=slug)
    return page(
        "grants/areas.html", form=form, status=form.shown_status, call=queries.call_by_slug(slug) or call
    )  # fmt: skip


@bp.route("/grants/<slug:slug>/publish", methods=METHODS)
@requires(Permission.PUBLISH, on=queries.call_by_slug)
def publish_call(call: Call) -> Response:
    private()
    form, slug = ActionForm(), call.slug
    if form.validate_on_submit():
        with form.refusals():
            services.publish_call(call, by=signed_in_person())
            flash(_("The call is public."))
            return redirect_to("grants.show", slug=slug)
    call = queries.call_by_slug(slug) or call
    return page("grants/publish.html", form=form, call=call, missing=queries.missing(call), words=words)


@bp.route("/grants/<slug:slug>/cancel", methods=METHODS)
@requires(Permission.CANCEL, on=queries.call_by_slug)
def cancel_call(call: Call) -> Response:
    private()
    form, slug = CancelForm(), call.slug
    if form.validate_on_submit():
        with form.refusals():
            services.cancel_call(call, by=signed_in_person(), **form.values())
            flash(_("The call is cancelled. Its page says why."))
            return redirect_to("grants.show", slug=slug)
    return page("grants/cancel.html", form=form, call=queries.call_by_slug(slug) or call)


@bp.route("/grants/<slug:slug>/delete", methods=METHODS)
@requires(Permission.DELETE, on=queries.call_by_slug)
def delete_call(call: Call) -> Response:
    private()
    form, slug = ActionForm(), call.slug
    if form.validate_on_submit():
        with form.refusals():
            services.delete_call(call, by=signed_in_person())
            flash(_("Draft deleted."))
            return redirect_to("grants.mine")
    return page("grants/delete.html", form=form, call=queries.call_by_slug(slug) or call)
