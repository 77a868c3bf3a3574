"""What becomes of projects when something becomes of the organisations that run them or are named as partners."""

import sqlalchemy as sa

from portal.ground.db import db
from portal.ground.facts import announce
from portal.projects import queries
from portal.projects.facts import RecordsChanged
from portal.projects.models import KIND, PartnerStatus, Project, ProjectPartner, Record, RecordParty
from portal.projects.services.locking import reindex
from portal.words import search

_ANSWERS = (PartnerStatus.ACCEPTED, PartnerStatus.REFUSED, PartnerStatus.ASKED)  # of two answers to one question


def follow_organisation(organisation_id: int, *, is_public: bool) -> None:
    """Let search find the public projects of an organisation, or no longer (inside a transaction)."""
    for project in queries.of_organisation(organisation_id):
        if is_public:
            reindex(project)
        else:
            search.remove(KIND, project.id)


def follow_merge(lost_id: int, kept_id: int) -> None:
    """What the lost one runs and where it is named goes to the kept one (inside the transaction that holds both).

    Nobody is the partner of a project twice, nor of its own: of two rows one stays, with the answer that says most.
    """
    session = db.session
    same = {"updated_at": Project.updated_at}  # nobody edited them
    moved = sa.update(Project).where(Project.organisation_id == lost_id).values(organisation_id=kept_id, **same)
    session.execute(moved, execution_options={"synchronize_session": False})
    session.expire_all()
    of_both = sa.select(ProjectPartner).where(ProjectPartner.organisation_id.in_((lost_id, kept_id)))
    rows: dict[int, list[ProjectPartner]] = {}
    for row in session.scalars(of_both.order_by(ProjectPartner.id)):
        rows.setdefault(row.project_id, []).append(row)
    run = set(session.scalars(sa.select(Project.id).where(Project.organisation_id == kept_id)))
    for project_id, found in rows.items():
        found.sort(key=lambda row: _ANSWERS.index(PartnerStatus(row.status)))
        for row in found if project_id in run else found[1:]:
            session.delete(row)
        session.flush()
        if project_id not in run:
            found[0].organisation_id = kept_id
            session.flush()
    _merge_parties(lost_id, kept_id)
    for project in queries.of_organisation(kept_id):
        reindex(project)


def _merge_parties(lost_id: int, kept_id: int) -> None:
    """Whoever was named under two names in one record is named once, for the longer time, and counts once from now on."""
    session = db.session
    touched = tuple(queries.naming(lost_id))
    mine = sa.select(RecordParty).where(RecordParty.organisation_id.in_((lost_id, kept_id)))
    rows: dict[int, list[RecordParty]] = {}
    for row in session.scalars(mine.order_by(RecordParty.id)):
        rows.setdefault(row.record_id, []).append(row)
    for found in rows.values():
        first, *others = found
        for other in others:
            whole = first.minutes is None or other.minutes is None
            first.minutes = None if whole else max(first.minutes or 0, other.minutes or 0)
            session.delete(other)
        session.flush()
        first.organisation_id = kept_id
    session.flush()
    if touched:
        announce(RecordsChanged(touched))


def hand_over(*, gone_id: int, kept_id: int) -> None:
    """What one person wrote down, confirmed or advised is of the one with whom they turned out to be the same."""
    for column in (Record.written_by, Record.confirmed_by, Record.advised_by):
        query = (
            sa.update(Record).where(column == gone_id).values({column.key: kept_id, "updated_at": Record.updated_at})
        )
        db.session.execute(query)


def forget_adviser(number: int) -> None:
    """The name of somebody who leaves goes from the advice that they gave; how long it took and what about stays."""
    unnamed = {"leader": "", "leader_key": "", "row_version": Record.row_version + 1, "updated_at": Record.updated_at}
    db.session.execute(sa.update(Record).where(Record.advised_by == number).values(unnamed))


def going_over(lost_id: int) -> int:
    """How many projects `follow_merge` would hand over. Reads only."""
    return db.session.scalar(sa.select(sa.func.count()).where(Project.organisation_id == lost_id)) or 0
