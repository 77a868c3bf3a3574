"""The logo of an organisation."""

import sqlalchemy as sa

from portal.accounts.models import Person
from portal.face import media
from portal.ground import audit
from portal.ground.authz import demand
from portal.ground.db import db, transaction
from portal.ground.errors import Refusal
from portal.ground.locks import locked
from portal.organisations.history import PROFILE_HISTORY
from portal.organisations.models import Organisation
from portal.organisations.policies import Permission
from portal.organisations.services.confirming import confirmed_by_edit
from portal.organisations.services.listing import reindex
from portal.revisions import services as revisions
from portal.words.i18n import Localized, _l


def set_logo(organisation: Organisation, *, by: Person, picture: bytes | None, alt: str, decorative: bool) -> None:
    """Take a new logo, or (without a picture) describe the present one anew. The former picture is deleted.

    `alt` is in the profile's own language. Raises Refusal for a file that is no picture or too large, when neither a
    description nor `decorative` is given, and when there is nothing to describe.
    """
    if not alt and not decorative:
        raise Refusal(_l("Describe the picture in one sentence or mark it as decorative."), field="alt")
    if picture is None and organisation.logo_id is None:
        raise Refusal(_l("Choose a file with the logo."), field="picture")
    prepared = media.prepare_image(picture, field="picture") if picture is not None else None
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.EDIT, current, by=by)
        if prepared is not None:
            former = current.logo_id
            current.logo_id = media.store(prepared, by=by).id
            session.flush()
            _forget(former)
        with revisions.noting(PROFILE_HISTORY, current, by=by):
            current.logo_alt = _described(current, "" if decorative else alt)
        confirmed_by_edit(current, editor=by)
        reindex(current)
        audit.record("organisation.logo_set", current, actor=by)


def remove_logo(organisation: Organisation, *, by: Person) -> None:
    """Show the woven motif again."""
    with transaction() as session:
        current = locked(Organisation, organisation.id)
        demand(Permission.EDIT, current, by=by)
        with revisions.noting(PROFILE_HISTORY, current, by=by):
            former, current.logo_id, current.logo_alt = current.logo_id, None, None
        session.flush()
        _forget(former)
        confirmed_by_edit(current, editor=by)
        reindex(current)
        audit.record("organisation.logo_removed", current, actor=by)


def _described(organisation: Organisation, alt: str) -> Localized | None:
    if not alt:
        return None
    language = organisation.name.original
    return organisation.logo_alt.with_text(language, alt) if organisation.logo_alt else Localized.of(language, alt)


def _forget(file_id: int | None) -> None:
    file = db.session.scalar(sa.select(media.File).where(media.File.id == file_id))
    if file is not None:
        media.remove(file)
