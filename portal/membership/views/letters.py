"""What was written about a network, and whether it arrived: for its coordinators."""

from flask import Response, request

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm, whole_number
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import requires
from portal.mail import Reason, concern, log
from portal.mail.log_page import log_page
from portal.membership import queries, services
from portal.membership.models import Membership, Network
from portal.membership.policies import Permission
from portal.membership.views.blueprint import bp
from portal.words.i18n import _


def unreached(membership: Membership) -> list[tuple[str, Reason]]:
    """Who of the organisation mails about its membership do not reach, by name, and why."""
    people = queries.keepers(membership.organisation_id, services.TOLD)
    trouble = log.trouble([one.address for one in people], concern("network", membership.network_id))
    return [(one.name, trouble[one.address]) for one in people if one.address in trouble]


@bp.route("/networks/<slug:slug>/mails", methods=["GET", "POST"])
@requires(Permission.MAILS, on=queries.network_by_slug)
def mails(network: Network) -> Response:
    private()
    form, slug, about = ActionForm(), network.slug, concern("network", network.id)
    if form.validate_on_submit():
        with form.refusals():
            services.send_mail_again(network, whole_number(request.form.get("again", "")), by=signed_in_person())
            flash(_("The message is sent again now."))
            return redirect_to("membership.mails", slug=slug)
    return page("membership/mails.html", form=form, network=queries.network_by_slug(slug), log=log_page(about))
