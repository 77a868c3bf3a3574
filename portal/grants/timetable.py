"""What follows the deadline of a call, day by day: pure. Each step ends so many working days after the one before it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.ground.working_days import BULGARIA, POLAND, add_working, days_off

COUNTRY = {"Europe/Warsaw": POLAND, "Europe/Sofia": BULGARIA}  # by whose working days a call goes


@dataclass(frozen=True, slots=True)
class Step:
    """A step with its last day, and why it is that day: so many working days, without these holidays."""

    name: str
    last: dt.date
    days: int
    off: Sequence[dt.date]


def steps(deadline: dt.date, limits: Mapping[str, int | None], zone: str) -> Sequence[Step]:
    """The steps after the day of the deadline, in the order of `limits`; one without a number is left out."""
    country, at, found = COUNTRY[zone], deadline, list[Step]()
    for name, days in limits.items():
        if days is not None:
            last = add_working(at, days, country)
            found.append(Step(name, last, days, days_off(at + dt.timedelta(days=1), last, country)))
            at = last
    return found
