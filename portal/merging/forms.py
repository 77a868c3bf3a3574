"""The forms of merging: which other profile, what of both stays, and that it cannot be undone."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from portal.face.forms import (
    BooleanField,
    ChoiceField,
    Form,
    HiddenField,
    TextField,
    choices,
    length,
    required,
    whole_number,
)
from portal.merging.queries import Pair
from portal.organisations.combining import Part
from portal.words.i18n import _, _l
from portal.words.slugs import slug_in

LONGEST = 300  # characters of an address


class OtherForm(Form):
    """Which profile is the double, by its address."""

    other = TextField(
        _l("Address of the other profile"), [required(_l("Paste the address of the other profile.")), length(LONGEST)]
    )

    @property
    def slug(self) -> str:
        """The name of the profile in its address: the last part, whether or not the whole address was pasted."""
        parts = [part for part in urlsplit(self.other.data).path.split("/") if part]
        return slug_in(self.other.data, "organisations") or (parts[-1] if parts else "")


class SureForm(Form):
    """Both as they were looked at, and that whoever sends this knows what cannot be undone."""

    kept_version = HiddenField()
    lost_version = HiddenField()
    sure = BooleanField(
        _l("I know that this cannot be undone"), [required(_l("Confirm that you know that this cannot be undone."))]
    )

    @classmethod
    def of_pair(cls, pair: Pair) -> "SureForm":
        return cls(data={"kept_version": pair.kept.row_version, "lost_version": pair.lost.row_version})

    def values(self) -> dict[str, Any]:
        return {
            "kept_version": whole_number(self.kept_version.data),
            "lost_version": whole_number(self.lost_version.data),
        }


class MergeForm(SureForm):
    """The same with one choice for each part in which the two differ. `parts` are those that its class was made for."""

    parts: Sequence[Part] = ()

    def values(self) -> dict[str, Any]:
        taken = [part.key for part in self.parts if self[f"take_{part.key}"].data == "lost"]
        return {**super().values(), "taken": taken}


def merge_form(pair: Pair, parts: Sequence[Part]) -> MergeForm:
    """The form for two profiles; each choice begins with what says more."""
    fields = {
        f"take_{part.key}": ChoiceField(
            part.label, [required(_l("Choose which of the two stays."))],
            choices=lambda: choices([("kept", _("From the profile that stays")), ("lost", _("From the profile that goes"))]),
            default=part.fuller,
        )
        for part in parts
    }  # fmt: skip
    form: type[MergeForm] = type("MergeFormOfTwo", (MergeForm,), {**fields, "parts": tuple(parts)})
    return form(data={"kept_version": pair.kept.row_version, "lost_version": pair.lost.row_version})
