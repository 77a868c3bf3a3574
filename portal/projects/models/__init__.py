"""The tables of projects."""

from portal.projects.models.carried import PictureConsent, PictureKind, ProjectDocument, ProjectPicture
from portal.projects.models.projects import (
    KIND,
    ZONE,
    HourLength,
    PartnerStatus,
    Project,
    ProjectPartner,
    ProjectState,
    Stage,
)
from portal.projects.models.records import Activity, Record, RecordEvidence, RecordParty, RecordStatus, Strengthened

__all__ = [
    "KIND", "ZONE", "Activity", "HourLength", "PartnerStatus", "PictureConsent", "PictureKind", "Project",
    "ProjectDocument", "ProjectPartner", "ProjectPicture", "ProjectState", "Record", "RecordEvidence", "RecordParty",
    "RecordStatus", "Stage", "Strengthened",
]  # fmt: skip
