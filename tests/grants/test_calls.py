"""Programmes and calls: written, announced when all is there, cancelled with a reason, found and narrowed."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from portal.grants import queries, services
from portal.grants.fields import CALL
from portal.grants.models import Call, CallStatus
from portal.grants.queries import Wanted
from portal.ground import clock
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict, Refusal, Refusals, Stale
from portal.organisations import services as organisations
from portal.organisations.models import OrganisationStatus
from tests.factories.grants import fresh_call, make_call, make_operator, make_programme, whole
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.merging.pairs import merge

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("app")


def written(call: Call, **changes: Any) -> None:
    services.update_call(
        call, language="pl", version=call.row_version, by=PORTAL, **{**services.read_call(call, "pl"), **changes}
    )


def faults(refused: Any) -> list[str]:
    return [part.field for part in refused.value.parts]


def test_a_draft_says_in_one_list_what_is_missing_and_is_not_published(frozen_clock: Any) -> None:
    programme = make_programme()
    call = services.create_call(
        programme, language="pl", by=PORTAL, title="Nabór", number="1/2027", timezone="Europe/Warsaw"
    )
    fields = ["summary", "description", "opens_at", "closes_at", "smallest", "largest", "pool", "applicants", "areas"]
    assert [one.field for one in queries.missing(fresh_call(call))] == fields
    with pytest.raises(Refusal) as refused:
        services.publish_call(call, by=PORTAL)
    assert "missing" in str(refused.value.reason)
    given = {name: value for name, value in whole().items() if name not in ("title", "number")}
    written(fresh_call(call), **given)
    assert [one.field for one in queries.missing(fresh_call(call))] == ["areas"]
    services.set_call_areas(fresh_call(call), version=fresh_call(call).row_version, codes=["PL-10"], by=PORTAL)
    services.publish_call(call, by=PORTAL)
    assert fresh_call(call).status == CallStatus.PUBLISHED
    with pytest.raises(Conflict):
        services.publish_call(call, by=PORTAL)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_at": dt.datetime(2027, 3, 28, 2, 30)}, "closes_at"),
        ({"closes_at": dt.datetime(2027, 10, 31, 2, 30)}, "closes_at"),
        ({"opens_at": dt.datetime(2027, 3, 28, 3, 30), "timezone": "Europe/Sofia"}, "opens_at"),
        ({"opens_at": dt.datetime(2027, 2, 1, 9), "closes_at": dt.datetime(2027, 2, 1, 9)}, "closes_at"),
        ({"smallest": Decimal("0.00")}, "smallest"),
        ({"pool": Decimal("1.001")}, "pool"),
        ({"smallest": Decimal(6000)}, "largest"),
        ({"pool": Decimal(4000)}, "pool"),
        ({"number": "1/2027"}, "number"),
        ({"title": ""}, "title"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(changes: dict[str, Any], field: str, frozen_clock: Any) -> None:
    programme = make_programme()
    make_call(programme, number="1/2027")
    call = make_call(programme, status="draft", number="2/2027")
    with pytest.raises(Refusal) as refused:
        written(call, **changes)
    assert faults(refused)[:1] == [field]
    assert fresh_call(call).row_version == call.row_version


def test_all_faults_are_told_at_once() -> None:
    call = make_call(status="draft")
    with pytest.raises(Refusal) as refused:
        written(call, smallest=Decimal(-1), largest=Decimal(-2), opens_at=dt.datetime(2027, 3, 28, 2, 30))
    assert {"smallest", "largest", "opens_at"} <= {*faults(refused)}


def test_the_database_holds_what_the_service_holds() -> None:
    call = make_call()
    for column, value in (
        ("closes_at", call.opens_at), ("pool", Decimal(1)), ("currency", "EUR"), ("queue_tolerance_s", 301),
        ("check_days", 0), ("applicants", ""), ("status", "archived"), ("published_at", None),
    ):  # fmt: skip
        with pytest.raises(sa.exc.IntegrityError), transaction() as session:
            session.execute(sa.update(Call).where(Call.id == call.id).values({column: value}))


def test_a_public_call_keeps_its_deadline_and_what_it_needs(frozen_clock: Any) -> None:
    call = make_call()
    for changes in ({"closes_at": dt.datetime(2027, 5, 1, 12)}, {"timezone": "Europe/Sofia"}, {"pool": None}):
        with pytest.raises(Refusal):
            written(call, **changes)
        call = fresh_call(call)
    with pytest.raises(Refusal) as refused:
        written(call, opens_at=dt.datetime(2026, 11, 10, 9))
    assert faults(refused) == ["opens_at"]
    call = fresh_call(call)
    with pytest.raises(Refusal):
        services.set_call_areas(call, version=call.row_version, codes=[], by=PORTAL)
    written(fresh_call(call), summary="Jeszcze na altanę.")
    assert fresh_call(call).summary.get("pl") == "Jeszcze na altanę."


def test_what_people_apply_by_stays_as_it_was_announced(frozen_clock: Any) -> None:
    call = make_call()
    changes = {
        "pool": Decimal(60000), "smallest": Decimal(1000), "largest": Decimal(6000), "applicants": ("organisation",),
        "queue_tolerance_s": 0, "check_days": 9, "appeal_days": None,
    }  # fmt: skip
    with pytest.raises(Refusals) as refused:
        written(call, **changes)
    assert sorted(faults(refused)) == sorted(changes)
    with pytest.raises(Refusal):
        call = fresh_call(call)
        services.set_call_areas(call, version=call.row_version, codes=["PL-14"], by=PORTAL)
    call = fresh_call(call)
    services.set_call_areas(call, version=call.row_version, codes=["PL-10", "PL-14"], by=PORTAL)
    assert [place.code for place in queries.places_of(call.id)] == ["PL-10", "PL-14"]


def test_a_public_call_is_translated_piece_by_piece() -> None:
    call = make_call()
    for language, changes in (("bg", {"title": "Беседка"}), ("pl", {"summary": "Na altanę."})):
        call = fresh_call(call)
        texts = {**services.read_call(call, language), **changes}
        services.update_call(call, language=language, version=call.row_version, by=PORTAL, **texts)
    with pytest.raises(Refusals) as refused:
        written(fresh_call(call), summary="", description="")
    assert faults(refused) == ["summary", "description"]


def test_until_people_apply_only_the_money_stays(frozen_clock: Any) -> None:
    call = make_call(opens_at=clock.to_wall(clock.now(), "Europe/Warsaw").replace(second=0, microsecond=0) + DAY)
    written(call, largest=Decimal(6000), applicants=("group",), check_days=9)
    assert (fresh_call(call).largest, fresh_call(call).who) == (Decimal(6000), ["group"])
    with pytest.raises(Refusals) as refused:
        written(fresh_call(call), pool=Decimal(60000))
    assert faults(refused) == ["pool"]


def test_a_deadline_that_has_passed_is_not_announced(frozen_clock: Any) -> None:
    call = make_call(status="draft", opens_at=dt.datetime(2026, 10, 1, 9), closes_at=dt.datetime(2026, 11, 1, 12))
    with pytest.raises(Refusal) as refused:
        services.publish_call(call, by=PORTAL)
    assert "passed" in str(refused.value.reason)


def test_who_is_operator_no_more_announces_nothing_and_keeps_what_is_public(client: Any) -> None:
    operator = make_operator()
    programme = make_programme(of=operator.organisation)
    draft, public = make_call(programme, status="draft"), make_call(programme)
    services.end_operator(operator, by=PORTAL)
    with pytest.raises(Refusal) as refused:
        services.publish_call(draft, by=PORTAL)
    assert "no operator" in str(refused.value.reason)
    assert client.get(f"/pl/grants/{public.slug}").status_code == 200


def test_two_who_edit_are_told() -> None:
    call = make_call(status="draft")
    before = services.read_call(call, "pl")
    written(call, summary="Pierwsza wersja")
    with pytest.raises(Stale):
        services.update_call(call, language="pl", version=1, by=PORTAL, **{**before, "summary": "Druga"})


def test_a_draft_is_deleted_and_a_public_call_is_not() -> None:
    draft, public = make_call(status="draft"), make_call()
    services.delete_call(draft, by=PORTAL)
    assert queries.call_by_slug(draft.slug) is None
    with pytest.raises(Refusal):
        services.delete_call(public, by=PORTAL)


def test_a_cancelled_call_says_why_and_stays(client: Any) -> None:
    call = make_call(status="cancelled")
    page = client.get(f"/pl/grants/{call.slug}").text.replace("\u00a0", " ")
    assert "Nie ma pieniędzy." in page and "unieważniony" in page
    with pytest.raises(Refusal):
        services.cancel_call(make_call(), reason=" ", by=PORTAL)


def test_the_currency_stays_once_there_is_a_call() -> None:
    programme = make_programme()
    given = {"title": "Mikrogranty", "legal_basis": "", "starts_on": programme.starts_on, "ends_on": None}
    services.update_programme(
        programme, language="pl", version=programme.row_version, by=PORTAL, **given, currency="EUR"
    )
    call = make_call(programme)
    assert call.currency == "EUR"
    with pytest.raises(Refusal) as refused:
        services.update_programme(programme, language="pl", version=2, by=PORTAL, **given, currency="PLN")
    assert faults(refused) == ["currency"]


def test_the_list_is_narrowed_by_phase_region_and_who(client: Any, frozen_clock: Any) -> None:
    programme = make_programme()
    near = make_call(programme, title="Bliski", areas=("PL-10",))
    far = make_call(
        programme, title="Daleki", areas=("BG-24",), applicants=("group",), opens_at=dt.datetime(2026, 12, 1, 9),
        closes_at=dt.datetime(2026, 12, 20, 9),
    )  # fmt: skip
    make_call(programme, status="draft", title="Ukryty")
    everywhere = make_call(programme, title="Wszędzie", areas=("PL",))

    def shown(**asked: str) -> list[str]:
        return [call.slug for call in queries.listed_calls(Wanted(**asked), offset=0, limit=9)]

    assert shown() == [near.slug, everywhere.slug, far.slug]
    assert shown(phase="announced") == [far.slug]
    assert shown(region="PL-10") == [near.slug, everywhere.slug]
    assert shown(region="PL-28") == [everywhere.slug]
    assert shown(who="group") == [far.slug]
    assert dict(queries.numbers_by_phase(Wanted())) == {"open": 2, "announced": 1}
    assert queries.numbers_by_region(Wanted())["PL-10"] == 2
    assert dict(queries.numbers_by_who(Wanted(phase="open"), ["organisation", "group"])) == {
        "organisation": 2,
        "group": 0,
    }
    page = client.get("/pl/grants?region=PL-10&phase=open").text
    assert "Bliski" in page and "Daleki" not in page and "Ukryty" not in page
    assert client.get("/pl/grants?phase=nonsense").status_code == 200


def test_a_call_is_found_while_its_operator_is_public(client: Any) -> None:
    owner = make_person()
    call = make_call(make_programme(owner), title="Altana nad stawem")
    slug, organisation = call.slug, call.programme.organisation
    assert slug in client.get("/pl/search?q=altana").text
    organisations.change_status(organisation, OrganisationStatus.HIDDEN, by=owner)
    assert slug not in client.get("/pl/search?q=altana").text
    assert client.get(f"/pl/grants/{slug}").status_code == 404


def test_an_organisation_does_not_end_while_people_apply_to_it() -> None:
    owner = make_person()
    call = make_call(make_programme(owner))
    assert call.opens_at is not None
    organisation, today = call.programme.organisation, call.opens_at.date()
    with pytest.raises(Refusal) as refused:
        organisations.close(organisation, last_day=today, by=owner)
    assert "not closed" in str(refused.value.reason)
    services.cancel_call(call, reason="Kończymy.", by=owner)
    organisations.close(organisation, last_day=today, by=owner)
    assert not queries.is_operator(organisation.id)


def test_a_merge_takes_programmes_and_calls_along(client: Any) -> None:
    owner = make_person()
    kept, lost = make_organisation(owner, name="Lipa"), make_organisation(owner, name="Lipa druga")
    call = make_call(make_programme(of=lost))
    assert services.going_over(lost.id) == 1
    merge(kept, lost, owner)
    assert fresh_call(call).programme.organisation_id == kept.id
    assert f"/pl/organisations/{kept.slug}" in client.get(f"/pl/grants/{call.slug}").text


def test_the_owner_goes_from_an_empty_programme_to_an_open_call(as_person: Any, frozen_clock: Any) -> None:
    owner = make_person()
    slug = make_operator(owner).organisation.slug
    browser = as_person(owner)
    assert "/pl/grants/mine" in browser.get("/pl/account").text
    sent = {"title": "Wspólna Miedza", "starts_on": "2026-12-01", "currency": "PLN"}
    assert browser.submit(f"/pl/organisations/{slug}/programmes/new", sent).status_code == 303
    ((programme, _calls),) = queries.programmes_of([queries.giving([1, 2, 3, 4])[0].id])
    number = programme.id
    first = {"title": "Ławki", "number": "1/2027"}
    answer = browser.submit(f"/pl/grants/programmes/{number}/calls/new", first)
    assert answer.status_code == 303
    address = answer.headers["Location"].removesuffix("/manage")
    assert browser.submit(f"{address}/publish", {}).status_code == 422
    sent = {
        "summary": "Na ławki.", "description": "<p>Ławki.</p>", "opens_at": ["2026-11-22", "09:00"],
        "closes_at": ["2026-12-04", "23:59"], "smallest": "500", "largest": "2000,50", "pool": "10000",
        "applicants": ["group"],
    }  # fmt: skip
    assert browser.submit(f"{address}/edit", sent).status_code == 303
    assert browser.submit(f"{address}/areas", {"words": "łódzkie", "act": "look"}).status_code == 422
    assert browser.submit(f"{address}/areas", {"areas": ["PL"]}).status_code == 303
    assert browser.submit(f"{address}/publish", {}).status_code == 303
    page = browser.get(address).text.replace("\u00a0", " ")
    assert "od 500 do 2000,50 zł" in page or "od 500 do 2 000,50 zł" in page
    assert "4 grudnia 2026, godz. 23:59 czasu warszawskiego" in page
    db.session.rollback()
    assert CALL["closes_at"].hint
