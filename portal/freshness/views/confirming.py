"""The page behind the link of a mail: what the profile says, and one button."""

from flask import Response, request

from portal.face.forms import ActionForm
from portal.face.web import page, redirect_to
from portal.freshness import queries, services
from portal.freshness.mails import CONFIRMATION
from portal.freshness.models import Request
from portal.freshness.views.blueprint import bp
from portal.ground.authz import by_link
from portal.ground.links import LinkToken
from portal.organisations import queries as organisations
from portal.organisations.fields import NUMBERS, REVIEWED
from portal.words.i18n import _


@bp.route("/confirmations/<token>", methods=["GET", "POST"])
@by_link(CONFIRMATION, on=queries.request_of)
def confirm(asked: Request, link: LinkToken) -> Response:
    form, organisation = ActionForm(), asked.organisation
    if form.validate_on_submit():
        with form.refusals():
            services.answer(asked)
            return redirect_to("freshness.confirm", token=(request.view_args or {})["token"])
    numbers = organisations.stored(organisation)
    return page(
        "freshness/confirm.html",
        form=form,
        organisation=organisation,
        asked_name=asked.person.name,
        is_done=organisation.confirmed_at is not None and organisation.confirmed_at > asked.confirmed_at,
        details=[
            *REVIEWED.facts(organisation),
            *((one.label, numbers.get(one.name)) for one in NUMBERS.fields),
            (_("Themes"), ", ".join(organisation.theme_labels)),
        ],
    )
