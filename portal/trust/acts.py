"""Which claims an organisation may read the audit trail of: those to its own profile."""

import sqlalchemy as sa

from portal.declaration import Acts
from portal.trust.models import Claim

ACTS = Acts(Claim, lambda number: sa.select(Claim.id).where(Claim.organisation_id == number))
