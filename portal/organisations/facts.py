"""What organisations tell the features above them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicityChanged:
    """The profile of an organisation came before the public, or went from it."""

    organisation_id: int
    is_public: bool


@dataclass(frozen=True, slots=True)
class OrganisationClosed:
    """An organisation has ended. Its page stays public; what it took part in ends. `reason` is for those it was part of."""

    organisation_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class PublicationAsked:
    """Somebody sends a draft for review, or publishes what was sent. Whoever answers may refuse it."""

    organisation_id: int


@dataclass(frozen=True, slots=True)
class LegalDetailsChanged:
    """The name, the legal form or a number of a profile is another one now."""

    organisation_id: int
    was_informal: bool


@dataclass(frozen=True, slots=True)
class DirectoryChanged:
    """These organisations stand in the directory, and what it says of them or by which words it finds them may be other
    than before: published, public again, or edited."""

    organisation_ids: tuple[int, ...]
