"""The features of the portal, in the order of their ladder, lowest first. Each declares itself in its `feature.py`."""

from portal.accounts.feature import FEATURE as ACCOUNTS
from portal.areas.feature import FEATURE as AREAS
from portal.declaration import Feature
from portal.documents.feature import FEATURE as DOCUMENTS
from portal.events.feature import FEATURE as EVENTS
from portal.freshness.feature import FEATURE as FRESHNESS
from portal.grants.feature import FEATURE as GRANTS
from portal.impact.feature import FEATURE as IMPACT
from portal.imports.feature import FEATURE as IMPORTS
from portal.membership.feature import FEATURE as MEMBERSHIP
from portal.merging.feature import FEATURE as MERGING
from portal.messages.feature import FEATURE as MESSAGES
from portal.news.feature import FEATURE as NEWS
from portal.organisations.feature import FEATURE as ORGANISATIONS
from portal.pages.feature import FEATURE as PAGES
from portal.projects.feature import FEATURE as PROJECTS
from portal.questions.feature import FEATURE as QUESTIONS
from portal.registration.feature import FEATURE as REGISTRATION
from portal.revisions.feature import FEATURE as REVISIONS
from portal.saved.feature import FEATURE as SAVED
from portal.tasks.feature import FEATURE as TASKS
from portal.trust.feature import FEATURE as TRUST

FEATURES: tuple[Feature, ...] = (
    ACCOUNTS,
    REVISIONS,
    TASKS,
    MESSAGES,
    QUESTIONS,
    AREAS,
    ORGANISATIONS,
    SAVED,
    MERGING,
    DOCUMENTS,
    MEMBERSHIP,
    FRESHNESS,
    IMPORTS,
    TRUST,
    EVENTS,
    REGISTRATION,
    PROJECTS,
    GRANTS,
    IMPACT,
    NEWS,
    PAGES,
)
