"""Typed questions: what networks ask and what was answered is carried into tables of their own.

The tables of before stay for a release: its code goes on reading and writing them.

Revision: b8e35d12
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "b8e35d12"
down_revision = "1e77e25a"

KINDS = "kind IN ('text', 'long-text', 'choice', 'several', 'number', 'date', 'file', 'consent')"


def upgrade() -> None:
    _tables_of_questions()
    _tables_of_answers()
    for table, column, parent in (
        ("network", "question_set_id", "question_set"),
        ("membership", "answer_set_id", "answer_set"),
        ("network_question", "question_id", "question"),
    ):
        # In words, because Alembic leaves the name of the key away where SQLite is not to build the table anew.
        key = f"CONSTRAINT fk_{table}_{column} REFERENCES {parent} (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER {key}")
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    _carry()


def _tables_of_questions() -> None:
    op.create_table(
        "question_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_set")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("most_letters", sa.Integer(), nullable=True),
        sa.Column("most_words", sa.Integer(), nullable=True),
        sa.Column("least_choices", sa.Integer(), nullable=True),
        sa.Column("most_choices", sa.Integer(), nullable=True),
        sa.Column("least", sa.BigInteger(), nullable=True),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_question_kind")),
        sa.CheckConstraint(
            "kind IN ('text', 'long-text') OR (most_letters IS NULL AND most_words IS NULL)",
            name=op.f("ck_question_text_limits"),
        ),
        sa.CheckConstraint("most_letters > 0 AND most_words > 0", name=op.f("ck_question_text_room")),
        sa.CheckConstraint(
            "kind = 'several' OR (least_choices IS NULL AND most_choices IS NULL)", name=op.f("ck_question_choices")
        ),
        sa.CheckConstraint(
            "least_choices > 0 AND least_choices <= most_choices", name=op.f("ck_question_choice_range")
        ),
        sa.CheckConstraint(
            "kind = 'number' OR (least IS NULL AND most IS NULL)", name=op.f("ck_question_number_limits")
        ),
        sa.CheckConstraint("least <= most", name=op.f("ck_question_number_range")),
        sa.CheckConstraint(
            "kind = 'date' OR (earliest IS NULL AND latest IS NULL)", name=op.f("ck_question_date_limits")
        ),
        sa.CheckConstraint("earliest <= latest", name=op.f("ck_question_date_range")),
        sa.ForeignKeyConstraint(
            ["question_set_id"], ["question_set.id"], name=op.f("fk_question_question_set_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("id", "kind", name="uq_question_id_kind"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_question_question_set_id"), "question", ["question_set_id"], unique=False)
    op.create_table(
        "question_option",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("code <> ''", name=op.f("ck_question_option_code")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_option_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("question_id", "code", name=op.f("pk_question_option")),
    )
    op.create_table(
        "question_condition",
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("on_id", sa.Integer(), nullable=False),
        sa.Column("on_kind", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.CheckConstraint("on_kind IN ('choice', 'several', 'consent')", name=op.f("ck_question_condition_on_kind")),
        sa.CheckConstraint("on_id <> question_id", name=op.f("ck_question_condition_other")),
        sa.CheckConstraint(
            "code <> '' AND (on_kind = 'consent') = (code = 'yes')", name=op.f("ck_question_condition_code")
        ),
        sa.ForeignKeyConstraint(
            ["on_id", "on_kind"], ["question.id", "question.kind"], name="fk_question_condition_on", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_condition_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_condition")),
    )
    op.create_index("ix_question_condition_on", "question_condition", ["on_id", "on_kind"], unique=False)


def _tables_of_answers() -> None:
    op.create_table(
        "answer_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_set_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_answer_set_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["question_set_id"], ["question_set.id"], name=op.f("fk_answer_set_question_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_set")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_answer_set_person_id"), "answer_set", ["person_id"], unique=False)
    op.create_index(op.f("ix_answer_set_question_set_id"), "answer_set", ["question_set_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("answer_set_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("asked_lang", sa.String(length=2), nullable=False),
        sa.Column("asked_version", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(kind = 'number') = (number IS NOT NULL)", name=op.f("ck_answer_number")),
        sa.CheckConstraint("(kind = 'date') = (day IS NOT NULL)", name=op.f("ck_answer_day")),
        sa.CheckConstraint("(kind = 'file') = (file_id IS NOT NULL)", name=op.f("ck_answer_file")),
        sa.CheckConstraint("(kind IN ('number', 'date')) = (text = '')", name=op.f("ck_answer_text")),
        sa.ForeignKeyConstraint(
            ["answer_set_id"], ["answer_set.id"], name=op.f("fk_answer_answer_set_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_answer_file_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_person_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["question_id", "kind"], ["question.id", "question.kind"], name="fk_answer_question"),
        sa.PrimaryKeyConstraint("answer_set_id", "question_id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_file_id"), "answer", ["file_id"], unique=False)
    op.create_index(op.f("ix_answer_person_id"), "answer", ["person_id"], unique=False)
    op.create_index("ix_answer_question", "answer", ["question_id", "kind"], unique=False)
    op.create_table(
        "answer_choice",
        sa.Column("answer_set_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_set_id", "question_id"], ["answer.answer_set_id", "answer.question_id"],
            name="fk_answer_choice_answer", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id", "code"], ["question_option.question_id", "question_option.code"],
            name="fk_answer_choice_option",
        ),
        sa.PrimaryKeyConstraint("answer_set_id", "question_id", "code", name=op.f("pk_answer_choice")),
    )  # fmt: skip
    op.create_index("ix_answer_choice_option", "answer_choice", ["question_id", "code"], unique=False)


def _carry() -> None:
    """Every question becomes one for a longer text, with its answers; a network without questions gets no set."""
    connection, metadata = op.get_bind(), sa.MetaData()
    metadata.reflect(connection, only=[
        "network", "network_question", "membership", "membership_answer", "membership_event", "question_set", "question",
        "answer_set", "answer",
    ])  # fmt: skip
    tables = metadata.tables
    old, network = tables["network_question"], tables["network"]
    sets: dict[int, int] = {}
    words: dict[
        int, tuple[int, str, str, int]
    ] = {}  # the new question, its original words and their language, its version
    asked = sa.select(old, network.c.created_at).join(network, network.c.id == old.c.network_id)
    for row in connection.execute(asked.order_by(old.c.network_id, old.c.position, old.c.id)).all():
        if row.network_id not in sets:
            made = _insert(tables["question_set"], created_at=row.created_at)
            sets[row.network_id] = made
            connection.execute(sa.update(network).where(network.c.id == row.network_id).values(question_set_id=made))
        new = _insert(
            tables["question"], question_set_id=sets[row.network_id], position=row.position, kind="long-text",
            text=row.text, hint=row.hint, required=row.required, retired_at=row.retired_at, row_version=row.row_version,
        )  # fmt: skip
        connection.execute(sa.update(old).where(old.c.id == row.id).values(question_id=new))
        text = json.loads(row.text)
        words[row.id] = (new, text["texts"].get(text["original"], ""), text["original"], row.row_version)
    _carry_answers(tables, sets, words)


def _carry_answers(
    tables: "sa.util.FacadeDict[str, sa.Table]", sets: dict[int, int], words: dict[int, tuple[int, str, str, int]]
) -> None:
    connection = op.get_bind()
    membership, event, given = (tables[name] for name in ("membership", "membership_event", "membership_answer"))
    first = (
        sa.select(event.c.actor_id)
        .where(event.c.membership_id == membership.c.id)
        .order_by(event.c.id)
        .limit(1)
        .scalar_subquery()
    )
    answered = sa.select(membership.c.id, membership.c.network_id, membership.c.applied_at, first.label("person_id"))
    some = sa.exists().where(given.c.membership_id == membership.c.id)
    for row in connection.execute(answered.where(some).order_by(membership.c.id)).all():
        number = _insert(
            tables["answer_set"], question_set_id=sets[row.network_id], person_id=row.person_id, personal=False,
            created_at=row.applied_at,
        )  # fmt: skip
        connection.execute(sa.update(membership).where(membership.c.id == row.id).values(answer_set_id=number))
        rows = connection.execute(sa.select(given).where(given.c.membership_id == row.id, given.c.text != "")).all()
        for one in rows:
            question, text, language, version = words[one.question_id]
            connection.execute(
                sa.insert(tables["answer"]).values(
                    answer_set_id=number, question_id=question, kind="long-text", text=one.text, lang=one.lang, asked=text,
                    asked_lang=language, asked_version=version, answered_at=row.applied_at, person_id=row.person_id,
                )
            )  # fmt: skip


def _insert(table: sa.Table, **values: object) -> int:
    return int(op.get_bind().execute(sa.insert(table).values(**values).returning(table.c.id)).scalar_one())


def downgrade() -> None:
    for table, column in (
        ("network_question", "question_id"), ("membership", "answer_set_id"), ("network", "question_set_id"),
    ):  # fmt: skip
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
        op.drop_column(table, column)
    for table in (
        "answer_choice", "answer", "answer_set", "question_condition", "question_option", "question", "question_set",
    ):  # fmt: skip
        op.drop_table(table)
