"""Which addresses a text may link to. Checked here and not by a sanitiser: bleach lets `javascript:123` through."""

import re

from portal.words.websites import LONGEST, as_opened, is_website

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,24}(?:[/?#].*)?", re.UNICODE)
_MAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+\w{2,24}", re.UNICODE)
_PICTURE = re.compile(r"/media/[0-9a-f]{64}\.webp")


def safe_href(raw: str) -> str | None:
    """The address to link to, or None. What browsers ignore in a scheme goes before it is looked at."""
    href = as_opened(raw)
    if not href or len(href) > LONGEST or "\\" in href:
        return None
    scheme = _SCHEME.match(href)
    if scheme:
        return _absolute(href, scheme.group(1).lower())
    if href.startswith("/"):
        return None if href.startswith("//") else href
    if _MAIL.fullmatch(href):
        return f"mailto:{href}"
    return f"https://{href}" if _DOMAIN.fullmatch(href) else None


def _absolute(href: str, scheme: str) -> str | None:
    rest = href[len(scheme) + 1 :]
    if scheme not in SCHEMES:
        return None
    if scheme in ("mailto", "tel"):
        return href if re.match(r"[\w+]", rest) else None
    return href if rest.startswith("//") and is_website(href) else None


def safe_picture(raw: str) -> str | None:
    """Pictures come from our own media only: any other address tells a stranger who reads the page."""
    return raw if _PICTURE.fullmatch(raw) else None
