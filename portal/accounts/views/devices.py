"""The browsers in which the account is open, and logging them out."""

from flask import Response, request

from portal.accounts import queries, services
from portal.accounts import session as sessions
from portal.accounts.session import signed_in_person
from portal.accounts.views.blueprint import bp
from portal.face.forms import ActionForm, whole_number
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import signed_in
from portal.words.i18n import _, formats


@bp.route("/devices", methods=["GET", "POST"])
@signed_in
def devices() -> Response:
    """Every browser with a button; one for all of them."""
    private()
    account, own_id = sessions.current_account(), sessions.current_session_id()
    assert account is not None
    form = ActionForm()
    if form.validate_on_submit():
        return _log_out(account.id, own_id, request.form.get("device", ""))
    return page(
        "accounts/devices.html", form=form, sessions=queries.open_sessions(account.id), own_id=own_id,
        zone=formats.home_zone(signed_in_person().locale),
    )  # fmt: skip


def _log_out(account_id: int, own_id: int | None, device: str) -> Response:
    if device == "all":
        services.end_all_sessions(account_id)
        sessions.end()
        flash(_("All devices are logged out."))
        return redirect_to("accounts.sign_in")
    if whole_number(device) == own_id:
        sessions.end()
        flash(_("Logged out."))
        return redirect_to("accounts.sign_in")
    if services.end_session_of(account_id, whole_number(device)):
        flash(_("The device is logged out."))
    else:
        flash(_("This device was logged out already."), "note")
    return redirect_to("accounts.devices")
