"""What must be true of saved searches."""

from collections.abc import Sequence
from functools import cache

from portal.ground.checks import Check, rows
from portal.saved.models import SavedSearch


@cache
def checks() -> Sequence[Check]:
    return (
        rows(
            "saved.told-unasked", SavedSearch, "Mails were queued for a search that nobody has confirmed.",
            SavedSearch.confirmed_at.is_(None), SavedSearch.letters > 0,
        ),
        rows(
            "saved.confirmed-early", SavedSearch, "A search was confirmed before it was kept.",
            SavedSearch.confirmed_at < SavedSearch.saved_at,
        ),
    )  # fmt: skip
