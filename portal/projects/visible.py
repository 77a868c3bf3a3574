"""What others see about people who write records of projects: nothing."""

from portal.privacy.visible import Visible

VISIBLE = Visible(
    unseen={"project_record": "a record says that a second person confirmed it, and names nobody of the portal"},
)
