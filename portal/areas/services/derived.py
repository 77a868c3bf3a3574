"""What follows from areas and can be made anew: the words by which they are found."""

import sqlalchemy as sa

from portal.areas.findable import found_by
from portal.areas.models import Area
from portal.ground.derived import Derived
from portal.ground.locks import locked


def _renew(number: int) -> None:
    area = locked(Area, number)  # none is ever deleted
    area.found = found_by(area.name, area.other_names)


INDEX = Derived("areas", (sa.select(Area.id),), _renew)
