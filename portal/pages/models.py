"""What the portal keeps about itself."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.ground.db import Model, Timestamps
from portal.words.i18n import Shown, written

ONLY = 1  # the number of the one row
WRITES = "pl"  # the language of whoever runs it and writes Latin letters; a Cyrillic text is Bulgarian


class Operator(Timestamps, Model):
    """Who runs this portal and answers for the data in it (GDPR, art. 13(1)(a)): one row, or none until somebody says."""

    __tablename__ = "operator"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=ONLY)
    name: Mapped[str] = mapped_column(sa.String(200))
    address: Mapped[str] = mapped_column(sa.String(300))
    email: Mapped[str] = mapped_column(sa.String(320))
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    protection_officer: Mapped[str] = mapped_column(sa.String(320), default="")  # an e-mail address
    accessibility_contact: Mapped[str] = mapped_column(sa.String(200), default="")  # a person or a team
    office_access: Mapped[str] = mapped_column(sa.String(1000), default="", server_default="")
    row_version: Mapped[int] = mapped_column(default=1)

    @property
    def name_text(self) -> Shown:
        return written(self.name, WRITES)

    @property
    def address_text(self) -> Shown:
        return written(self.address, WRITES)

    @property
    def contact_text(self) -> Shown:
        return written(self.accessibility_contact, WRITES)

    @property
    def access_text(self) -> Shown:
        return written(self.office_access, WRITES)

    __mapper_args__ = {"version_id_col": row_version}
    __table_args__ = (sa.CheckConstraint(f"id = {ONLY}", name="only"),)
