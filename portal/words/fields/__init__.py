"""Fields as data: what people write about a stored row, said once in the `fields.py` of a feature.

From such a list are read the form and what it starts with (`portal.face.forms`), the values that a service takes and the
columns that it writes, what stands in the row after a stale edit, the form of a translation, and lists of facts on pages.
"""

from portal.words.fields.field import Field, Kind, Pairs
from portal.words.fields.given import Given
from portal.words.fields.sets import FieldSet, Group

__all__ = ["Field", "FieldSet", "Given", "Group", "Kind", "Pairs"]
