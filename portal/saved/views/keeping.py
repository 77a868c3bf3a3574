"""Keeping the search that the directory shows."""

from typing import Any, cast

from flask import Response, request

from portal.accounts.session import current_person
from portal.face.web import client_ip, flash, page, redirect_to
from portal.face.web.answers import private
from portal.ground import limits
from portal.ground.authz import public
from portal.ground.errors import Refusal
from portal.mail import Frequency
from portal.organisations.views.facets import Choice
from portal.saved import services
from portal.saved.forms import KeepForm
from portal.saved.searches import Search
from portal.saved.views.blueprint import bp
from portal.saved.views.shown import directory_of, name_of
from portal.words.i18n import _, current_language


@bp.route("/new", methods=["GET", "POST"])
@public
def new() -> Response:
    """The address has the filters of the directory. A search that cannot be kept is told of, with the way back."""
    private()
    choice, person = Choice.of_request(), current_person()
    search = Search.of(choice.q, choice.chosen)
    form = KeepForm.by(person)
    fault = _fault(search)
    if form.validate_on_submit():
        with form.refusals():
            often = form.frequency.data
            if person is not None:
                services.keep(search, frequency=often, locale=current_language(), by=person)
                flash(
                    _("The search is kept.")
                    if often == Frequency.NEVER
                    else _("The search is kept. Messages come by e-mail.")
                )
                return redirect_to("saved.index")
            limits.check("mail", address=form.email.data, ip=client_ip())
            services.ask(search, email=form.email.data, frequency=often, locale=current_language())
            flash(_("A message with a link is on its way. The search is kept once you confirm it there."))
            return redirect_to("organisations.index", **cast(dict[str, Any], search.values))
    return page(
        "saved/new.html", form=form, fault=fault, is_cut=choice.is_cut, name=name_of(search), directory=directory_of(search),
        action=request.full_path, address=person.address if person else "",
    )  # fmt: skip


def _fault(search: Search) -> str | None:
    try:
        services.checked(search)
    except Refusal as refusal:
        return str(refusal.reason)
    return None
