"""The pages about trust in profiles."""

from portal.trust.views import checks, claims, groups, support
from portal.trust.views.blueprint import bp
from portal.trust.views.cases import own_panel, waiting_panel
from portal.trust.views.profile import profile_part

__all__ = ["bp", "checks", "claims", "groups", "own_panel", "profile_part", "support", "waiting_panel"]
