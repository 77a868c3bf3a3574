"""What organisations tell the features above them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicityChanged:
    """The profile of an organisation came before the public, or went from it."""

    organisation_id: int
    is_public: bool
