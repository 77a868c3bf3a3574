"""Writing posts: the text, its translations and its cover."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.face import media
from portal.ground import audit
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal, Refusals, check_version
from portal.membership.models import Network
from portal.news.models import Post, PostStatus
from portal.news.publishers import Publisher
from portal.news.services.states import locked_post, reindex
from portal.words.i18n import Localized, _l
from portal.words.richtext import clean
from portal.words.slugs import again_when_taken, free_slug

TEXTS = ("title", "lead", "body")


@dataclass(frozen=True, slots=True)
class Cover:
    """What is to become of the picture of a post. `data` is a new one; `alt` tells it, unless it is `decorative`."""

    data: bytes | None = None
    alt: str = ""
    decorative: bool = False
    remove: bool = False


@again_when_taken
def create_post(
    *, publisher: Publisher, language: str, title: str, lead: str, body: str, category: str,
    cover: Cover = Cover(), by: Any,
) -> Post:  # fmt: skip
    """A draft in one language. Refuses a picture that is neither described nor decorative."""
    _check_cover(cover, has_picture=cover.data is not None)
    prepared = media.prepare_image(cover.data, field="cover") if cover.data is not None else None
    with transaction() as session:
        is_network = isinstance(publisher, Network)
        post = Post(
            slug=free_slug(title, Post.slug, fallback="post"), network_id=publisher.id if is_network else None,
            organisation_id=None if is_network else publisher.id, author_id=by.id if by else None, category=category,
            title=Localized.of(language, title), lead=Localized.of(language, lead),
            body=Localized.of(language, clean(body)),
        )  # fmt: skip
        if prepared is not None:
            post.cover_id = media.store(prepared, by=by).id
            post.cover_alt = _alt(None, language, cover)
        session.add(post)
        session.flush()
        audit.record("post.created", post, actor=by)
    return post


def update_post(
    post: Post, *, version: int, title: str, lead: str, body: str, category: str, cover: Cover = Cover(), by: Any
) -> None:
    """Change a post, its texts in their original language, and its cover."""
    keeps = post.cover_id is not None and not cover.remove
    _check_cover(cover, has_picture=cover.data is not None or keeps)
    prepared = media.prepare_image(cover.data, field="cover") if cover.data is not None else None
    with transaction():
        post = locked_post(post.id)
        check_version(post, version, as_form(post))
        language = post.title.original
        post.title = post.title.with_text(language, title)
        post.lead = post.lead.with_text(language, lead)
        post.body = post.body.with_text(language, clean(body))
        post.category = category
        _change_cover(post, cover, prepared, language, by)
        reindex(post)
        audit.record("post.changed", post, actor=by)


def translate_post(
    post: Post, *, version: int, language: str, title: str, lead: str, body: str, alt: str = "", by: Any
) -> None:
    """Set the texts in a language that is not the original one; an empty text removes the translation."""
    with transaction():
        post = locked_post(post.id)
        described = post.cover_alt.get(language) if post.cover_alt else ""
        check_version(post, version, {**{name: getattr(post, name).get(language) for name in TEXTS}, "alt": described})
        for name, text in (("title", title), ("lead", lead), ("body", clean(body))):
            value: Localized = getattr(post, name)
            if value:
                setattr(post, name, value.with_translation(language, text))
        if post.cover_alt:
            post.cover_alt = post.cover_alt.with_translation(language, alt)
        reindex(post)
        audit.record("post.translated", post, detail={"language": language}, actor=by)


def delete_post(post: Post, *, by: Any) -> None:
    """Delete a draft for good. Refuses what is or was public."""
    with transaction() as session:
        post = locked_post(post.id)
        if post.status != PostStatus.DRAFT:
            raise Refusal(_l("Only drafts can be deleted. A public post can be taken off the site."))
        audit.record("post.deleted", post, detail={"title": post.title.as_json()}, actor=by)
        session.flush()
        _forget_cover(post)
        session.delete(post)


def forget_covers(organisation_ids: Collection[int]) -> None:
    """Delete the pictures of the posts of organisations that are about to go (inside a transaction)."""
    for post in db.session.scalars(sa.select(Post).where(Post.organisation_id.in_(organisation_ids))):
        _forget_cover(post)


def as_form(post: Post) -> dict[str, Any]:
    """The stored values, by field of the form: texts in their original language."""
    language = post.title.original
    return {
        **{name: getattr(post, name).get(language) for name in TEXTS},
        "category": post.category,
        "cover_alt": post.cover_alt.get(language) if post.cover_alt else "",
    }


def _check_cover(cover: Cover, *, has_picture: bool) -> None:
    if has_picture and not cover.alt and not cover.decorative:
        reason = _l("Describe the picture in one sentence or mark it as decorative.")
        raise Refusals([Refusal(reason, field="cover_alt")])


def _change_cover(post: Post, cover: Cover, prepared: media.PreparedImage | None, language: str, by: Any) -> None:
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
