"""Who plays in the demo."""

import random
from dataclasses import dataclass, field

from portal.accounts.models import Person
from portal.organisations.models import Organisation


@dataclass
class Cast:
    """Who and what the later parts of the demo build on."""

    random: random.Random
    people: dict[str, Person] = field(default_factory=dict)  # by role
    organisations: dict[str, Organisation] = field(default_factory=dict)  # by original name
    networks_of: dict[str, list[str]] = field(default_factory=dict)  # original name -> slugs
