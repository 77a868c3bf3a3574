"""The edit forms of a card, opened on a project that says everything in every language."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from portal.projects.fields import PROJECT, SECTIONS
from portal.words.fields import Kind
from portal.words.i18n import Localized
from tests.factories.networks import make_application, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.projects import make_project
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


FORMS: Mapping[str, Mapping[str, Callable[[], Any]]] = {
    "EditProjectForm": {one.code: lambda code=one.code: card(f"edit/{code}") for one in SECTIONS},
    "TranslateProjectForm": {code: lambda code=code: card(f"translate?to={code}") for code in ("bg", "en")},
}
