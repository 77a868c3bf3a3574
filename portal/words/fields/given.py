"""Values for the fields of a set, as a service takes them."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from portal.ground.errors import Refusal, Refusals


class Given(Mapping[str, object]):
    """What was given for each field of a set: of the right kinds, rich text clean.

    `faults` is what cannot be taken. Nothing is written from it while there are any.
    """

    def __init__(self, values: Mapping[str, object], faults: Sequence[Refusal] = ()) -> None:
        self._values = dict(values)
        self.faults = tuple(faults)

    def __getitem__(self, name: str) -> object:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, name: str) -> str:
        return cast(str, self[name])

    def number(self, name: str) -> int | None:
        return cast("int | None", self[name])

    def moment(self, name: str) -> dt.datetime | None:
        return cast("dt.datetime | None", self[name])

    def codes(self, name: str) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self[name])

    def replaced(self, values: Mapping[str, object]) -> "Given":
        """The same with other values for some fields, such as the instants of wall times."""
        assert values.keys() <= self._values.keys()
        return Given({**self._values, **values}, self.faults)

    def check(self, *faults: Refusal) -> "Given":
        """Raises Refusals with everything that cannot be taken, these further faults too."""
        if self.faults or faults:
            raise Refusals([*self.faults, *faults])
        return self
