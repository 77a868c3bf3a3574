"""What a frame of a funder can ask for under an outcome: an indicator, in one of its units."""

from collections.abc import Mapping
from typing import NamedTuple

from portal.impact.indicators import INDICATORS


class Output(NamedTuple):
    """An indicator in a unit: that of hours of training can be meant in two."""

    code: str
    unit: str

    @property
    def name(self) -> str:
        """What its field is called, in forms and in refusals."""
        return f"{self.code}_{self.unit}".replace("-", "_")


MOST = 1_000_000  # that can be asked for, in the unit
OUTPUTS = tuple(Output(one.code, unit) for one in INDICATORS for unit in one.units)
Targets = Mapping[Output, int]  # in the unit: whole hours where an indicator tells hours
