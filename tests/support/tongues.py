"""Whether a text of somebody says its language, wherever an answer shows it: in a page, in its head, a feed or a mail.

Every text of people in the database is looked for in the words and attributes of an answer; the nearest `lang` around it
must be a language in which that text exists. Names of people have none.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import sqlalchemy as sa

from portal.events.models import Event, ProgrammeSession
from portal.ground.db import Model, db
from portal.organisations.models import Organisation
from portal.organisations.places import LANGUAGE_OF, country_of, language_of_zone
from portal.pages.models import WRITES, Operator
from portal.words.i18n import Localized, LocalizedText
from portal.words.i18n.written import alphabet_of
from portal.words.vocabularies import vocabulary
from tests.support.markup import parsed, tag_of

SHORTEST = 5  # letters: shorter words stand in other ones by accident
READ_OUT = ("alt", "aria-label", "content", "label", "title", "summary", "placeholder")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EXAMPLES = ("q-hint",)  # what one may type into a search, in whatever language
TAG = re.compile(r"<[^>]*>")

Texts = Mapping[str, frozenset[str]]


def texts_of_people() -> Texts:
    """Every text of the database with the languages that it is right in."""
    found: dict[str, set[str]] = {}
    for mapper in Model.registry.mappers:
        columns = [column for column in mapper.columns if isinstance(column.type, LocalizedText)]
        for row in db.session.execute(sa.select(*columns)) if columns else ():
            for text in filter(None, row):
                _add(found, text)
    for town, zone in db.session.execute(sa.select(Event.town, Event.timezone)):
        found.setdefault(squeezed(town), set()).add(language_of_zone(zone))
    for town, region in db.session.execute(sa.select(Organisation.town, Organisation.region)):
        found.setdefault(squeezed(town), set()).add(LANGUAGE_OF[country_of(region)])
    said = sa.select(Operator.name, Operator.accessibility_contact, Operator.office_access)
    for name, contact, access in db.session.execute(said):
        found |= {squeezed(text): {WRITES} for text in (name, contact, access)}
    for (speakers,) in db.session.execute(sa.select(ProgrammeSession.speakers)):
        found |= {squeezed(name): {"bg"} for name in speakers.split(",") if alphabet_of(name) == "bg"}
    for term in vocabulary("regions"):  # some regions are called as their town is
        for language, label in term.labels.items():
            found.setdefault(label, set()).add(language)
    db.session.rollback()
    return {text: frozenset(languages) for text, languages in found.items() if len(text) >= SHORTEST}


def _add(found: dict[str, set[str]], text: Localized) -> None:
    for language, words in text.texts.items():
        parts = TAG.split(words) if "<" in words else [words]
        for part in parts:
            found.setdefault(squeezed(part), set()).add(language)


def squeezed(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def bare_in_page(html: str, texts: Texts) -> list[str]:
    """Texts of a page, or of the HTML form of a mail, whose nearest `lang` is not one of theirs."""
    page = parsed(html)
    return list(_bare(page.root, page.root.get("lang") or "", _known_in(html, texts), "lang"))


def bare_in_feed(xml: str, texts: Texts) -> list[str]:
    """The same of an Atom feed."""
    root = ET.fromstring(xml)
    return list(_bare(root, root.get(XML_LANG) or "", _known_in(xml, texts), XML_LANG))


def _known_in(source: str, texts: Texts) -> Texts:
    """Those that can be in it at all: few of all that there are."""
    whole = squeezed(TAG.sub(" ", source)) + " " + squeezed(source)
    whole = whole.replace("&amp;", "&").replace("&#39;", "'").replace("&#34;", '"').replace("&lt;", "<")
    return {text: languages for text, languages in texts.items() if text in whole}


def _bare(element: Element, around: str, texts: Texts, attribute: str) -> Iterator[str]:
    language = element.get(attribute) or around
    if tag_of(element) in ("script", "style", "template") or element.get("id") in EXAMPLES:
        return
    said = [element.text or "", *(element.get(name) or "" for name in READ_OUT)]
    for words in said:
        yield from _wrong(words, language, texts, element)
    for child in element:
        yield from _bare(child, language, texts, attribute)
        yield from _wrong(child.tail or "", language, texts, element)


def _wrong(words: str, language: str, texts: Texts, element: Element) -> Iterator[str]:
    words = squeezed(TAG.sub(" ", words))
    for text, languages in texts.items() if len(words) >= SHORTEST else ():
        if language in languages or not re.search(rf"(?<!\w){re.escape(text)}(?!\w)", words):
            continue
        if not any(language in those and text in longer for longer, those in texts.items() if longer in words):
            yield f"<{tag_of(element)}> in {language!r}: {words[:90]!r} holds {text!r}, which is {sorted(languages)}"
