"""A project as everybody sees it: its page, and the same for programs."""

from collections.abc import Sequence
from urllib.parse import quote

from flask import Response, abort, jsonify, make_response, render_template

from portal.face.look import spoken
from portal.face.web import absolute_url, page, paper_file
from portal.face.web.answers import private
from portal.face.web.frames import frame_code
from portal.ground import clock
from portal.ground.authz import public, requires
from portal.impact import queries as impact
from portal.projects import exports, queries, words
from portal.projects.fields import STORY_PARTS
from portal.projects.models import PictureKind, Project, ProjectPicture
from portal.projects.paper import card_paper
from portal.projects.policies import Permission
from portal.projects.views.blueprint import bp

CARD = 320  # pixels: how high it stands in a frame
FIGURES = 3  # of a card on the page of somebody else


@bp.get("/projects/<slug:slug>")
@requires(Permission.SEE, on=queries.by_slug)
def show(project: Project) -> Response:
    named, own = queries.accepted_partners(project.id), absolute_url("projects.show", slug=project.slug)
    photos, logos = _pictures(project)
    linked = None
    if queries.is_public(project):
        linked = exports.linked_data(project, named, own=own, profile=_profile, photos=[*map(_media, photos)])
    return page(
        "projects/show.html", project=project, facts=words.sheet(project, named),
        outcome=impact.outcome_of(project),
        documents=queries.shown_documents(project.id),
        story=[(part.label, getattr(project, part.stored)) for part in STORY_PARTS],
        languages=project.title.languages, photos=photos, logos=logos, linked=linked, letter=_letter(project, own),
        frame=frame_code(absolute_url("projects.card", slug=project.slug), spoken(project.title).text, height=CARD),
    )  # fmt: skip


@bp.get("/projects/<slug:slug>/card")
@public
def card(slug: str) -> Response:
    """What other sites show in a frame: no cookie, no script, nothing from elsewhere, and the same for everybody."""
    project = queries.by_slug(slug)
    if project is None or not queries.is_public(project):
        abort(404)
    return make_response(
        render_template(
            "projects/card.html", project=project, address=absolute_url("projects.show", slug=slug),
            figures=[one for one in impact.outcome_of(project).figures if one.number is not None][:FIGURES],
            period=words.period(project),
        )
    )  # fmt: skip


@bp.get("/projects/<slug:slug>.json")
@requires(Permission.SEE, on=queries.by_slug)
def data(project: Project) -> Response:
    """The card as one object of JSON, for whoever may open its page."""
    named, own = queries.accepted_partners(project.id), absolute_url("projects.show", slug=project.slug)
    at = exports.Addresses(own, _profile, _network, lambda number: _document(project.slug, number), _media)
    documents, pictures = queries.shown_documents(project.id), queries.pictures_of(project.id)
    return jsonify(exports.card(project, named, impact.outcome_of(project), documents, pictures, at))


@bp.get("/projects/<slug:slug>.pdf")
@requires(Permission.SEE, on=queries.by_slug)
def paper(project: Project) -> Response:
    """The card as a file to print and hand over, for whoever may open its page."""
    private()
    documents = [(one, _document(project.slug, one.id)) for one in queries.shown_documents(project.id)]
    named, own = queries.accepted_partners(project.id), absolute_url("projects.show", slug=project.slug)
    made = card_paper(
        project, named, impact.outcome_of(project), clock.now(), documents, *_pictures(project), address=own,
        practice=absolute_url("projects.practice", slug=project.slug), is_public=queries.is_public(project),
    )  # fmt: skip
    return paper_file(made, project.slug)


def _media(picture: ProjectPicture) -> str:
    return absolute_url("service.media", key=picture.file.sizes[-1].key)


def _pictures(project: Project) -> tuple[Sequence[ProjectPicture], Sequence[ProjectPicture]]:
    """The photos of a card and the logos on it."""
    found = queries.pictures_of(project.id)
    return [one for one in found if one.kind == PictureKind.PHOTO], [
        one for one in found if one.kind == PictureKind.LOGO
    ]


def _profile(slug: str) -> str:
    return absolute_url("organisations.show", slug=slug)


def _network(slug: str) -> str:
    return absolute_url("membership.show", slug=slug)


def _document(slug: str, number: int) -> str:
    return absolute_url("projects.document_file", slug=slug, number=number)


def _letter(project: Project, own: str) -> str:
    """A letter to somebody about this card, for the mail program of the reader (RFC 6068)."""
    title = project.title.shown().text
    body = f"{title}\r\n{own}"
    return f"mailto:?subject={quote(title)}&body={quote(body)}"
