"""A process that changes the directory: `python -m tests.support.directory_member write 3 4` or `merge`, until it is ended.

`write` takes its organisations off the site and puts them back, and says each time that it has; `merge` merges.
"""

import contextlib
import itertools
import sys
from collections.abc import Sequence

from portal.app import create_app
from portal.ground.authz import PORTAL
from portal.ground.config import Config
from portal.ground.db import db
from portal.ground.errors import Busy
from portal.organisations import services
from portal.organisations.models import Organisation, OrganisationStatus


def write(numbers: Sequence[int]) -> None:
    for number in itertools.cycle(numbers):
        for state in (OrganisationStatus.HIDDEN, OrganisationStatus.PUBLISHED):
            take(number, state)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def take(number: int, state: OrganisationStatus) -> None:
    while True:
        with contextlib.suppress(Busy):
            services.change_status(db.session.get_one(Organisation, number), state, by=PORTAL)
            return


def merge() -> None:
    while True:
        with contextlib.suppress(Busy):
            sys.stdout.write(f"merged {services.keep_up()}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    with create_app(Config.from_environment()).app_context():
        if sys.argv[1] == "write":
            write([int(number) for number in sys.argv[2:]])
        else:
            merge()
