"""Bringing an earlier version of a profile back."""

from collections.abc import Mapping
from typing import Any

from portal.accounts.models import Person
from portal.ground import audit
from portal.ground.authz import demand
from portal.ground.db import transaction
from portal.ground.errors import Conflict, Refusal, Refusals
from portal.ground.locks import locked
from portal.organisations.fields import ASKED, PROFILE, applies
from portal.organisations.history import PROFILE_HISTORY
from portal.organisations.models import Organisation
from portal.organisations.policies import Permission
from portal.organisations.services.profile import translate, update
from portal.organisations.themes import is_informal
from portal.revisions import queries
from portal.revisions import services as revisions
from portal.revisions.history import Data
from portal.words.fields import Field
from portal.words.i18n import LANGUAGES, _l

SAME = _l("The profile says exactly this already.")
GONE = _l("This version is not kept any more.")


def restore_version(organisation: Organisation, *, by: Person, n: int, version: int) -> None:
    """Write what a revision says, as anybody would who edits: the same checks, and a revision of its own.

    The logo and its description stay as they are: the picture of then is not kept. Raises Stale like `update`, Conflict
    where nothing would change, and Refusals where a value cannot be taken any more.
    """
    with transaction():
        current = locked(Organisation, organisation.id)
        demand(Permission.EDIT, current, by=by)
        kept = queries.revision(PROFILE_HISTORY.kind, current.id, n)
        if kept is None:
            raise Conflict(GONE)
        data, language = kept.data, current.name.original
        faults = [_named(fault) for fault in PROFILE_HISTORY.no_longer_offered(data)]
        if faults:
            raise Refusals(faults)
        with revisions.noting(PROFILE_HISTORY, current, by=by) as note:
            note.restored = n
            before = PROFILE_HISTORY.snapshot(current)
            data = before | data  # a field that there was none of yet stays as it is
            update(current, by=by, version=version, **_values(current, data, language))
            for other in LANGUAGES:
                texts: dict[str, Any] = {
                    field.name: PROFILE_HISTORY.value(data, field, other) for field in PROFILE.texts
                }
                if other != language and texts != PROFILE.texts.read(current, other):
                    alt = current.logo_alt.get(other) if current.logo_alt else ""
                    translate(current, by=by, language=other, version=current.row_version, logo_alt=alt, **texts)
            if not PROFILE_HISTORY.differ(PROFILE_HISTORY.snapshot(current), before):
                raise Conflict(SAME)
        audit.record("organisation.version_restored", current, detail={"version": n}, actor=by)


def _values(organisation: Organisation, data: Data, language: str) -> Mapping[str, Any]:
    """What the form would send."""
    informal = is_informal(str(PROFILE_HISTORY.value(data, ASKED["legal_form"], language)))
    asked = [field for field in ASKED if applies(field.name, organisation.country, informal)]
    return {field.name: PROFILE_HISTORY.value(data, field, language) for field in asked}


def _named(fault: Refusal) -> Refusal:
    """The page of a version has no fields, so the sentence says which one it is about."""
    field: Field = PROFILE_HISTORY.fields[fault.field or ""]
    return Refusal(
        _l("%(field)s: the value of then is not offered any more. Edit the profile instead.", field=field.label)
    )
