"""Who publishes a post, and where they are."""

from portal.membership.models import Network
from portal.news.models import Post
from portal.organisations.models import Organisation

Publisher = Organisation | Network


def publisher_of(post: Post) -> Publisher:
    """The organisation or the network; the post comes with both loaded."""
    publisher = post.network or post.organisation
    assert publisher is not None
    return publisher


def zone_of(publisher: Publisher) -> str:
    """The IANA zone in which a publisher says when."""
    return publisher.timezone if isinstance(publisher, Network) else publisher.zone
