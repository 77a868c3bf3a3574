"""How migrations run: on one connection, in one transaction, without losing rows to a batch rebuild."""

from alembic import context
from sqlalchemy import Connection

import portal.features  # noqa: F401  (their models fill the metadata)
from portal.ground.migrations import compare_options, metadata, render_item

connection: Connection | None = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Migrations run through `portal db upgrade`, which knows the database.")

context.configure(
    connection=connection,
    target_metadata=metadata(),
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render_item,
    transactional_ddl=True,
    **compare_options(),
)
with context.begin_transaction():
    context.run_migrations()
