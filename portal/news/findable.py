"""What search and the sitemap get of posts: those that are public."""

from collections.abc import Iterator

from portal.ground.statements import streamed
from portal.news import queries
from portal.news.models import KIND, Post
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


def pages(numbers: range) -> Iterator[PublicPage]:
    found = queries.public_ids().with_only_columns(Post.slug, Post.title).order_by(Post.id)
    found = found.where(Post.id >= numbers.start, Post.id < numbers.stop)
    for slug, title in streamed(found, 200):
        yield PublicPage(f"news/{slug}", title.languages)


FINDABLE = Findable(KIND, "news", queries.public_ids, pages)
