"""What must hold before the portal serves anybody."""

import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Account
from portal.ground import migrations, set_clock
from portal.ground.config import Config
from portal.ground.db import db


class CannotStart(RuntimeError):
    """Why the portal refuses to start; the message says what to do."""


def check_start(app: Flask, config: Config) -> None:
    """Refuse to serve on a schema that this code does not run on, and in production with anything of the demo."""
    check_clock(config)
    with app.app_context():
        with db.engine.connect() as connection:
            known, is_fit = migrations.current(connection), migrations.fits(connection)
        if not is_fit:
            raise CannotStart(_unfit(known))
        if not config.is_demo and db.session.scalar(sa.select(Account.id).where(Account.is_demo).limit(1)):
            raise CannotStart("This database has accounts of the demo: production needs one of its own.")
        db.session.remove()
        db.engine.dispose()  # the web processes are forks of the one that asks: they must not share a connection


def check_clock(config: Config) -> None:
    """Refuse to work in production where somebody has set the clock of a demo: deadlines go by that of the machine."""
    path = set_clock.path_in(config.var)
    if not config.is_demo and path.exists():
        raise CannotStart(f"PORTAL_VAR has the set clock of a demo: remove {path}.")


def _unfit(known: str | None) -> str:
    newest = migrations.head()
    if known is None or migrations.is_known(known):
        return f"The database is at revision {known}, this code needs {newest}: run `portal db upgrade`."
    return f"The database is at revision {known} of a newer release, and this code of {newest} does not run on it."
