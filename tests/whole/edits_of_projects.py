"""The edit forms of a card, opened on a project that says everything in every language."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from portal.accounts.models import Person
from portal.impact.models import Frame
from portal.impact.outputs import OUTPUTS
from portal.projects.fields import PROJECT, SECTIONS
from portal.words.fields import Kind
from portal.words.i18n import Localized
from tests.factories.events import make_event
from tests.factories.frames import TEACHING, fresh_frame, make_frame, make_outcome
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_picture, make_project, make_project_document
from tests.factories.records import DAY, make_record
from tests.whole.opened import Opened, filled


def card(page: str) -> Opened:
    owner = make_person()
    organisation, network = make_organisation(owner), make_network(coordinators=(make_person(),))
    make_application(network, organisation, owner, status="active")
    made = make_project(organisation, network=network.id)
    texts = {field.stored: _three(field.name, rich=field.kind is Kind.RICH) for field in PROJECT.texts}
    row = filled(
        made, **texts, areas="civic-sector,democracy", cost=Decimal("137476.50"), cost_currency="EUR",
        subsidy=Decimal(100), subsidy_currency="PLN", reach="regional", activities="training,advice",
        target_groups="seniors,ngos", other_partners="Biblioteka w Purdzie\nParafia w Purdzie",
    )  # fmt: skip
    return Opened(f"projects/{row.slug}/{page}", row, owner)


def _three(words: str, *, rich: bool) -> Localized:
    texts = {"pl": f"{words} po polsku", "bg": f"{words} на български", "en": f"{words} in English"}
    texts = {language: f"<p>{text}</p>" if rich else text for language, text in texts.items()}
    return Localized.of("pl", texts.pop("pl"), **texts)


def record() -> Opened:
    owner = make_person()
    project = make_project(make_organisation(owner))
    made = make_record(
        project, by=owner, status="delivered", begins="09:30", leader=owner.name, people=12, place="Orneta", activity="advice",
        stage="idea", topic="legal", channel="phone", evidence="Segregator 4", organisations="OSP Barciany",
        event=f"/pl/events/{make_event().slug}", day=DAY,
    )  # fmt: skip
    row = filled(made, title=_three("Statut bez", rich=False))
    empty = frozenset({"reason", "confirmed_by", "confirmed_at"})  # what becomes of it: no form writes that
    moves = frozenset({"project_record_party"})  # who took part is written anew
    return Opened(f"projects/{project.slug}/records/{made.id}", row, owner, empty=empty, moves=moves)


def picture() -> Opened:
    owner = make_person()
    project = make_project(make_organisation(owner))
    made = make_picture(project, by=owner, author="Ewa Lis", consent="agreed")
    row = filled(made, alt=_three("Ręce nad mapą", rich=False), caption=_three("Spacer", rich=False))
    return Opened(f"projects/{project.slug}/pictures/{made.id}", row, owner)


def document() -> Opened:
    owner = make_person()
    project = make_project(make_organisation(owner))
    held = make_project_document(project, owner, year=2025, title_pl="a", visibility="private")
    row = filled(held.document, title=_three("Ekspertyza", rich=False))
    return Opened(f"projects/{project.slug}/documents/{row.id}/edit", row, owner)


def frame(language: str) -> Opened:
    coordinator, row = _framed()
    return Opened(f"networks/{row.network.slug}/frames/{row.id}/edit?text={language}", row, coordinator)


def outcome(language: str) -> Opened:
    """It asks for each figure, of hours of training in the longer one; its outputs are written anew."""
    coordinator, of = _framed()
    address = f"networks/{of.network.slug}/frames/{of.id}"
    made = make_outcome(of, targets={one: 7 for one in OUTPUTS if one != TEACHING})
    row = filled(made, title=_three("Silniejsi", rich=False))
    return Opened(f"{address}/outcomes/{row.position}?text={language}", row, coordinator, fields=UNASKED)


UNASKED = {TEACHING.name: ""}  # by it the form is known from the button beside it


def _framed() -> tuple[Person, Frame]:
    coordinator = make_person()
    network = make_network(coordinators=(coordinator,))
    made = make_frame(network)
    filled(made, title=_three("Ramy", rich=False), funder=_three("Fundusz", rich=False))
    return coordinator, fresh_frame(network, made)


FORMS: Mapping[str, Mapping[str, Callable[[], Any]]] = {
    "EditProjectForm": {one.code: lambda code=one.code: card(f"edit/{code}") for one in SECTIONS},
    "ChangeRecordForm": {"": record},
    "EditPictureForm": {"": picture},
    "ProjectDocumentEditForm": {"": document},
    "FrameEditForm": {"": lambda: frame("pl")},
    "TranslateFrameForm": {code: lambda code=code: frame(code) for code in ("bg", "en")},
    "OutcomeEditForm": {"": lambda: outcome("pl")},
    "TranslateOutcomeForm": {code: lambda code=code: outcome(code) for code in ("bg", "en")},
    "TranslateProjectForm": {code: lambda code=code: card(f"translate?to={code}") for code in ("bg", "en")},
}
