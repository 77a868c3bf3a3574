"""A card on paper: what its page says, in the same order, for whoever hands it over or keeps it."""

import datetime as dt
from collections.abc import Iterator, Sequence

from portal.documents.models import Document
from portal.face import media
from portal.face.look import in_title
from portal.face.pdf import Block, Head, Pairs, Paper, Part, Passage, Photos, Picture, Pictures, Said, Way, noted, rich
from portal.projects import words
from portal.projects.fields import STORY_PARTS
from portal.projects.models import ZONE, Project, ProjectPartner, ProjectPicture
from portal.words.i18n import Localized, _, _n, formats
from portal.words.text import capital
from portal.words.vocabularies import label, language_name


def card_paper(
    project: Project, named: Sequence[ProjectPartner], outcome: words.Outcome, made_at: dt.datetime,
    documents: Sequence[tuple[Document, str]], photos: Sequence[ProjectPicture], logos: Sequence[ProjectPicture], *,
    address: str, practice: str, is_public: bool,
) -> Paper:  # fmt: skip
    """`address` is that of the page, which stands at the end, `practice` that of the good practice; `documents` are those on
    the card with their addresses, `photos` and `logos` come with their files."""
    name, paid = _("Card of the project"), Pictures([_picture(one) for one in logos])
    blocks: list[Block] = [
        _head(project, made_at), *noted(project.summary.shown()), *_hidden(is_public=is_public), *_outcome(outcome),
        Part(name),
        Pairs([(heading, [one.words for one in values]) for heading, values in words.sheet(project, named)]),
        *_story(project), *_photos(photos, paid.left), *_documents(documents), *_runner(project),
        *_practice(project, practice), *_payer(project, paid), Way(address),
    ]  # fmt: skip
    return Paper(f"{name}{in_title(project.title)}", name, made_at, blocks)


def _head(project: Project, made_at: dt.datetime) -> Head:
    over = (label("project_status", project.stage), " · ", words.period(project))
    note = _("As of %(when)s", when=formats.date_time(made_at, ZONE))
    return Head(over, project.title, [project.summary] if project.summary else [], note)


def _hidden(*, is_public: bool) -> Iterator[Block]:
    if not is_public:
        yield Passage(_("This card is not public"), "strong")
        yield Passage(_("Only those who look after the project and the organisations that it names see this page."))


def _outcome(outcome: words.Outcome) -> Iterator[Block]:
    if not outcome.figures:
        return
    yield Part(_("What came of it"))
    yield Pairs(
        [
            (label("indicator", one.code), [f"{one.value} {one.unit}".strip(), *([one.aim] if one.aim else [])])
            for one in outcome.figures
        ]
    )
    yield Passage(_n("Counted from %(n)s confirmed record", "Counted from %(n)s confirmed records", outcome.counted))
    for _number, period in outcome.reports:
        yield Passage(_("Report: %(period)s", period=period))


def _story(project: Project) -> Iterator[Block]:
    for part in STORY_PARTS:
        text: Localized = getattr(project, part.stored)
        if text:
            yield Part(part.label)
            yield from rich(text.shown())


def _documents(documents: Sequence[tuple[Document, str]]) -> Iterator[Block]:
    if documents:
        yield Part(_("Expert opinions and documents"))
    for document, address in documents:
        size, kind = formats.file_size(document.file.size), capital(label("document_type", document.kind))
        title = document.title.shown()
        yield Passage((title if title.text else kind, " ", _("(PDF, %(size)s)", size=size)), "strong")
        told = [kind] if title.text else []
        told += [str(document.year)] if document.year else []
        told.append(_("language: %(language)s", language=language_name(document.language)))
        yield Passage(" · ".join(told))
        yield Passage(address, "note")


def _runner(project: Project) -> Iterator[Block]:
    organisation, town = project.organisation, words.seat_town(project)
    yield Part(_("Who runs the project"))
    yield Passage(organisation.name, "strong")
    region = label("regions", organisation.region) if organisation.region else ""
    if town is not None:
        is_same = town.text.casefold() == region.casefold()
        yield Passage(town if is_same or not region else (town, ", ", region))
    if project.network is not None:
        yield Passage((_("For the network:"), " ", project.network.name))


def _practice(project: Project, address: str) -> Iterator[Block]:
    if project.has_practice:
        yield Part(_("Good practice"))
        yield Passage(project.practice, "strong")
        yield Passage(_("What was done and how to repeat it"))
        yield Passage(address, "note")


def _payer(project: Project, logos: Pictures) -> Iterator[Block]:
    if not (project.funder or project.funder_words or logos.items):
        return
    yield Part(_("Who pays for the project"))
    if project.funder:
        yield Passage(project.funder, "strong")
    if project.funder_words:
        yield from noted(project.funder_words.shown())
        yield Passage(project.funder_words)
    if logos.items:
        yield logos


def _photos(photos: Sequence[ProjectPicture], room: int) -> Iterator[Block]:
    if photos:
        yield Part(_("Photos"))
        yield Photos([(_picture(one), [*_under(one)]) for one in photos], room)


def _under(photo: ProjectPicture) -> Iterator[Said]:
    if photo.caption:
        yield photo.caption
    if photo.author:
        yield _("Photo: %(author)s", author=photo.author)


def _picture(picture: ProjectPicture) -> Picture:
    """In its smallest size: large enough for paper. One whose file is gone says what it showed."""
    variant = picture.file.sizes[0]
    return Picture(picture.alt.shown(), media.content_of(variant.key) or b"", variant.width, variant.height)
