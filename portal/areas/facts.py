"""What areas tell the features above them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AreasRenamed:
    """These areas are called otherwise now, or have other names besides."""

    numbers: Sequence[int]
