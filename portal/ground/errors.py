"""What a service says when it will not do a thing: a refusal with a reason that a person can read."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from portal.ground.sentences import Sentence, _l, _ln


class Refusal(Exception):
    """The domain refuses. `reason` is a whole translatable sentence; `field` names the form field that it belongs to."""

    status = 422

    def __init__(self, reason: Sentence, *, field: str | None = None) -> None:
        super().__init__(str(type(self).__name__))
        self.reason = reason
        self.field = field

    @property
    def parts(self) -> Sequence["Refusal"]:
        """The single refusals that this one is made of."""
        return (self,)


class Refusals(Refusal):
    """Several refusals at once, so that a person corrects everything in one go."""

    def __init__(self, parts: Sequence[Refusal]) -> None:
        super().__init__(parts[0].reason, field=parts[0].field)
        self._parts = tuple(parts)

    @property
    def parts(self) -> Sequence[Refusal]:
        return self._parts


class Conflict(Refusal):
    """The state of the thing does not allow it (any more)."""

    status = 409


_SAVED_BY_OTHERS = _l("Someone else has saved changes in the meantime. Compare both versions and choose what stays.")


class Stale(Conflict):
    """It was saved in the meantime, mostly by somebody else. `theirs` maps form fields to what is stored now."""

    def __init__(self, theirs: Mapping[str, object], *, version: int, reason: Sentence = _SAVED_BY_OTHERS) -> None:
        super().__init__(reason)
        self.theirs = theirs
        self.version = version


class Versioned(Protocol):
    """A row that counts how often it was saved."""

    @property
    def row_version(self) -> int: ...


def check_version(
    row: Versioned, version: int, theirs: Mapping[str, object], *, reason: Sentence = _SAVED_BY_OTHERS
) -> None:
    """Raises Stale when a row was saved since `version` of it was read; `theirs` is what is stored now, by form field."""
    if row.row_version != version:
        raise Stale(theirs, version=row.row_version, reason=reason)


class Busy(Refusal):
    """A lock could not be had within its time, or the database is away: try again after `retry_after` seconds."""

    status = 503

    def __init__(self, retry_after: int = 5) -> None:
        super().__init__(_l("The portal is busy for a moment. Send the form again."))
        self.retry_after = retry_after


class TookTooLong(Refusal):
    """The database has cut a statement that took longer than it may; `give_up` its transaction before you ask more."""

    status = 503
    retry_after = 60

    def __init__(self, give_up: Callable[[], None]) -> None:
        self.give_up = give_up
        super().__init__(_l("This took too long and was stopped. Nothing has been changed. Try again in a minute."))


class TooMany(Refusal):
    """A limit is used up. `minutes` says when the next try is possible."""

    status = 429

    def __init__(self, minutes: int) -> None:
        super().__init__(
            _ln(
                "Too many attempts. Try again in %(n)s minute.",
                "Too many attempts. Try again in %(n)s minutes.",
                minutes,
            )
        )
        self.minutes = minutes
        self.retry_after = minutes * 60


class Unreadable(Refusal):
    """Sealed text that no key opens: PORTAL_DATA_KEYS lacks the one that sealed it."""

    status = 503
    retry_after = 3600

    def __init__(self) -> None:
        super().__init__(_l("This cannot be read at the moment. Tell the portal team that a key is missing."))
