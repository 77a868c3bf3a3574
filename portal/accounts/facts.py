"""What accounts tell the features above them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeopleJoined:
    """Two rows turned out to be one human being: what belongs to `gone_id` belongs to `kept_id` from now on."""

    gone_id: int
    kept_id: int


@dataclass(frozen=True, slots=True)
class AddressChanged:
    """Somebody reads their mail elsewhere: `old` is the key of the address until now, `new` the address as typed.

    Whoever copied the old one follows, and links that were sent there open nothing any more.
    """

    person_id: int
    old: str
    new: str
