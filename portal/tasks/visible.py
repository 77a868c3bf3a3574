"""Why nobody else sees the long work of a person."""

from portal.privacy.visible import Visible

VISIBLE = Visible(unseen={"task": "only whoever started it watches it"})
