"""Where somebody who was told of changes says what suits them."""

from flask import Response, request

from portal.face.web import flash, page, redirect_to
from portal.ground.authz import by_link
from portal.ground.links import LinkToken
from portal.registration import mails, queries, services
from portal.registration.choices_form import choices_form, instead_of
from portal.registration.models import Registration
from portal.registration.views.blueprint import bp
from portal.registration.views.own import is_open, of_link, own_token
from portal.words.i18n import _


@bp.route("/registration/<token>/changes", methods=["GET", "POST"])
@by_link(mails.MANAGE, on=of_link)
def choose(registration: Registration, link: LinkToken) -> Response:
    """Keep, switch or give up: one page for everything that has changed, because one answer may depend on another."""
    changes = queries.changes_of(registration.id) if is_open(registration) else []
    if not changes:
        if request.method == "POST":
            flash(_("There is nothing to answer any more. The page shows what is true now."), "note")
        return redirect_to("registration.manage", token=own_token())
    form = choices_form(changes)
    if form.validate_on_submit():
        with form.refusals():
            is_other = services.choose(registration.id, choices=form.choices())
            flash(
                _("Changes saved. The new calendar file is in the e-mail.") if is_other else _("Your answer is saved.")
            )
            return redirect_to("registration.manage", token=own_token())
    touched = {one.session.id for one in changes}
    return page(
        "registration/choose.html", form=form, event=registration.event, token=own_token(), instead_of=instead_of,
        rest=[one for one in queries.places([registration.id]) if one.session_id not in touched],
    )  # fmt: skip
