"""The use-cases of projects. Only these write."""

from portal.projects.services.bulk import BulkProject, bulk_publish
from portal.projects.services.documents import add_document, change_document, remove_document
from portal.projects.services.evidence import give_evidence, remove_evidence
from portal.projects.services.following import (
    follow_merge,
    follow_organisation,
    forget_adviser,
    going_over,
    hand_over,
)
from portal.projects.services.locking import locked_project
from portal.projects.services.parties import read_parties
from portal.projects.services.partners import accept_partnership, ask_partner, refuse_partnership, remove_partner
from portal.projects.services.pictures import GONE, MOST_PICTURES, add_picture, change_picture, remove_picture
from portal.projects.services.record_rules import outside
from portal.projects.services.record_states import MOST_REASON
from portal.projects.services.record_tables import RowOutcome, look_at_records, write_records
from portal.projects.services.records import change_record, confirm_records, move_record, write_record
from portal.projects.services.restoring import restore_version
from portal.projects.services.states import publish_project, withdraw_project
from portal.projects.services.writing import create_project, delete_project, translate_project, update_project

__all__ = [
    "GONE",
    "MOST_PICTURES",
    "MOST_REASON",
    "BulkProject",
    "RowOutcome",
    "accept_partnership",
    "add_document",
    "add_picture",
    "ask_partner",
    "bulk_publish",
    "change_document",
    "change_picture",
    "change_record",
    "confirm_records",
    "create_project",
    "delete_project",
    "follow_merge",
    "follow_organisation",
    "forget_adviser",
    "give_evidence",
    "going_over",
    "hand_over",
    "locked_project",
    "look_at_records",
    "move_record",
    "outside",
    "publish_project",
    "read_parties",
    "refuse_partnership",
    "remove_document",
    "remove_evidence",
    "remove_partner",
    "remove_picture",
    "restore_version",
    "translate_project",
    "update_project",
    "withdraw_project",
    "write_record",
    "write_records",
]
