"""What follows from projects and can be made anew: their documents in the index."""

import sqlalchemy as sa

from portal.ground.derived import Derived
from portal.ground.locks import locked_if_there
from portal.projects import queries
from portal.projects.models import KIND, Project
from portal.projects.services.locking import reindex
from portal.words import search


def _renew(number: int) -> None:
    """Let the search say of this project what is public now."""
    found = None if locked_if_there(Project, number) is None else queries.find(number)
    if found is not None:
        reindex(found)
    else:
        search.remove(KIND, number)


INDEX = Derived("projects", (sa.select(Project.id), search.indexed(KIND)), _renew)
