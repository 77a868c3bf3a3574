"""Writing posts: the text, its translations and its cover."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.face import media
from portal.ground import audit
from portal.ground.authz import Portal, demand
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal, Refusals, check_version
from portal.membership.models import Network
from portal.membership.publishers import Publisher
from portal.news.fields import POST, WITH_COVER
from portal.news.models import Post, PostStatus
from portal.news.policies import Permission
from portal.news.services.states import locked_post, reindex
from portal.words.i18n import Localized, _l
from portal.words.slugs import again_when_taken, free_slug


@dataclass(frozen=True, slots=True)
class Cover:
    """What is to become of the picture of a post. `data` is a new one; `alt` tells it, unless it is `decorative`."""

    data: bytes | None = None
    alt: str = ""
    decorative: bool = False
    remove: bool = False


@again_when_taken
def create_post(
    *, publisher: Publisher, language: str, cover: Cover = Cover(), by: Person | Portal, **values: object
) -> Post:
    """A draft with the fields of POST, in one language. Refuses a picture that is neither described nor decorative."""
    given = POST.given_new(values).check()
    _check_cover(cover, has_picture=cover.data is not None)
    prepared = media.prepare_image(cover.data, field="cover") if cover.data is not None else None
    with transaction() as session:
        is_network = isinstance(publisher, Network)
        demand(Permission.WRITE_FOR_NETWORK if is_network else Permission.WRITE_FOR_ORGANISATION, publisher, by=by)
        post = Post(
            slug=free_slug(given.text("title"), Post.slug, fallback="post"),
            network_id=publisher.id if is_network else None, organisation_id=None if is_network else publisher.id,
            author_id=by.id, **POST.new(given, language),
        )  # fmt: skip
        if prepared is not None:
            post.cover_id = media.store(prepared, by=by).id
            post.cover_alt = _alt(None, language, cover)
        session.add(post)
        session.flush()
        audit.record("post.created", post, actor=by)
    return post


def update_post(post: Post, *, version: int, cover: Cover = Cover(), by: Person | Portal, **values: object) -> None:
    """Change a post, its texts in their original language, and its cover."""
    given = POST.given(values).check()
    keeps = post.cover_id is not None and not cover.remove
    _check_cover(cover, has_picture=cover.data is not None or keeps)
    prepared = media.prepare_image(cover.data, field="cover") if cover.data is not None else None
    with transaction():
        post = locked_post(post.id)
        demand(Permission.EDIT, post, by=by)
        language = post.title.original
        check_version(post, version, WITH_COVER.read(post, language))
        POST.write(post, given, language)
        _change_cover(post, cover, prepared, language, by)
        reindex(post)
        audit.record("post.changed", post, actor=by)


def translate_post(
    post: Post, *, version: int, language: str, cover_alt: str = "", by: Person | Portal, **texts: object
) -> None:
    """Set the texts in a language that is not the original one; an empty text removes the translation."""
    given = WITH_COVER.texts.given({**texts, "cover_alt": cover_alt}).check()
    with transaction():
        post = locked_post(post.id)
        demand(Permission.TRANSLATE, post, by=by)
        check_version(post, version, WITH_COVER.texts.read(post, language))
        WITH_COVER.texts.translate(post, given, language)
        reindex(post)
        audit.record("post.translated", post, detail={"language": language}, actor=by)


def delete_post(post: Post, *, by: Person | Portal) -> None:
    """Delete a draft for good. Refuses what is or was public."""
    with transaction() as session:
        post = locked_post(post.id)
        if post.status != PostStatus.DRAFT:
            raise Refusal(_l("Only drafts can be deleted. A public post can be taken off the site."))
        demand(Permission.DELETE, post, by=by)
        audit.record("post.deleted", post, detail={"title": post.title.as_json()}, actor=by)
        session.flush()
        _forget_cover(post)
        session.delete(post)


def forget_covers(organisation_ids: Collection[int]) -> None:
    """Delete the pictures of the posts of organisations that are about to go (inside a transaction)."""
    for post in db.session.scalars(sa.select(Post).where(Post.organisation_id.in_(organisation_ids))):
        _forget_cover(post)


def _check_cover(cover: Cover, *, has_picture: bool) -> None:
    if has_picture and not cover.alt and not cover.decorative:
        reason = _l("Describe the picture in one sentence or mark it as decorative.")
        raise Refusals([Refusal(reason, field="cover_alt")])


def _change_cover(
    post: Post, cover: Cover, prepared: media.PreparedImage | None, language: str, by: Person | Portal
) -> None:
    if cover.remove or prepared is not None:
        _forget_cover(post)
    if prepared is not None:
        post.cover_id = media.store(prepared, by=by).id
    post.cover_alt = _alt(post.cover_alt, language, cover) if post.cover_id is not None else None


def _forget_cover(post: Post) -> None:
    if post.cover_id is None:
        return
    file = db.session.get_one(media.File, post.cover_id)
    post.cover_id = None
    db.session.flush()
    media.remove(file)


def _alt(known: Localized | None, language: str, cover: Cover) -> Localized | None:
    if cover.decorative:
        return None
    return (known or Localized(language)).with_text(language, cover.alt)
