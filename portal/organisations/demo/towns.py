"""The places of the demo: what larger sizes of it are spread over."""

from functools import cache
from typing import NamedTuple

from portal.organisations.places import LANGUAGE_OF, country_of
from portal.words.content import content

ZONES = {"pl": "Europe/Warsaw", "bg": "Europe/Sofia"}


class Town(NamedTuple):
    """A town with the code of its region."""

    name: str
    region: str

    @property
    def language(self) -> str:
        return LANGUAGE_OF[country_of(self.region)]

    @property
    def zone(self) -> str:
        return ZONES[self.language]


@cache
def towns() -> tuple[Town, ...]:
    """Every town that an organisation of the demo is in, each as often as there are such."""
    files = ("organisations_pl", "organisations_bg")
    return tuple(
        Town(entry["town"], entry["region"]) for name in files for entry in content(__package__, name)["organisation"]
    )
