"""${message}.

Revision: ${up_revision}
"""

import sqlalchemy as sa
from alembic import op
${imports + "\n" if imports else ""}\

revision = "${up_revision}"
down_revision = "${down_revision}"
# The code of the release before runs on the new schema: a new column is nullable or has a server_default. Whatever this
# takes away or makes narrower needs `last_used = "x.y.z"`, the release that used it last (docs/operations.md).


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
