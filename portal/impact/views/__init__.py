"""Figures behind the numbers of a card, their totals, reports, frames of funders, and what organisations received."""

from portal.impact.views import aims, figures, frames, framing, received, reports, totals
from portal.impact.views.blueprint import bp
from portal.impact.views.received import profile_parts

__all__ = ["aims", "bp", "figures", "frames", "framing", "profile_parts", "received", "reports", "totals"]
