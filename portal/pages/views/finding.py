"""Search over everything that is public."""

from flask import Response, request

from portal.declaration import findables
from portal.face.web import Pagination, page
from portal.ground.authz import public
from portal.pages import queries
from portal.pages.views.blueprint import bp
from portal.words import search as index
from portal.words.clean import one_line
from portal.words.i18n import current_language
from portal.words.search.finding import REACH

PAGE = 20
LONGEST = 200


@bp.get("/search")
@public
def search() -> Response:
    query = one_line(request.args.get("q", ""), LONGEST)
    kind = request.args.get("kind", "")
    kinds = {one.kind.code: one.kind for one in findables()}
    asked = [kinds[kind]] if kind in kinds else None
    pages = Pagination.of_request(REACH, PAGE)
    hits = index.search(query, lang=current_language(), kinds=asked, limit=PAGE, offset=pages.offset)
    return page(
        "pages/search.html",
        query=query,
        kind=kind if kind in kinds else "",
        kinds={code: one.label for code, one in kinds.items()},
        numbers=index.counted(query, list(kinds.values())),
        hits=hits,
        places=queries.places_of(hits.items),
        spans=queries.spans_of(hits.items),
        marked=index.marked,
        pages=Pagination.of_request(hits.total, PAGE),
    )
