"""Two profiles that different people manage: one side asks, the other one answers, and nothing happens without both."""

from typing import Any

import pytest

from portal.ground.db import db
from portal.ground.errors import Conflict, Refusal
from portal.merging import queries, services
from portal.merging.models import MergeRequest
from portal.merging.queries import Pair
from portal.merging.services import merging, requests
from portal.organisations import queries as organisations
from portal.organisations import services as profiles
from tests.factories.merging import make_request
from tests.factories.organisations import fresh, make_member, make_organisation, role_of
from tests.factories.people import make_person


def accept(request: MergeRequest, by: Any) -> None:
    db.session.rollback()
    now = queries.request_of(request.id)
    assert now is not None
    services.accept(now, by=by, kept_version=now.kept.row_version, lost_version=now.lost.row_version)


def _lost(request: MergeRequest) -> Any:
    db.session.rollback()
    return organisations.by_number(request.lost_id)


def state(request: MergeRequest) -> str:
    db.session.rollback()
    return str(db.session.get_one(MergeRequest, request.id).state)


def test_other_side_is_asked_by_mail_and_says_yes(app: Any, as_person: Any, outbox: Any) -> None:
    asking, asked = make_person(), make_person(email="druga@example.org")
    kept, lost = make_organisation(asking, name="Lipa"), make_organisation(asked, name="Lipa bis")
    page = as_person(asking).get("/pl/organisations/lipa/merge/lipa-bis")
    assert "Poproś drugą stronę" in page.text
    answer = as_person(asking).submit("/pl/organisations/lipa/merge/lipa-bis", {"sure": "y", "take_name_pl": "lost"})
    assert answer.status_code == 303
    assert fresh(lost).status == "published"
    outbox.deliver()
    (path,) = [path for path in outbox.paths(outbox.to("druga@example.org")[-1]) if "/merges/" in path]
    browser = as_person(asked)
    assert "Lipa bis" in browser.get("/pl/account").text
    assert browser.submit(path, {"sure": "y"}).status_code == 303
    assert (fresh(kept).name.source, fresh(lost).merged_into_id) == ("Lipa bis", kept.id)
    assert {person.id for person in organisations.owners_of(fresh(kept))} == {asking.id, asked.id}


def test_without_knowing_that_it_cannot_be_undone_nothing_happens(app: Any, as_person: Any) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa")
    lost = make_organisation(owner, name="Lipa bis")
    page = as_person(owner).get("/pl/organisations/lipa/merge/lipa-bis")
    assert "Tego nie można cofnąć" in page.text
    answer = as_person(owner).submit("/pl/organisations/lipa/merge/lipa-bis", {"sure": None})
    assert answer.status_code == 422
    assert "Potwierdź, że wiesz, że tego nie można cofnąć." in answer.text.replace("\xa0", " ")
    assert fresh(lost).status == "published"


def test_other_side_says_no_and_both_stay(app: Any, as_person: Any, outbox: Any) -> None:
    asking, asked = make_person(email="pytajaca@example.org"), make_person()
    request = make_request(asking, asked)
    path = f"/pl/merges/{request.id}"
    assert as_person(asked).submit(path, {}, action=f"{path}/decline").status_code == 303
    outbox.deliver()
    assert outbox.to("pytajaca@example.org")[-1]["Subject"] == "Profile nie zostaną połączone"
    assert state(request) == "declined"
    with pytest.raises(Conflict):
        accept(request, asked)


def test_whoever_asked_takes_the_question_back(app: Any, as_person: Any) -> None:
    asking, asked = make_person(), make_person()
    request = make_request(asking, asked)
    path = f"/pl/merges/{request.id}"
    assert as_person(asked).post(f"{path}/withdraw").status_code == 403
    assert as_person(asking).submit(path, {}, action=f"{path}/withdraw").status_code == 303
    with pytest.raises(Conflict):
        accept(request, asked)


def test_whoever_asks_cannot_say_yes_to_themselves(app: Any) -> None:
    asking, asked = make_person(), make_person()
    request = make_request(asking, asked)
    with pytest.raises(Refusal) as refused:
        accept(request, asking)
    assert refused.value.status == 403
    assert state(request) == "waiting"


def test_consent_of_somebody_who_manages_the_profile_no_more_counts_no_more(app: Any) -> None:
    asking, asked = make_person(), make_person()
    request = make_request(asking, asked)
    kept = organisations.by_number(request.kept_id)
    assert kept is not None
    make_member(kept, "owner")
    profiles.end_role(role_of(kept, asking), by=asking)
    with pytest.raises(Conflict) as refused:
        accept(request, asked)
    assert refused.value.reason == requests.NOT_THEIRS
    assert state(request) == "waiting"


