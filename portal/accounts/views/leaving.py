"""Taking one's data away, and leaving for good."""

from flask import Response, stream_with_context

from portal import privacy
from portal.accounts import queries, services
from portal.accounts import session as sessions
from portal.accounts.forms import PasswordForm
from portal.accounts.session import signed_in_person
from portal.accounts.views.blueprint import bp
from portal.accounts.views.freshness import fresh, fresh_or
from portal.face.forms import ActionForm
from portal.face.web import client_ip, page, private, redirect_to
from portal.ground import clock
from portal.ground.authz import public, signed_in


@bp.get("/data")
@signed_in
@fresh
def own_data() -> Response:
    """What can be taken away."""
    private()
    return page("accounts/own_data.html", form=ActionForm())


@bp.post("/data/download")
@signed_in
@fresh_or(back="accounts.own_data")
def download() -> Response:
    """Everything that the portal holds about whoever asks, as a ZIP that is made while it is sent."""
    private()
    if not ActionForm().validate_on_submit():
        return redirect_to("accounts.own_data")
    subject = services.hand_out(signed_in_person().id, by=signed_in_person())
    response = Response(stream_with_context(privacy.archive(subject)), mimetype="application/zip")
    name = f"synergia-{clock.today('UTC').isoformat()}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.route("/delete", methods=["GET", "POST"])
@signed_in
def delete() -> Response:
    """What goes, what stays and why; then the password, and the account is no more."""
    private()
    account = sessions.current_account()
    assert account is not None
    number, person_id, form = account.id, account.person_id, PasswordForm.of(account)
    if form.validate_on_submit():
        with form.refusals():
            services.check_current_password(account, ip=client_ip(), **form.values())
            services.erase_person(person_id, by=signed_in_person())
        if queries.account_by_id(number) is None:  # now, or by the same form a moment ago
            sessions.end()
            return redirect_to("accounts.deleted")
    told = privacy.farewell(queries.subject(signed_in_person()))
    return page("accounts/delete.html", form=form, account=account, told=told)


@bp.get("/deleted")
@public
def deleted() -> Response:
    """The account is no more."""
    private()
    return page("accounts/deleted.html")
