"""What saved searches give to the whole: a search of the directory that is kept, and mails about what is new in it."""

from portal.accounts.facts import AddressChanged
from portal.declaration import Coded, Feature
from portal.ground.jobs import Periodic
from portal.mail import Frequency, Kind
from portal.organisations.facts import DirectoryChanged
from portal.saved import jobs, reactions
from portal.saved.demo import DEMO
from portal.saved.invariants import checks
from portal.saved.models import SavedSearch
from portal.saved.policies import RULES, SIGHTS
from portal.saved.privacy import PART
from portal.saved.views import bp, own_panel
from portal.saved.visible import VISIBLE

FEATURE = Feature(
    name="saved",
    blueprints=[bp],
    rules=RULES,
    sights=SIGHTS,
    answers=[(AddressChanged, reactions.address_changed), (DirectoryChanged, reactions.directory_changed)],
    privacy=PART,
    visible=VISIBLE,
    checks=checks,
    codes=[Coded(SavedSearch.frequency, Frequency, "mail_frequency")],
    panels=[own_panel],
    periodic=[
        Periodic("saved searches", 5, jobs.tell, lane="searches", longest=30),
        Periodic("old searches", 60, jobs.tidy),
    ],
    mail_kinds=[Kind.SAVED_SEARCH, Kind.ACCOUNT],
    demo=DEMO,
)
