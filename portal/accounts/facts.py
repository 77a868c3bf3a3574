"""What accounts tell the features above them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeopleJoined:
    """Two rows turned out to be one human being: what belongs to `gone_id` belongs to `kept_id` from now on."""

    gone_id: int
    kept_id: int
