"""A profile elsewhere: on paper (the QR code of its address) and on other sites (a card, and a picture with a link)."""

from flask import Response, abort, make_response, render_template, request

from portal.face.look import spoken
from portal.face.media import media_response
from portal.face.qr import qr_path
from portal.face.web import page
from portal.face.web.addresses import absolute_url
from portal.face.web.answers import private
from portal.face.web.frames import frame_code
from portal.ground.authz import public, requires
from portal.organisations import queries
from portal.organisations.models import PUBLIC, Organisation
from portal.organisations.policies import Permission
from portal.organisations.views.blueprint import bp

PICTURE = 208  # pixels: twice what the card shows
KEPT = 3600  # seconds that others may keep what stands on their pages


def _shown_elsewhere(slug: str) -> Organisation:
    """What everybody may see. Nobody is asked who they are: on the page of somebody else it is the same for all."""
    organisation = queries.by_slug(slug)
    if organisation is None or organisation.status not in PUBLIC:
        abort(404)
    return organisation


@bp.get("/<slug:slug>/card")
@public
def card(slug: str) -> Response:
    """What other sites show in a frame: no cookie, no script, nothing from elsewhere."""
    organisation = _shown_elsewhere(slug)
    address = absolute_url("organisations.show", slug=slug)
    return make_response(render_template("organisations/card.html", organisation=organisation, address=address))


@bp.get("/<slug:slug>/card/picture")
@public
def card_picture(slug: str) -> Response:
    """The logo under an address that does not change with it, for the pages of others."""
    organisation = _shown_elsewhere(slug)
    if organisation.logo is None:
        abort(404)
    response = media_response(organisation.logo.sized(PICTURE).key)
    response.headers["Cache-Control"] = f"public, max-age={KEPT}"
    return response


@bp.get("/<slug:slug>/qr.svg")
@public
def qr(slug: str) -> Response:
    """The address of the profile in the language of this page, as a picture that needs no other site."""
    _shown_elsewhere(slug)
    size, path = qr_path(absolute_url("organisations.show", slug=slug))
    answer = make_response(render_template("organisations/qr.svg", size=size, path=path))
    answer.mimetype = "image/svg+xml"
    answer.headers["Cache-Control"] = f"public, max-age={KEPT}"
    if request.args.get("download"):
        answer.headers["Content-Disposition"] = f'attachment; filename="{slug}.svg"'
    return answer


@bp.get("/<slug:slug>/share")
@requires(Permission.EDIT, on=queries.by_slug)
def share(organisation: Organisation) -> Response:
    private()
    slug = organisation.slug
    address, framed = absolute_url("organisations.show", slug=slug), absolute_url("organisations.card", slug=slug)
    return page(
        "organisations/share.html",
        organisation=organisation,
        is_public=organisation.status in PUBLIC,
        address=address,
        codes={
            "frame": frame_code(framed, spoken(organisation.name).text),
            "link": render_template(
                "organisations/_link_code.html",
                address=address,
                organisation=organisation,
                picture=absolute_url("organisations.card_picture", slug=slug) if organisation.logo else "",
            ),
        },
    )
