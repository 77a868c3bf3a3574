"""News as everybody reads them."""

from typing import TypedDict

from flask import Response, abort, request, url_for

from portal.face.web import Pagination, page
from portal.ground.authz import public, requires
from portal.membership import queries as membership
from portal.membership.publishers import Publisher, endpoint_of, publisher_of, zone_of
from portal.news import queries
from portal.news.models import Post
from portal.news.policies import Permission
from portal.news.queries import Filters
from portal.news.views.blueprint import bp
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.organisations.policies import Permission as OrganisationPermission
from portal.words.vocabularies import label, vocabulary

PAGE = 12


@bp.get("/news")
@public
def index() -> Response:
    return _list(Filters(category=chosen_category()), feed=url_for("news.feed"))


@bp.get("/organisations/<slug:slug>/news")
@requires(OrganisationPermission.SEE, on=organisations.by_slug)
def of_organisation(organisation: Organisation) -> Response:
    filters = Filters(organisation_id=organisation.id, category=chosen_category())
    feed = url_for("news.organisation_feed", slug=organisation.slug)
    return _list(filters, feed=feed, publisher=organisation, back=url_for("organisations.show", slug=organisation.slug))


@bp.get("/networks/<slug:slug>/news")
@public
def of_network(slug: str) -> Response:
    network = membership.network_by_slug(slug)
    if network is None:
        abort(404)
    filters = Filters(network_id=network.id, category=chosen_category())
    feed = url_for("news.network_feed", slug=slug)
    return _list(filters, feed=feed, publisher=network, back=url_for("membership.show", slug=slug))


@bp.get("/news/<slug:slug>")
@requires(Permission.SEE, on=queries.by_slug)
def show(post: Post) -> Response:
    return page("news/show.html", languages=post.title.languages, **reading(post))


class Reading(TypedDict):
    """What the template of a post asks for."""

    post: Post
    publisher: Publisher
    publisher_url: str
    zone: str


def reading(post: Post) -> Reading:
    """What the page of a post shows, also in its preview."""
    publisher = publisher_of(post)
    return {"post": post, "publisher": publisher, "publisher_url": publisher_url(publisher), "zone": zone_of(publisher)}


def publisher_url(publisher: Publisher) -> str:
    return url_for(endpoint_of(publisher), slug=publisher.slug)


def chosen_category() -> str:
    """The category that the address asks for; one that does not exist is none."""
    asked = request.args.get("category", "")
    return asked if any(term.code == asked for term in vocabulary("post_category")) else ""


def _list(filters: Filters, *, feed: str, publisher: Publisher | None = None, back: str = "") -> Response:
    numbers = queries.categories(filters)
    total = numbers.get(filters.category, 0) if filters.category else sum(numbers.values())
    pages = Pagination.of_request(total, PAGE)
    posts = queries.listed(filters, offset=pages.offset, limit=pages.size)
    facets = [
        (term.label, numbers[term.code], term.code) for term in vocabulary("post_category") if term.code in numbers
    ]
    return page(
        "news/index.html", posts=posts, pages=pages, facets=facets, chosen=filters.category, feed=feed, back=back,
        publisher=publisher, publisher_of=publisher_of, zone_of=zone_of, label=label,
    )  # fmt: skip
