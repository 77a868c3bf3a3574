"""An organisation that has ended: its page stays and says since when, and it can be opened again."""

import datetime as dt

from portal.accounts.models import Person
from portal.ground import clock
from portal.ground.db import transaction
from portal.ground.errors import Refusal
from portal.ground.locks import locked
from portal.ground.states import change_state
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.services.confirming import confirmed_by_edit
from portal.organisations.services.states import PROFILES
from portal.organisations.words import ZONE
from portal.words.i18n import Localized, _l


def close(organisation: Organisation, *, last_day: dt.date, reason: str = "", by: Person) -> None:
    """Say that the organisation has ended. Its roles stay, so that its people can open it again; memberships end.

    `reason` is in the language of the profile, and everybody reads it; the portal team has to give one. Refuses a day to
    come and one before the organisation began.
    """
    if last_day > clock.today(ZONE):
        raise Refusal(_l("This day has not come yet. Enter the last day, or come back then."), field="last_day")
    with transaction():
        current = locked(Organisation, organisation.id)
        if current.founded_year is not None and last_day.year < current.founded_year:
            raise Refusal(_l("The organisation was founded after this day. Compare both dates."), field="last_day")
        current.closed_on = last_day
        current.closed_reason = Localized.of(current.name.original, reason.strip()) if reason.strip() else None
        change_state(PROFILES, current, OrganisationStatus.CLOSED, by=by, reason=reason)


def reopen(organisation: Organisation, *, by: Person) -> None:
    """The organisation works again, or was closed by mistake. Networks are applied to anew."""
    with transaction():
        current = locked(Organisation, organisation.id)
        change_state(PROFILES, current, OrganisationStatus.PUBLISHED, by=by)
        confirmed_by_edit(current, editor=by)
