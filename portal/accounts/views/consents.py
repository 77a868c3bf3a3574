"""What one has agreed to, and taking it back."""

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.accounts.views.blueprint import bp
from portal.face.forms import ActionForm, whole_number
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import signed_in
from portal.privacy.consents import consents_of, text_of, withdraw
from portal.words.i18n import _, formats


@bp.route("/consents", methods=["GET", "POST"])
@signed_in
def consents() -> Response:
    """Every consent with its words; those that hold with a button."""
    private()
    person, form = signed_in_person(), ActionForm()
    locale, number = person.locale, person.id
    if form.validate_on_submit():
        with form.refusals():
            withdraw(whole_number(request.form.get("withdraw", "")) or 0, by=person)
            flash(_("Consent withdrawn."))
            return redirect_to("accounts.consents")
    given = [(one, text_of(one.purpose)) for one in consents_of(number)]
    named = {one.id: text.named(int(one.about.rpartition(":")[2])) for one, text in given}
    return page(
        "accounts/consents.html", form=form, given=given, named=named, zone=formats.home_zone(locale)
    )  # fmt: skip
