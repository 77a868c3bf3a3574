"""Why nobody else sees who was asked to confirm a profile, or proposed to close one."""

from portal.privacy.visible import Visible

VISIBLE = Visible(
    unseen={
        "confirmation_request": "only who was asked opens its link",
        "closing_proposal": "pages show the reason, and not who gave it",
    }
)
