"""What everybody may read."""

from flask import Response, abort

from portal.face.web import Pagination, page
from portal.ground.authz import public
from portal.membership import queries
from portal.membership.findable import languages_of
from portal.membership.views.blueprint import bp

PAGE = 24


@bp.get("/networks/")
@public
def networks() -> Response:
    return page("membership/networks.html", networks=queries.networks_shown())


@bp.get("/networks/<slug:slug>")
@public
def show(slug: str) -> Response:
    network = queries.network_by_slug(slug)
    if network is None:
        abort(404)
    pages = Pagination.of_request(queries.member_count(network), PAGE)
    members = queries.active_members(network, limit=pages.size, offset=pages.offset)
    return page(
        "membership/show.html",
        languages=languages_of(network),
        network=network,
        members=members,
        pages=pages,
    )
