"""Why nobody else sees who has brought in a list."""

from portal.privacy.visible import Visible

VISIBLE = Visible(
    unseen={
        "import_batch": "pages show the list, and not who has brought it in",
    }
)
