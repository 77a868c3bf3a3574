"""Figures behind the numbers of a card, and reports."""

from portal.impact.views import figures, reports
from portal.impact.views.blueprint import bp

__all__ = ["bp", "figures", "reports"]
