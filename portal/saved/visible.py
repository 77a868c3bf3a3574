"""Why nobody else sees saved searches."""

from portal.privacy.visible import Visible

VISIBLE = Visible(
    unseen={
        "saved_search": "only whoever reads its mails sees a search that is kept",
        "search_reader": "only the owner of a mailbox sees that searches are kept for it",
    }
)
