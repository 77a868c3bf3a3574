"""The features of the portal, in the order of their ladder, lowest first. Each declares itself in its `feature.py`."""

from portal.accounts.feature import FEATURE as ACCOUNTS
from portal.declaration import Feature
from portal.events.feature import FEATURE as EVENTS
from portal.membership.feature import FEATURE as MEMBERSHIP
from portal.messages.feature import FEATURE as MESSAGES
from portal.news.feature import FEATURE as NEWS
from portal.organisations.feature import FEATURE as ORGANISATIONS
from portal.pages.feature import FEATURE as PAGES
from portal.questions.feature import FEATURE as QUESTIONS
from portal.registration.feature import FEATURE as REGISTRATION
from portal.tasks.feature import FEATURE as TASKS

FEATURES: tuple[Feature, ...] = (
    ACCOUNTS,
    TASKS,
    MESSAGES,
    QUESTIONS,
    ORGANISATIONS,
    MEMBERSHIP,
    EVENTS,
    REGISTRATION,
    NEWS,
    PAGES,
)
