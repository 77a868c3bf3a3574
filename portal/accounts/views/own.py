"""The page of one's own account, and what is changed there."""

from flask import Response

from portal.accounts import mails, queries, services
from portal.accounts import session as sessions
from portal.accounts.forms import NewAddressForm, PasswordForm, PersonForm
from portal.accounts.models import EmailChange
from portal.accounts.session import current_person, signed_in_person
from portal.accounts.views.blueprint import bp
from portal.accounts.views.freshness import fresh
from portal.declaration import panels_for, seen_of
from portal.face.forms import ActionForm
from portal.face.web import Pagination, client_ip, flash, page, private, redirect_to
from portal.ground.authz import by_link, signed_in
from portal.ground.links import LinkToken
from portal.words.i18n import _, current_language

SEEN = 50  # lines of what others see


@bp.get("/")
@signed_in
def home() -> Response:
    """Who one is here, and what one may do."""
    private()
    person, account = signed_in_person(), sessions.current_account()
    panels = panels_for(person)
    return page("accounts/home.html", person=person, account=account, panels=panels, out=ActionForm())


@bp.get("/visible")
@signed_in
def visible() -> Response:
    """What others can see about the person, and through which role."""
    private()
    pages, lines = Pagination.of_rows(seen_of(signed_in_person()), SEEN)
    return page("accounts/visible.html", lines=lines, pages=pages)


@bp.route("/details", methods=["GET", "POST"])
@signed_in
def edit() -> Response:
    """Name, and the language of messages."""
    private()
    person = signed_in_person()
    form = PersonForm.on(person, person.locale)
    if form.validate_on_submit():
        with form.refusals():
            services.update_person(person.id, **form.values())
            flash(_("Changes saved."))
            return redirect_to("accounts.home")
    return page("accounts/edit.html", form=form)


@bp.route("/email", methods=["GET", "POST"])
@signed_in
@fresh
def email() -> Response:
    """Ask for another address: it counts when it is confirmed."""
    private()
    account = sessions.current_account()
    assert account is not None
    form = NewAddressForm()
    if form.validate_on_submit():
        with form.refusals():
            services.request_email_change(account.id, email=form.email.data, locale=current_language(), ip=client_ip())
            flash(
                _(
                    "A message with a link is on its way to the new address. Until it is confirmed, the present one stays in use."
                )
            )
            return redirect_to("accounts.home")
    return page("accounts/email.html", form=form, account=account)


@bp.route("/email/confirm/<token>", methods=["GET", "POST"])
@by_link(mails.EMAIL, on=queries.email_change_of)
def confirm_email(change: EmailChange, link: LinkToken) -> Response:
    """The new address is confirmed, by somebody who reads its mails and to whom the account belongs.

    The mailbox alone is not enough: somebody else may have named it, whose account would take over what was done under
    this address.
    """
    account, person, number = queries.account_by_id(change.account_id), current_person(), change.id
    assert account is not None
    is_here = person is not None and person.id == account.person_id
    form = ActionForm() if is_here else PasswordForm.of(account)
    if form.validate_on_submit():
        with form.refusals():
            if isinstance(form, PasswordForm):
                services.check_current_password(account, ip=client_ip(), **form.values())
            changed = services.confirm_email_change(number)
            if is_here:
                sessions.renew(changed)
            flash(_("E-mail address confirmed."))
            return redirect_to("accounts.home")
    return page("accounts/confirm_email.html", form=form, change=change)
