"""Why messages to many show nobody who wrote or got them."""

from portal.privacy.visible import Visible

VISIBLE = Visible(
    unseen={
        "message": "it is written in the name of a network, and its pages name nobody",
        "message_delivery": "its sender sees numbers",
    }
)
