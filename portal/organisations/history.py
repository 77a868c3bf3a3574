"""The history of a profile: everything that is written about it, in all its languages, with its numbers.

Contacts are no part of it: who may see one changes, and what was kept from somebody once stays so.
"""

from collections.abc import Mapping
from typing import cast

from portal.organisations import queries
from portal.organisations.fields import ASKED, LOGO_ALT
from portal.organisations.models import Organisation
from portal.revisions.history import History
from portal.words.fields import FieldSet


def _said(row: object) -> Mapping[str, object]:
    return queries.by_field(queries.said_by(cast(Organisation, row)))


PROFILE_HISTORY = History("organisation", FieldSet(*ASKED.groups, LOGO_ALT), _said)