def test_request_about_what_was_saved_meanwhile_is_looked_at_again(app: Any) -> None:
    asking, asked = make_person(), make_person()
    request = make_request(asking, asked)
    with pytest.raises(Conflict) as refused:
        services.accept(request, by=asked, kept_version=1, lost_version=99)
    assert refused.value.reason == merging.CHANGED


def test_one_open_request_for_a_profile_is_enough(app: Any) -> None:
    asking, asked = make_person(), make_person()
    request = make_request(asking, asked)
    other = make_organisation(asking, name="Trzecia")
    pair = Pair(other, _lost(request))
    with pytest.raises(Conflict) as refused:
        services.propose(pair, by=asking, taken=[], kept_version=other.row_version, lost_version=pair.lost.row_version)
    assert refused.value.reason == requests.ALREADY


def test_request_about_a_profile_that_was_merged_meanwhile_is_closed(app: Any) -> None:
    asking, asked = make_person(), make_person()
    request = make_request(asking, asked)
    db.session.rollback()
    other = make_organisation(asked, name="Trzecia")
    pair = Pair(other, _lost(request))
    services.merge(pair, by=asked, taken=[], kept_version=other.row_version, lost_version=pair.lost.row_version)
    assert state(request) == "withdrawn"


def test_profile_that_nobody_manages_is_a_matter_of_the_portal_team(app: Any) -> None:
    asking = make_person()
    kept, lost = make_organisation(asking, name="Lipa"), make_organisation(name="Bez nikogo")
    _without_people(lost)
    pair = Pair(fresh(kept), fresh(lost))
    with pytest.raises(Refusal) as refused:
        services.propose(
            pair, by=asking, taken=[], kept_version=pair.kept.row_version, lost_version=pair.lost.row_version
        )
    assert refused.value.reason == requests.NOBODY


def _without_people(organisation: Any) -> None:
    import sqlalchemy as sa

    from portal.ground.db import transaction
    from portal.organisations.models import OrganisationRole

    with transaction() as session:
        session.execute(sa.delete(OrganisationRole).where(OrganisationRole.organisation_id == organisation.id))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Paste the address of the other profile."),
        ("https://example.org/en/organisations/nobody", "There is no profile at this address that you could merge."),
        ("lipa", "This is the same profile."),
        ("https://example.org/pl/organisations/zagraniczna/news", "The two are in different countries"),
        ("://[", "There is no profile at this address"),
        ("x" * 301, "300"),
    ],
)
def test_other_profile_that_cannot_be_it_gets_a_sentence(app: Any, as_person: Any, typed: str, sentence: str) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa")
    make_organisation(owner, name="Zagraniczna", country="BG", language="bg")
    answer = as_person(owner).submit("/en/organisations/lipa/merge", {"other": typed})
    assert answer.status_code in (409, 422)
    assert sentence in answer.text.replace("\xa0", " ")
    assert answer.text.count(f'value="{typed}"') == 1 or len(typed) > 300 or not typed


def test_other_profile_is_found_by_its_pasted_address(app: Any, as_person: Any) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa")
    make_organisation(name="Lipa bis")
    for typed in (
        "https://portal.example.org/bg/organisations/lipa-bis",
        "/pl/organisations/lipa-bis/news",
        "lipa-bis",
    ):
        answer = as_person(owner).submit("/en/organisations/lipa/merge", {"other": typed})
        assert answer.location == "/en/organisations/lipa/merge/lipa-bis"


def test_contact_that_is_not_shown_to_the_reader_is_not_shown_beside_the_other(app: Any, as_person: Any) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa")
    make_organisation(name="Lipa bis", contacts=[("email", "zofia@example.org", "private")])
    page = as_person(owner).get("/en/organisations/lipa/merge/lipa-bis")
    assert page.status_code == 200
    assert "zofia@example.org" not in page.text


def test_draft_of_somebody_else_is_not_there(app: Any, as_person: Any) -> None:
    owner = make_person()
    make_organisation(owner, name="Lipa")
    make_organisation(name="Cudza", status="draft")
    assert as_person(owner).get("/pl/organisations/lipa/merge/cudza").status_code == 404


def test_preview_counts_what_goes_over(app: Any, as_person: Any) -> None:
    from tests.merging.test_merging import full_pair

    owner, _kept, _lost = full_pair()
    page = as_person(owner).get("/en/organisations/lipa/merge/lipowa-polana").text
    for sentence in (
        "3 people keep their roles", "2 open invitations go over", "2 numbers in registers", "3 addresses lead",
        "2 memberships or applications go over", "1 post goes over",
    ):  # fmt: skip
        assert sentence in page, sentence
