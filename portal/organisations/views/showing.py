"""What a profile says beside its texts, as its page shows it and as search engines read it (JSON-LD, schema.org)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.face.web.addresses import absolute_url
from portal.ground.config import CONFIG
from portal.ground.sentences import Sentence
from portal.organisations import bank
from portal.organisations.fields import ASKED, NUMBERS
from portal.organisations.identifiers import SCHEMES
from portal.organisations.models import ContactKind, Organisation, Scheme, Visibility
from portal.organisations.queries import Said, SeenContact
from portal.organisations.themes import INSTITUTIONS, VOCABULARY_OF
from portal.organisations.words import website_name
from portal.words.i18n import Localized
from portal.words.text import capital
from portal.words.vocabularies import label

SOCIAL = ("facebook", "instagram", "youtube", "linkedin", "mastodon", "bip", "accessibility")


@dataclass(frozen=True, slots=True)
class Web:
    """An address with what it is called: its host, or the site that it is on."""

    url: str
    words: Sentence


def labels(said: Said, scheme: Scheme) -> list[str]:
    """What an organisation says in a scheme, in the language of the page."""
    return [label(VOCABULARY_OF[scheme], code) for code in said.terms.get(scheme, ())]


def lists(said: Said) -> dict[str, list[str]]:
    """All of it by scheme."""
    return {scheme.value: labels(said, scheme) for scheme in Scheme}


def websites(organisation: Organisation, said: Said) -> list[Web]:
    """The website first, then the other places where the organisation is."""
    own = [Web(organisation.website, website_name(organisation.website))] if organisation.website else []
    return own + [Web(said.links[kind], _site(kind)) for kind in SOCIAL if kind in said.links]


def _site(kind: str) -> str:
    """What a link is called where it stands alone on a line."""
    return capital(label("link_type", kind))


def support(organisation: Organisation, said: Said) -> dict[str, str | Localized]:
    """How somebody can give: account, pages, and the number for the tax return."""
    krs = said.numbers.get("PL-KRS", "")
    purpose = Localized.of(organisation.name.original, organisation.tax_purpose)
    return {
        "iban": bank.grouped(organisation.iban),
        "donation": said.links.get("donation", ""),
        "fundraiser": said.links.get("fundraiser", ""),
        "krs": krs if organisation.public_benefit else "",
        "purpose": purpose if organisation.public_benefit and krs else "",
    }


def details(organisation: Organisation, said: Said) -> list[tuple[Sentence, object]]:
    """Facts for the box of details: year, size, where it works, numbers in registers."""
    year = organisation.founded_year
    return [
        (ASKED["founded_year"].label, str(year) if year else ""),
        (ASKED["size"].label, "".join(labels(said, Scheme.SIZE))),
        (ASKED["settlement_type"].label, "".join(labels(said, Scheme.SETTLEMENT_TYPE))),
        *((field.label, said.numbers.get(SCHEMES[field.name], "")) for field in NUMBERS.fields),
    ]


def linked_data(organisation: Organisation, said: Said, contacts: Sequence[SeenContact]) -> Mapping[str, object]:
    """The profile as search engines read it: nothing that its page does not show to a visitor.

    Numbers carry the prefix of their register (org-id.guide), so PL-KRS-0000123456 is one organisation everywhere.
    """
    return {key: value for key, value in _linked(organisation, said, contacts) if value}


def _linked(organisation: Organisation, said: Said, contacts: Sequence[SeenContact]) -> Iterator[tuple[str, object]]:
    original = organisation.name.original
    yield "@context", "https://schema.org"
    yield "@type", "Organization" if organisation.legal_form in INSTITUTIONS else "NGO"
    yield "@id", absolute_url("organisations.show", slug=organisation.slug, lang=original)
    yield "name", organisation.name.source
    yield "alternateName", [text for language, text in organisation.name.texts.items() if language != original]
    yield "description", organisation.summary.shown().text
    yield "url", organisation.website
    yield "sameAs", [said.links[kind] for kind in SOCIAL[:5] if kind in said.links]
    yield "foundingDate", str(organisation.founded_year or "")
    yield (
        "address",
        {
            "@type": "PostalAddress",
            "addressLocality": organisation.town,
            "addressRegion": organisation.region,
            "addressCountry": organisation.country,
        },
    )
    yield (
        "identifier",
        [
            {"@type": "PropertyValue", "propertyID": scheme, "value": f"{scheme}-{value}"}
            for scheme, value in said.numbers.items()
        ],
    )
    yield "knowsLanguage", list(said.terms.get(Scheme.LANGUAGE, ()))
    if organisation.logo:
        yield "logo", CONFIG.get().base_url + organisation.logo.sized(320).path
    public = [one for one in contacts if one.visibility == Visibility.PUBLIC]
    yield "email", [one.value for one in public if one.kind == ContactKind.EMAIL]
    yield "telephone", [one.value for one in public if one.kind == ContactKind.PHONE]
