"""Whether the page of a network shows the own address."""

from flask import Response

from portal.accounts.session import signed_in_person
from portal.face.forms import ActionForm
from portal.face.web import flash, page, private, redirect_to
from portal.ground.authz import requires
from portal.membership import queries, services
from portal.membership.models import Network
from portal.membership.policies import Permission
from portal.membership.views.blueprint import bp
from portal.privacy import consents
from portal.privacy.consents import Purpose
from portal.words.i18n import _


@bp.route("/networks/<slug:slug>/contact", methods=["GET", "POST"])
@requires(Permission.SHOW_ADDRESS, on=queries.network_by_slug)
def contact(network: Network) -> Response:
    private()
    form, slug, person = ActionForm(), network.slug, signed_in_person()
    address, about = person.address, f"network:{network.id}"
    if form.validate_on_submit():
        with form.refusals():
            services.show_address(network, by=person)
            flash(_("The page of the network shows your address now."))
            return redirect_to("membership.show", slug=slug)
    return page(
        "membership/contact.html", form=form, network=queries.network_by_slug(slug), address=address,
        words=consents.text_of(Purpose.PUBLIC_PROFILE).words,
        is_given=consents.standing(signed_in_person().id, Purpose.PUBLIC_PROFILE, about) is not None,
    )  # fmt: skip
