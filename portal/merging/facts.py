"""What merging tells the features above it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrganisationsMerged:
    """Two profiles became one. Whatever pointed at the lost one points at the kept one from now on."""

    lost_id: int
    kept_id: int
