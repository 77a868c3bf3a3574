"""What an event asks those who register, and what they have answered.

Revision: 9e41d7c3
"""

from alembic import op

revision = "9e41d7c3"
down_revision = "9eed5a11"


def upgrade() -> None:
    for table, column, parent in (
        ("event", "question_set_id", "question_set"),
        ("registration", "answer_set_id", "answer_set"),
    ):
        # In words, because Alembic leaves the name of the key away where SQLite is not to build the table anew.
        key = f"CONSTRAINT fk_{table}_{column} REFERENCES {parent} (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER {key}")
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    for table, column in (("registration", "answer_set_id"), ("event", "question_set_id")):
        # Anew, since a later migration may have done so: then SQLite has the key apart from its column.
        with op.batch_alter_table(table) as rebuilt:
            rebuilt.drop_index(op.f(f"ix_{table}_{column}"))
            rebuilt.drop_column(column)
