"""Named reads of figures and reports."""

from portal.impact.queries.counting import Period, counted, counted_ids
from portal.impact.queries.figures import (
    all_counted,
    behind,
    errata_of,
    figure_of,
    figures_of,
    number_behind,
    number_counted,
    outcome_of,
    report_at,
    report_of,
    reports_of,
    strengthened,
    years_of,
)

__all__ = [
    "Period",
    "all_counted",
    "behind",
    "counted",
    "counted_ids",
    "errata_of",
    "figure_of",
    "figures_of",
    "number_behind",
    "number_counted",
    "outcome_of",
    "report_at",
    "report_of",
    "reports_of",
    "strengthened",
    "years_of",
]
