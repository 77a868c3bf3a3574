"""The pages of freshness."""

from portal.freshness.views import confirming, following
from portal.freshness.views.blueprint import bp
from portal.freshness.views.following import waiting

__all__ = ["bp", "confirming", "following", "waiting"]
