"""How calls are told: amounts, numbers of grants, periods, and nothing where nothing is written yet."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from portal.grants import services, words
from portal.grants.models import Call
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.errors import Refusal, Refusals
from portal.words.i18n import in_language
from tests.factories.grants import make_call, make_programme

pytestmark = pytest.mark.usefixtures("app")


def told(call: Call, language: str = "en") -> list[str]:
    with in_language(language):
        return [one.replace("\u00a0", " ") for one in (words.amount(call), words.range_of_grants(call))]


def test_amounts_and_how_many_grants_they_are_enough_for() -> None:
    programme = make_programme()
    assert told(make_call(programme), "pl") == ["od 2 000 do 5 000 zł", "od 10 do 25 grantów"]
    same = make_call(programme, smallest=Decimal(5000), largest=Decimal(5000), pool=Decimal(15000))
    assert told(same, "pl") == ["5 000 zł", "3 mikrogranty"]


def test_a_draft_tells_nothing_of_what_is_not_written_yet() -> None:
    none = dict.fromkeys(("smallest", "largest", "pool", "opens_at", "closes_at"))
    draft = make_call(status="draft", areas=(), **none)
    with in_language("en"):
        assert (words.opening(draft), words.deadline(draft), words.left(draft), words.plan(draft)) == ("", "", "", ())
    assert told(draft) == ["", ""]


def test_a_programme_runs_from_a_day_or_between_two() -> None:
    with in_language("pl"):
        assert words.period(make_programme()).replace("\u00a0", " ") == "od 1 stycznia 2026"
        both = make_programme(ends_on=dt.date(2027, 12, 31))
        assert words.period(both).replace("\u00a0", " ") == "1 stycznia 2026 – 31 grudnia 2027"


def test_a_programme_does_not_end_before_it_begins() -> None:
    with pytest.raises(Refusals) as refused:
        make_programme(ends_on=dt.date(2025, 12, 31))
    assert [part.field for part in refused.value.parts] == ["ends_on"]


def test_what_is_gone_meanwhile_is_said_to_be_gone() -> None:
    call = make_call(status="draft", areas=())
    programme, values = call.programme, services.read_call(call, "pl")
    services.delete_call(call, by=PORTAL)
    with pytest.raises(Refusal) as refused:
        services.update_call(call, language="pl", version=1, by=PORTAL, **values)
    with in_language("en"):
        assert str(refused.value.reason) == "This call no longer exists."
    with transaction() as session:
        session.delete(session.get_one(type(programme), programme.id))
    given: dict[str, Any] = {"title": "Inny", "number": "9/2027", "timezone": "Europe/Warsaw"}
    with pytest.raises(Refusal) as gone:
        services.create_call(programme, language="pl", by=PORTAL, **given)
    with in_language("en"):
        assert str(gone.value.reason) == "This programme no longer exists."
