"""What search and the sitemap get of posts: those that are public."""

from collections.abc import Iterator

from portal.news import queries
from portal.news.models import KIND, Post
from portal.words.i18n import LANGUAGES
from portal.words.richtext import plain
from portal.words.search import Document, Findable, PublicPage


def document(post: Post) -> Document:
    """A post is found by its title, lead and body in every language."""
    return Document(
        kind=KIND,
        object_id=post.id,
        url=f"news/{post.slug}",
        title=post.title,
        summary=post.lead,
        text=[plain(html) for html in post.body.texts.values()],
    )


def pages() -> Iterator[PublicPage]:
    yield PublicPage("news", LANGUAGES)
    for post in queries.public_posts():
        yield PublicPage(f"news/{post.slug}", post.title.languages)


FINDABLE = Findable(KIND, pages)
