"""A card for programs: as an object of JSON with all that its page says, and as data of schema.org inside the page."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from portal.documents.models import Document
from portal.organisations.exports import json_value
from portal.organisations.models import Organisation
from portal.projects import words
from portal.projects.fields import PROJECT
from portal.projects.models import PartnerStatus, Project, ProjectPartner, ProjectPicture
from portal.words.fields import Field, Kind
from portal.words.i18n import Localized, current_language
from portal.words.vocabularies import label

VERSION = 1  # of the keys: grows when one goes or means something else

Named = Callable[[str], str]  # the full address of something by its slug


class Addresses(NamedTuple):
    """Full addresses: of the card itself, of profiles and networks by their slugs, of its documents by their numbers, and of
    its pictures."""

    own: str
    profile: Named
    network: Named
    document: Callable[[int], str]
    picture: Callable[[ProjectPicture], str]


def card(
    project: Project,
    named: Sequence[ProjectPartner],
    outcome: words.Outcome,
    documents: Sequence[Document],
    pictures: Sequence[ProjectPicture],
    at: Addresses,
) -> Mapping[str, object]:
    """What the page of a card says to this reader: codes with their labels in the language of the moment, texts in all of
    theirs, and an address only of a partner that has agreed."""
    facts = {field.name: _fact(project, field) for field in PROJECT if field.kind is not Kind.ROW}
    return {
        "version": VERSION, "language": current_language(), "url": at.own, **facts,
        "other_partners": words.other_partners(project),
        "status": _coded("project_status", project.stage.value),
        "organisation": _who(project.organisation, at.profile) | _where(project.organisation),
        "network": {"name": _texts(project.network.name), "url": at.network(project.network.slug)} if project.network else None,
        "partners": [_who(one.organisation, at.profile if _agreed(one) else None) for one in named],
        "figures": [
            {
                "code": one.code, "label": label("indicator", one.code), "unit": one.unit,
                "value": None if one.number is None else float(one.number), "said": one.value,
                "target": None if one.target is None else float(one.target),
            }
            for one in outcome.figures
        ],
        "documents": [_document(one, at.document(one.id)) for one in documents],
        "pictures": [_picture(one, at.picture(one)) for one in pictures],
        "published_at": project.published_at.isoformat() if project.published_at else None,
        "updated_at": project.updated_at.isoformat(),
    }  # fmt: skip


def _document(document: Document, url: str) -> Mapping[str, object]:
    return {
        "title": _texts(document.title), "kind": _coded("document_type", document.kind), "language": document.language,
        "year": document.year, "bytes": document.file.size, "url": url,
    }  # fmt: skip


def _picture(picture: ProjectPicture, url: str) -> Mapping[str, object]:
    return {
        "kind": picture.kind, "url": url, "width": picture.file.width, "height": picture.file.height,
        "alt": _texts(picture.alt), "caption": _texts(picture.caption), "author": picture.author or None,
    }  # fmt: skip


def linked_data(
    project: Project, named: Sequence[ProjectPartner], *, own: str, profile: Named, photos: Sequence[str]
) -> Mapping[str, object]:
    """The card as search engines read it: nothing that its page does not show."""
    title, organisation = project.title, project.organisation
    found = {
        "@context": "https://schema.org", "@type": "Project", "@id": own, "name": title.source,
        "alternateName": [text for language, text in title.texts.items() if language != title.original],
        "description": project.summary.shown().text,
        "foundingDate": project.starts_on.isoformat(), "dissolutionDate": project.ends_on.isoformat(),
        "parentOrganization": _node(organisation, profile),
        "member": [_node(one.organisation, profile) for one in named if _agreed(one)],
        "funder": {"@type": "Organization", "name": project.funder.shown().text} if project.funder else None,
        "image": photos,
        "funding": _funding(project.subsidy, project.subsidy_currency),
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def _agreed(partner: ProjectPartner) -> bool:
    return partner.status == PartnerStatus.ACCEPTED


def _fact(project: Project, field: Field) -> object:
    value = getattr(project, field.stored)
    if field.joined:
        value = tuple(filter(None, value.split(field.joined)))
    return str(value) if isinstance(value, Decimal) else json_value(field, value)


def _texts(text: Localized) -> Mapping[str, str]:
    return {code: text.get(code) for code in text.languages}


def _who(organisation: Organisation, profile: Named | None) -> dict[str, object]:
    return {"name": _texts(organisation.name), "url": profile(organisation.slug) if profile else None}


def _where(organisation: Organisation) -> dict[str, object]:
    return {
        "town": organisation.town,
        "region": _coded("regions", organisation.region) if organisation.region else None,
    }


def _coded(vocabulary: str, code: str) -> Mapping[str, str]:
    return {"code": code, "label": label(vocabulary, code)}


def _node(organisation: Organisation, profile: Named) -> Mapping[str, str]:
    return {"@type": "Organization", "@id": profile(organisation.slug), "name": organisation.name.source}


def _funding(amount: Decimal | None, currency: str) -> Mapping[str, object] | None:
    if amount is None:
        return None
    return {"@type": "Grant", "amount": {"@type": "MonetaryAmount", "value": str(amount), "currency": currency}}
