"""Two people of the demo vouch for a group of a served portal, by the links that they were mailed."""

import secrets
from weakref import WeakKeyDictionary

from tests.support import markup
from tests.support.servers import LivePortal
from tests.support.visitor import Visitor, mailed

_SIGNED_IN: WeakKeyDictionary[LivePortal, dict[str, Visitor]] = WeakKeyDictionary()  # logging in is limited
VOICES = ("owner", "representative")  # of two member organisations; the group belongs to neither


def vouch_twice(portal: LivePortal, owner: str, slug: str) -> None:
    """Both are asked by whoever has this role and manages the group, open their link, and press the button."""
    asker = _signed_in(portal, owner)
    for role in VOICES:
        address = f"{role}-{secrets.token_hex(4)}@example.org"
        asker.submit(f"/pl/organisations/{slug}/trust/vouches", {"email": address})
        voice, path = _signed_in(portal, role), mailed(portal, address, "/vouches/")
        page = voice.get(path)
        (first, *_) = [
            one.get("value", "") for one in markup.parsed(page.html).all("input") if one.get("name") == "via"
        ]
        voice.submit(page, {"via": first}, action=path)


def _signed_in(portal: LivePortal, role: str) -> Visitor:
    known = _SIGNED_IN.setdefault(portal, {})
    if role not in known:
        known[role] = Visitor(portal).sign_in(role)
    return known[role]
