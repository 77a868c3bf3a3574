"""Writing, translating and looking over posts."""

from flask import Response, abort, request, url_for

from portal.accounts.models import Person
from portal.accounts.session import signed_in_person
from portal.declaration import Panel, PanelLink
from portal.face.forms import ActionForm
from portal.face.web import Pagination, flash, page, private, redirect_to
from portal.ground.authz import requires
from portal.membership import queries as membership
from portal.membership.models import Network
from portal.membership.publishers import Publisher, publisher_of, zone_of
from portal.news import forms, queries, services
from portal.news.models import Post, PostStatus
from portal.news.policies import Permission, may_see_own
from portal.news.views.blueprint import bp
from portal.news.views.public import publisher_url, reading
from portal.news.words import STATES
from portal.organisations import queries as organisations
from portal.organisations.models import Organisation
from portal.words.i18n import LANGUAGES, Localized, _, current_language
from portal.words.vocabularies import language_name

PAGE = 50
BUTTONS = 12


def home_panel(person: Person) -> Panel | None:
    """On the person's own page: the way to their posts."""
    if not may_see_own(person):
        return None
    return Panel(_("News that you write"), [PanelLink(_("My posts"), url_for("news.mine"))])


@bp.get("/news/mine")
@requires(Permission.SEE_OWN)
def mine() -> Response:
    person = signed_in_person()
    asked = request.args.get("state", "")
    status = asked if asked in list(PostStatus) else ""
    numbers = queries.numbers_written(person)
    total = sum(numbers.values())
    pages = Pagination.of_request(numbers[status] if status else total, PAGE)
    publisher_pages, publishers = Pagination.of_rows(_begins(person), BUTTONS, "publishers")
    posts = queries.written_by_publishers_of(person, status, offset=pages.offset, limit=pages.size)
    return page(
        "news/mine.html", posts=posts, pages=pages, numbers=numbers, chosen=status, total=total, states=STATES,
        publisher_of=publisher_of, zone_of=zone_of, publishers=publishers, publisher_pages=publisher_pages,
    )  # fmt: skip


def _begins(person: Person) -> list[tuple[str, Localized]]:
    """(address, name) of each publisher that a person can begin a post for."""
    own = organisations.organisations_of(person, queries.WRITERS)
    networks = membership.coordinated_networks(person)
    return [
        *((url_for("news.new_for_organisation", slug=one.slug), one.name) for one in own),
        *((url_for("news.new_for_network", slug=one.slug), one.name) for one in networks),
    ]


@bp.route("/organisations/<slug:slug>/news/new", methods=["GET", "POST"])
@requires(Permission.WRITE_FOR_ORGANISATION, on=organisations.by_slug)
def new_for_organisation(organisation: Organisation) -> Response:
    return _new(organisation)


@bp.route("/networks/<slug:slug>/news/new", methods=["GET", "POST"])
@requires(Permission.WRITE_FOR_NETWORK, on=membership.network_by_slug)
def new_for_network(network: Network) -> Response:
    return _new(network)


def _new(publisher: Publisher) -> Response:
    form = forms.NewPostForm(data={"language": current_language(), "category": "news"})
    if form.validate_on_submit():
        with form.refusals():
            post = services.create_post(
                publisher=publisher,
                language=form.language.data,
                cover=form.picture(),
                by=signed_in_person(),
                **form.texts(),
            )
            flash(_("Draft saved."))
            return redirect_to("news.preview", slug=post.slug)
    return page("news/new.html", form=form, publisher=publisher)


@bp.route("/news/<slug:slug>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT, on=queries.by_slug)
def edit(post: Post) -> Response:
    slug, form = post.slug, forms.EditPostForm.of(post)
    if form.validate_on_submit():
        with form.refusals():
            services.update_post(post, version=form.seen, cover=form.picture(), by=signed_in_person(), **form.texts())
            flash(_("Changes saved."))
            return redirect_to("news.preview", slug=slug)
    post = queries.by_slug(slug) or post
    return page("news/edit.html", form=form, post=post, publisher=publisher_of(post))


@bp.route("/news/<slug:slug>/translate", methods=["GET", "POST"])
@requires(Permission.TRANSLATE, on=queries.by_slug)
def translate(post: Post) -> Response:
    code, slug = _language(post.title.original), post.slug
    form = forms.TranslatePostForm.on(post, code)
    if form.validate_on_submit():
        with form.refusals():
            services.translate_post(post, language=code, by=signed_in_person(), **form.values())
            flash(_("Translation saved: %(language)s", language=language_name(code)))
            return redirect_to("news.preview", slug=slug, lang=code)
    post = queries.by_slug(slug) or post
    return page("news/translate.html", form=form, post=post, code=code)


def _language(original: str) -> str:
    """The language of the address (`?to=bg`); the original one is not translated into."""
    code = request.args.get("to", "")
    if code not in LANGUAGES or code == original:
        abort(404)
    return code


@bp.get("/news/<slug:slug>/preview")
@requires(Permission.PREVIEW, on=queries.by_slug)
def preview(post: Post) -> Response:
    private()
    return page("news/preview.html", states=STATES, **reading(post))


@bp.route("/news/<slug:slug>/delete", methods=["GET", "POST"])
@requires(Permission.DELETE, on=queries.by_slug)
def delete(post: Post) -> Response:
    form = ActionForm()
    if form.validate_on_submit():
        with form.refusals():
            services.delete_post(post, by=signed_in_person())
            flash(_("Draft deleted."))
            return redirect_to("news.mine")
    publisher = publisher_of(post)
    return page("news/delete.html", form=form, post=post, publisher=publisher, publisher_url=publisher_url(publisher))
