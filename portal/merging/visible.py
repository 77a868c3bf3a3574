"""Why nobody else sees who wants to merge two profiles."""

from portal.privacy.visible import Visible

VISIBLE = Visible(
    unseen={
        "merge_request": "pages name the two organisations, and nobody of them",
    }
)
