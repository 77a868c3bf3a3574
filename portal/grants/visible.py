"""What others see about people who look after micro-grants: nothing."""

from portal.privacy.visible import Visible

VISIBLE = Visible(
    unseen={
        "grant_operator": "the profile says that the portal team named the organisation, and not who",
        "grant_call_event": "the call says that two people of its operator moved the deadline, and not who",
    }
)
