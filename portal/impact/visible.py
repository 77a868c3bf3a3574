"""What others see about people who freeze reports: nothing."""

from portal.privacy.visible import Visible

VISIBLE = Visible(unseen={"impact_report": "a report names the day on which it was frozen, and nobody"})
