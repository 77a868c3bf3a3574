"""What projects tell the features above them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordsChanged:
    """What is confirmed about these projects may be something else now."""

    project_ids: tuple[int, ...]
