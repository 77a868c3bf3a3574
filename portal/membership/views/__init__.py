"""The pages of networks: public ones, those of coordinators, of applicants, and of those who decide."""

from portal.membership.views import applying, asking, contacts, deciding, letters, managing, public
from portal.membership.views.applying import profile_parts
from portal.membership.views.blueprint import bp
from portal.membership.views.deciding import home_panel, waiting_panel

__all__ = [
    "applying", "asking", "bp", "contacts", "deciding", "home_panel", "letters", "managing", "profile_parts", "public",
    "waiting_panel",
]  # fmt: skip
