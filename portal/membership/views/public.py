"""What everybody may read."""

from flask import Response, abort, request

from portal.events import queries as events
from portal.face.web import Pagination, page, redirect_to
from portal.ground.authz import public
from portal.impact import queries as impact
from portal.membership import queries
from portal.membership.findable import languages_of
from portal.membership.views.blueprint import bp
from portal.news import queries as news
from portal.organisations.words import year_began
from portal.projects import queries as projects
from portal.words.clean import one_line

PAGE = 24
FARTHEST = 100_000  # networks that can be paged through
LONGEST_QUERY = 200


@bp.get("/networks/")
@public
def networks() -> Response:
    words = one_line(request.args.get("q", ""), LONGEST_QUERY)
    asked = Pagination.of_request(FARTHEST, PAGE)
    found, total = queries.networks_listed(words, offset=asked.offset, limit=PAGE)
    if not found and asked.page > 1:  # behind the end: the first part stands there
        return redirect_to("membership.networks", **({"q": words} if words else {}))
    return page(
        "membership/networks.html",
        networks=found,
        coming=events.numbers_by_network(past=False, among=[network.id for network in found]),
        pages=Pagination.of_request(total, PAGE),
        words=words,
    )


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
        confirmed=queries.confirmed_members(network.id, year_began()) if members else 0,
        pages=pages,
        coordinators=queries.coordinators_named(network.id),
        events=events.upcoming_of_network(network.id),
        posts=news.latest_of_network(network.id),
        projects=projects.shown_of_network(network.id),
        figures=impact.headlines(impact.of_network(network.id)),
    )
