"""A card on paper: what its page says, label by label in the same order, for those who may open the page."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from portal.ground.authz import PORTAL
from portal.organisations.services import change_status
from portal.projects import services
from portal.words.i18n import LANGUAGES
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.pictures import picture_of
from tests.factories.projects import fresh_partner, make_partner, make_picture, make_project
from tests.factories.records import make_record
from tests.support.markup import Page, text_of
from tests.support.papers import Read, said_by, squeezed

# A paper is given no account of what is stored, so both engines would say the same.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
STORY = (
    "<h2>Najpierw</h2><p>Potrzeba osób &amp; <strong>czasu</strong>.</p><ol><li>krok</li><li>drugi</li></ol>"
    "<ul><li>rzecz</li></ul><blockquote><p>„Było warto”</p><p>Ola</p></blockquote>"
)
FULL = {
    "title": '#import "x" $1 \\ @a Kuźnia', "summary": "Szkolenia *i* doradztwo.", "areas": ("culture", "education"),
    "cost": Decimal("137476.5"), "cost_currency": "EUR", "subsidy": Decimal(100), "subsidy_currency": "EUR",
    "reach": "regional", "activities": ("training",), "target_groups": ("seniors",),
    "other_partners": "Uniwersytet #eval(1)\nSzkoła", "problem": STORY, "results": "<p>Щастие за всички.</p>",
    "funder": "Fundusz „Ł”", "funder_words": "Za treść\nodpowiada realizator.", "practice": "Dyżury w *świetlicy*",
    "practice_done": "<p>Co tydzień.</p>", "practice_repeat": "<p>Znaleźć salę.</p>", "practice_cost": "<p>Nic.</p>",
}  # fmt: skip


def full_card() -> Any:
    owner, network = make_person(), make_network("Sieć Wsparcia", coordinators=(make_person(),))
    organisation = make_organisation(owner, town="Elbląg", region="PL-28")
    make_application(network, organisation, owner, status="active")
    project = make_project(organisation, network=network.id, **FULL)
    for name, status in (("Zgodna", "accepted"), ("Pytana", "asked"), ("Odmowna", "refused")):
        make_partner(project, make_organisation(name=name), status=status)
    make_record(project, people=12, organisations="OSP Barciany")
    make_picture(project, caption_pl="Spacer #1 po gminie", author="Ewa *Lis*")
    make_picture(project, kind="logo", alt_pl="Logo: Fundusz „Ł”", file=picture_of(3))
    return project


def sheet_of(html: str) -> list[str]:
    """Each label of the card with what stands beside it, as its page has them."""
    page = Page(html)
    (sheet,) = (one for one in page.all("dl") if "wide" in one.get("class", ""))
    return [
        text_of(one) for one in sheet.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] in ("dt", "dd")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_says_what_the_page_says_label_by_label(app: Flask, client: Any, language: str) -> None:
    project = full_card()
    address = f"/{language}/projects/{project.slug}"
    html, answer = client.get(address).text, client.get(f"{address}.pdf")
    paper = Read(answer.data)
    said = squeezed(paper.text)
    labels = [squeezed(one) for one in sheet_of(html)]
    assert len(labels) == 2 * 11 + 3
    assert not [words for words in labels if words not in said]
    begun, starts = said.index(squeezed(labels_of(html)[0])), []
    for words in map(squeezed, labels_of(html)):
        starts.append(said.index(words, begun))
    assert starts == sorted(starts), "the labels stand in another order"
    pieces = [piece for piece in said_by(html) if not piece.startswith("http")]
    seen = said + squeezed(" ".join(paper.alts))
    (first,) = (piece for piece in pieces if squeezed(piece) not in seen)
    assert squeezed(first) in said.replace("·", "", 1), "the status and the period, with a point between them on paper"
    assert not paper.says("Odmowna") and paper.root["/Lang"] == language
    assert paper.says(f"/{language}/projects/{project.slug}")
    assert paper.says(f"/{language}/projects/{project.slug}/good-practice")
    assert paper.alts[:-1] == ["Ręce nad mapą gminy", "Logo: Fundusz „Ł”"] and paper.pictures == 2
    assert language == "pl" or "pl" in paper.languages
    assert answer.mimetype == "application/pdf" and answer.headers["Cache-Control"] == "private, no-store"
    assert f'filename="{project.slug}.pdf"' in answer.headers["Content-Disposition"]


def labels_of(html: str) -> list[str]:
    page = Page(html)
    (sheet,) = (one for one in page.all("dl") if "wide" in one.get("class", ""))
    return [text_of(one) for one in sheet.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == "dt"]


def test_story_keeps_its_headings_lists_and_quotations(app: Flask, client: Any) -> None:
    paper = Read(client.get(f"/pl/projects/{full_card().slug}.pdf").data)
    raised = make_project(problem="<p>Wzrost o 10<sup>2</sup> osób</p>")
    assert Read(client.get(f"/pl/projects/{raised.slug}.pdf").data).says("10² osób")
    tags = [one.name for one in paper.tags]
    assert {"H1", "H2", "H3", "L", "LI", "BlockQuote"} <= set(tags), tags
    assert paper.says("Potrzeba osób & czasu.") and paper.says("1. krok 2. drugi")


def test_bare_card_has_no_empty_label(app: Flask, client: Any) -> None:
    project = make_project()
    paper = Read(client.get(f"/en/projects/{project.slug}.pdf").data)
    for label in ("Grant", "Partners", "Reach", "Who pays for the project", "What was done"):
        assert not paper.says(label), label
    assert paper.says("Status") and paper.says("Who runs the project")


@pytest.mark.parametrize("way", ["draft", "withdrawn", "hidden"])
def test_paper_is_for_those_who_may_open_the_page(app: Flask, client: Any, as_person: Any, way: str) -> None:
    owner = make_person()
    organisation = make_organisation(owner)
    project = make_project(organisation, state="published" if way == "hidden" else way)
    if way == "hidden":
        change_status(organisation, "hidden", by=PORTAL)
    address = f"/en/projects/{project.slug}.pdf"
    assert client.get(address).status_code == 404 == as_person(make_person()).get(address).status_code
    answer = as_person(owner).get(address)
    assert answer.status_code == 200 and Read(answer.data).says("This card is not public")


def test_partner_that_takes_its_consent_back_is_gone_from_the_paper(app: Flask, client: Any) -> None:
    project = make_project()
    partner = make_partner(project, make_organisation(name="Zmienna"), status="accepted")
    address = f"/pl/projects/{project.slug}.pdf"
    assert Read(client.get(address).data).says("Zmienna")
    services.refuse_partnership(fresh_partner(project, partner), by=PORTAL)
    assert not Read(client.get(address).data).says("Zmienna")


def test_story_too_long_for_a_paper_is_refused_with_a_sentence(app: Flask, client: Any) -> None:
    long = "<ul>" + "<li>a</li>" * 2100 + "</ul>"
    answer = client.get(f"/pl/projects/{make_project(problem=long).slug}.pdf")
    assert answer.status_code in {409, 413, 422} and answer.mimetype == "text/html"
