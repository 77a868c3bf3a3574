"""Two people of the demo vouch for a group of a served portal, by the links that they were mailed."""

import secrets

from tests.support import markup
from tests.support.servers import LivePortal
from tests.support.visitor import Visitor, mailed

VOICES = ("owner", "representative")  # of two member organisations; the group belongs to neither


def vouch_twice(portal: LivePortal, owner: str, slug: str) -> None:
    """Both are asked by whoever has this role and manages the group, open their link, and press the button."""
    asker = Visitor(portal).sign_in(owner)
    for role in VOICES:
        address = f"{role}-{secrets.token_hex(4)}@example.org"
        asker.submit(f"/pl/organisations/{slug}/trust/vouches", {"email": address})
        voice, path = Visitor(portal).sign_in(role), mailed(portal, address, "/vouches/")
        page = voice.get(path)
        (first, *_) = [
            one.get("value", "") for one in markup.parsed(page.html).all("input") if one.get("name") == "via"
        ]
        voice.submit(page, {"via": first}, action=path)
