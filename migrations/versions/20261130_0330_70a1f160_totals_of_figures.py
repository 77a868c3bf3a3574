"""Whom the figures of a project count, and their parts by year.

Revision: 70a1f160
"""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "70a1f160"
down_revision = "c0417a00"

# What is counted and how, as it was when this was written: `portal counters rebuild` makes it anew by the rules of today.
YEARS = """
INSERT INTO impact_figure_of_year (project_id, code, year, amount)
SELECT project_id, code, year, amount FROM (
  SELECT project_id, CAST(EXTRACT(YEAR FROM day) AS INTEGER) AS year,
         CASE activity WHEN 'training' THEN 'training-hours' WHEN 'advice' THEN 'advice-hours' ELSE activity || 's' END
           AS code,
         CASE WHEN activity IN ('training', 'advice') THEN SUM(minutes) ELSE COUNT(*) END AS amount
  FROM project_record WHERE status = 'confirmed' AND activity <> 'animation'
  GROUP BY project_id, activity, CAST(EXTRACT(YEAR FROM day) AS INTEGER)
) AS part WHERE amount > 0
"""
STRENGTHENED = """
SELECT record.project_id AS project_id,
       MIN(CASE WHEN party.organisation_id IS NULL THEN party.kind
                WHEN organisation.informal THEN 'group'
                WHEN organisation.legal_form = 'xx-lgu' THEN 'local-government'
                ELSE 'organisation' END) AS kind,
       party.organisation_id AS organisation_id, party.key AS name_key
FROM project_record_party AS party
JOIN project_record AS record ON record.id = party.record_id
LEFT JOIN organisation ON organisation.id = party.organisation_id
WHERE record.status = 'confirmed'
GROUP BY record.project_id, party.organisation_id, party.key
HAVING MAX(CASE WHEN record.activity = 'training' AND record.minutes > 0
                 AND COALESCE(party.minutes, record.minutes) * 100 >= record.minutes * 80 THEN 1 ELSE 0 END) = 1
    OR MAX(CASE WHEN record.activity = 'mini-project' THEN 1 ELSE 0 END) = 1
    OR SUM(CASE WHEN record.activity = 'advice' THEN COALESCE(party.minutes, record.minutes) ELSE 0 END) >= 120
"""
CODES = {
    "organisation": "organisations-strengthened", "group": "groups-strengthened",
    "local-government": "local-governments-supported",
}  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("impact_figure") as table:
        table.add_column(sa.Column("who", sa.LargeBinary(), nullable=True))
        table.create_check_constraint(op.f("ck_impact_figure_who"), "length(who) = 8 * amount")
    op.create_table(
        "impact_figure_of_year",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_impact_figure_of_year_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("project_id", "code", "year", name=op.f("pk_impact_figure_of_year")),
    )
    bind = op.get_bind()
    years = YEARS
    if bind.dialect.name == "sqlite":
        years = years.replace("EXTRACT(YEAR FROM day)", "strftime('%Y', day)")
    bind.execute(sa.text(years))
    _fill_who(bind)


def _fill_who(bind: sa.Connection) -> None:
    who: dict[tuple[int, str], list[int]] = {}
    for project, kind, organisation, key in bind.execute(sa.text(STRENGTHENED)).all():
        who.setdefault((project, CODES[kind]), []).append(organisation or _of_name(key))
    kept = sa.text("UPDATE impact_figure SET who = :who, amount = :amount WHERE project_id = :project AND code = :code")
    for (project, code), numbers in who.items():
        packed = b"".join(number.to_bytes(8, "little", signed=True) for number in sorted(numbers))
        bind.execute(kept, {"who": packed, "amount": len(numbers), "project": project, "code": code})


def _of_name(key: str) -> int:
    return -(int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1) - 1


def downgrade() -> None:
    op.drop_table("impact_figure_of_year")
    with op.batch_alter_table("impact_figure") as table:
        table.drop_constraint(op.f("ck_impact_figure_who"), type_="check")
        table.drop_column("who")
