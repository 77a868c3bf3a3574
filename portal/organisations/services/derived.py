"""What follows from organisations and can be made anew: places in the alphabets, directory, index, bitmaps."""

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.derived import Derived
from portal.ground.locks import locked_if_there
from portal.ground.statements import table
from portal.organisations.models import KIND, Organisation
from portal.organisations.services.facets import fill, rebuild
from portal.organisations.services.fields import sort_keys
from portal.organisations.services.listing import reindex
from portal.words import search


def _renew(number: int) -> None:
    """Make sort keys, rows of the directory and document of an organisation anew. Nobody edited it: its version stays."""
    session, organisations = db.session, table(Organisation)
    organisation = locked_if_there(Organisation, number)
    if organisation is None:
        search.remove(KIND, number)
        return
    keys = sort_keys(organisation.name)
    if any(getattr(organisation, column) != key for column, key in keys.items()):
        same = {"updated_at": organisations.c.updated_at}
        session.execute(sa.update(organisations).where(organisations.c.id == number).values(**keys, **same))
        session.refresh(organisation)
    reindex(organisation)


INDEX = Derived("organisations", (sa.select(Organisation.id), search.indexed(KIND)), _renew, alone=fill)
BITMAPS = Derived("directory", alone=rebuild)
