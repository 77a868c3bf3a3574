"""The use-cases of projects. Only these write."""

from portal.projects.services.bulk import BulkProject, bulk_publish
from portal.projects.services.following import follow_merge, follow_organisation, going_over
from portal.projects.services.partners import accept_partnership, ask_partner, refuse_partnership, remove_partner
from portal.projects.services.restoring import restore_version
from portal.projects.services.states import publish_project, withdraw_project
from portal.projects.services.writing import create_project, delete_project, translate_project, update_project

__all__ = [
    "BulkProject",
    "accept_partnership",
    "ask_partner",
    "bulk_publish",
    "create_project",
    "delete_project",
    "follow_merge",
    "follow_organisation",
    "going_over",
    "publish_project",
    "refuse_partnership",
    "remove_partner",
    "restore_version",
    "translate_project",
    "update_project",
    "withdraw_project",
]
