"""What search and the sitemap get of posts: those that are public."""

from collections.abc import Iterator

from portal.news import queries
from portal.news.models import Post
from portal.words.i18n import LANGUAGES
from portal.words.richtext import plain
from portal.words.search import Document


def document(post: Post) -> Document:
    """A post is found by its title, lead and body in every language."""
    return Document(
        kind="post",
        object_id=post.id,
        url=f"news/{post.slug}",
        title=post.title,
        summary=post.lead,
        text=[plain(html) for html in post.body.texts.values()],
    )


def documents() -> Iterator[Document]:
    """All that search should know of posts; to build its index anew."""
    yield from (document(post) for post in queries.public_posts())


def public_pages() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(path without its language, languages that it exists in) of every public page of this feature."""
    yield "news", LANGUAGES
    for post in queries.public_posts():
        yield f"news/{post.slug}", post.title.languages
