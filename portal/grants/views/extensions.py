"""A later deadline, by two people of the operator."""

from collections.abc import Callable

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import flash, page, redirect_to
from portal.face.web.answers import private
from portal.grants import queries, services, words
from portal.grants.forms import ExtensionForm
from portal.grants.models import Call, CallEvent
from portal.grants.policies import Permission
from portal.grants.views.blueprint import bp
from portal.ground.authz import requires
from portal.ground.errors import Refusal
from portal.words.i18n import _, current_language

METHODS = ["GET", "POST"]


@bp.route("/grants/<slug:slug>/extension", methods=METHODS)
@requires(Permission.EXTEND, on=queries.call_by_slug)
def extend(call: Call) -> Response:
    """Ask for it; a second person confirms on the workbench."""
    private()
    form, slug = ExtensionForm(), call.slug
    if form.validate_on_submit():
        with form.refusals():
            services.ask_extension(call, language=current_language(), by=signed_in_person(), **form.values())
            flash(_("The extension waits for a second person of the operator."))
            return redirect_to("grants.manage", slug=slug)
    return page("grants/extend.html", form=form, call=queries.call_by_slug(slug) or call, words=words)


@bp.post("/grants/<slug:slug>/extensions/<int(max=999999999):number>/confirm")
@requires(Permission.CONFIRM_EXTENSION, on=queries.event_at)
def confirm_extension(event: CallEvent) -> Response:
    return _done(
        event, lambda: services.confirm_extension(event, by=signed_in_person()),
        _("The deadline has moved. The announcement says so, with the reason."),
    )  # fmt: skip


@bp.post("/grants/<slug:slug>/extensions/<int(max=999999999):number>/drop")
@requires(Permission.DROP_EXTENSION, on=queries.event_at)
def drop_extension(event: CallEvent) -> Response:
    return _done(
        event, lambda: services.drop_extension(event, by=signed_in_person()), _("The deadline stays as it is.")
    )  # fmt: skip


def _done(event: CallEvent, act: Callable[[], None], said: str) -> Response:
    """A button: what came of it is said on the page that it leads to."""
    slug = event.call.slug
    if ActionForm().validate_on_submit():
        try:
            act()
            flash(said)
        except Refusal as refusal:
            flash(str(refusal.reason), "error")
    return redirect_to("grants.manage", slug=slug)
