"""Addresses on a profile: only by https, and on the site that their kind says. No database."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from portal.ground.errors import Refusal
from portal.words.i18n import _l
from portal.words.websites import is_disguised, is_website

HOSTS: Mapping[str, tuple[str, ...]] = {
    "facebook": ("facebook.com", "fb.com", "fb.me"),
    "instagram": ("instagram.com",),
    "youtube": ("youtube.com", "youtu.be"),
    "linkedin": ("linkedin.com",),
}
UNSAFE = _l("Enter an address that begins with https://. Others can be read and changed on their way.")
NO_WEBSITE = _l("Enter the whole address, for example https://example.org")


def checked(field: str, url: str, stored: str = "") -> None:
    """Raises Refusal with what to do about an address that does not belong on a profile.

    One that is `stored` already stays, whatever it is: nobody has to mend a website before they can save.
    """
    if not url or url == stored:
        return
    if not is_website(url) or is_disguised(url):
        raise Refusal(NO_WEBSITE, field=field)
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise Refusal(UNSAFE, field=field)
    hosts = HOSTS.get(field)
    if hosts and not any(f".{parts.hostname}".endswith(f".{host}") for host in hosts):
        raise Refusal(_l("This address is not on %(host)s. Enter it in another field.", host=hosts[0]), field=field)
