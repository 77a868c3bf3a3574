"""Named reads of projects."""

from portal.projects.queries.advice import (
    advice_of,
    advised_in,
    advised_lately,
    first_parties,
    minutes_by_topic,
    number_of_advice,
)
from portal.projects.queries.directory import Counted, Wanted, counted, listed, name_of, years
from portal.projects.queries.documents import document_at, documents_of, number_of_documents, shown_documents
from portal.projects.queries.evidence import evidence_of
from portal.projects.queries.library import OnShelves, Shelf, library, on_shelves
from portal.projects.queries.own import number_of_own, own
from portal.projects.queries.partners import (
    accepted_partners,
    partner_at,
    partners_of,
    partnerships,
    speakers,
    waiting_for,
)
from portal.projects.queries.pictures import number_of_pictures, picture_at, pictures_of
from portal.projects.queries.projects import (
    by_slug,
    find,
    findable_ids,
    is_public,
    of_organisation,
    public_condition,
    visible_to,
)
from portal.projects.queries.records import (
    naming,
    number_of_records,
    numbers_of_parties,
    parties_of,
    record_at,
    records_by_status,
    records_of,
    records_outside,
    typed_of,
)
from portal.projects.queries.shown import (
    newest,
    number_of_practices,
    practices,
    shown_of_network,
    shown_of_organisation,
)

__all__ = [
    "Counted",
    "OnShelves",
    "Shelf",
    "Wanted",
    "accepted_partners",
    "advice_of",
    "advised_in",
    "advised_lately",
    "by_slug",
    "counted",
    "document_at",
    "documents_of",
    "evidence_of",
    "find",
    "findable_ids",
    "first_parties",
    "is_public",
    "library",
    "listed",
    "minutes_by_topic",
    "name_of",
    "naming",
    "newest",
    "number_of_advice",
    "number_of_documents",
    "number_of_own",
    "number_of_pictures",
    "number_of_practices",
    "number_of_records",
    "numbers_of_parties",
    "of_organisation",
    "on_shelves",
    "own",
    "parties_of",
    "partner_at",
    "partners_of",
    "partnerships",
    "picture_at",
    "pictures_of",
    "practices",
    "public_condition",
    "record_at",
    "records_by_status",
    "records_of",
    "records_outside",
    "shown_documents",
    "shown_of_network",
    "shown_of_organisation",
    "speakers",
    "typed_of",
    "visible_to",
    "waiting_for",
    "years",
]
