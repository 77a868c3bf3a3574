"""What follows from calls and can be made anew: their documents in the index."""

import sqlalchemy as sa

from portal.grants import queries
from portal.grants.models import KIND, Call
from portal.grants.services.locking import reindex
from portal.ground.derived import Derived
from portal.ground.locks import locked_if_there
from portal.words import search


def _renew(number: int) -> None:
    """Let the search say of this call what is public now."""
    found = None if locked_if_there(Call, number) is None else queries.call_by_number(number)
    if found is not None:
        reindex(found)
    else:
        search.remove(KIND, number)


INDEX = Derived("calls", (sa.select(Call.id), search.indexed(KIND)), _renew)
