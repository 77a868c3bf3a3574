"""The pages on which questions are built, answered and read, in the browser of a coordinator and of an applicant."""

import io
import re
from typing import Any

import pytest

from portal.face.media import storage
from portal.ground.authz import PORTAL
from portal.membership import queries, services
from portal.questions.models import QuestionKind
from portal.words.i18n import LANGUAGES
from portal.words.vocabularies import label
from tests.factories.networks import PDF, asked, current, make_application, make_network, make_question
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

K = QuestionKind
pytestmark = pytest.mark.usefixtures("app")
EXTRA: dict[QuestionKind, dict[str, str]] = {
    K.LONG_TEXT: {"most_words": "50"},
    K.CHOICE: {"new_1": "Tak", "new_2": "Nie"},
    K.SEVERAL: {"new_1": "A", "new_2": "B", "new_8": "C", "most_choices": "2"},
    K.NUMBER: {"least": "1,5", "most": "20"},
    K.DATE: {"earliest": "2026-01-01", "latest": "2026-12-31"},
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_coordinator_adds_a_question_of_each_kind(as_person: Any, lang: str) -> None:
    coordinator = make_person()
    network = make_network(coordinators=(coordinator,))
    browser = as_person(coordinator)
    address = f"/{lang}/networks/{network.slug}/questions"
    kinds = browser.get(f"{address}/new").text
    for kind in K:
        assert label("question_kind", kind, lang) in kinds and f"?kind={kind}" in kinds
        fields = {"text": f"Sprawa {kind}?", **EXTRA.get(kind, {})}
        browser.follow(browser.submit(f"{address}/new?kind={kind}", fields))
    page = browser.get(address)
    assert [one.kind for one in queries.questions_of(network.id)] == list(K)
    for one in queries.questions_of(network.id):
        assert f"Sprawa {one.kind}?" in page.text
        assert browser.get(f"{address}/{one.id}").status_code == 200
        for other in LANGUAGES:
            assert browser.get(f"{address}/{one.id}?text={other}").status_code == 200
    assert browser.get(f"{address}/new?kind=riddle").status_code == 200  # the list of kinds


def test_question_is_changed_with_its_options_and_condition(as_person: Any) -> None:
    coordinator = make_person()
    network = make_network(coordinators=(coordinator,))
    browser = as_person(coordinator)
    first = make_question(network, "Czy macie salę?", kind=K.CHOICE, added=["Tak", "Nie", "Nie wiem"])
    second = make_question(network, "Jaką?")
    address = f"/pl/networks/{network.slug}/questions"
    browser.follow(browser.submit(f"{address}/{second.id}", {"condition": f"{first.id}:o1"}))
    assert "Tylko po odpowiedzi „Tak” na pytanie „Czy macie salę?”" in browser.get(address).text
    browser.follow(
        browser.submit(f"{address}/{first.id}", {"option_o2": "Jeszcze nie", "retire_o3": "y", "new_1": "Nie chcemy"})
    )
    offered = queries.questions_of(network.id)[0].options
    assert [option.text.source for option in offered] == ["Tak", "Jeszcze nie", "Nie chcemy"]
    browser.follow(browser.submit(f"{address}/{first.id}?text=bg", {"text": "Имате ли зала?", "option_o1": "Да"}))
    assert queries.questions_of(network.id)[0].options[0].text.get("bg") == "Да"
    refused = browser.submit(f"{address}/{first.id}", {"option_o2": "", "text": ""})
    assert refused.status_code == 422
    assert "Wpisz pytanie." in refused.text and "Wpisz treść tej odpowiedzi" in refused.text


def test_refused_move_says_why_on_the_list(as_person: Any) -> None:
    coordinator = make_person()
    network = make_network(coordinators=(coordinator,))
    first = make_question(network, kind=K.CHOICE)
    second = make_question(network, condition=f"{first.id}:o1")
    browser = as_person(coordinator)
    address = f"/en/networks/{network.slug}/questions"
    moved = browser.submit(address, action=f"{address}/{second.id}/up")
    assert moved.status_code == 409 and "cannot be asked earlier" in moved.text
    retired = browser.submit(address, action=f"{address}/{first.id}/retire")
    assert retired.status_code == 409 and "Change that question first" in retired.text


def everything(network: Any) -> dict[QuestionKind, Any]:
    """A question of each kind; the long text is asked after one answer only."""
    made = {kind: make_question(network, f"Sprawa {kind}?", kind=kind, required=False) for kind in K}
    services.change_question(
        made[K.DATE], version=1, language="pl", by=PORTAL, text="Sprawa date?", hint="", required=False, earliest=None,
        latest=None, condition=f"{made[K.CHOICE].id}:o1",
    )  # fmt: skip
    return {kind: asked(network, one.id) for kind, one in made.items()}


def test_application_is_filled_in_read_and_corrected(as_person: Any) -> None:
    owner, coordinator = make_person(), make_person()
    network = make_network(coordinators=(coordinator,))
    made = everything(network)
    make_organisation(owner)
    browser, reader = as_person(owner), as_person(coordinator)
    f = {kind: f"question_{one.id}" for kind, one in made.items()}
    browser.follow(
        browser.submit(
            f"/bg/networks/{network.slug}/apply",
            {
                f[K.TEXT]: "Олга", f[K.LONG_TEXT]: "Празник на двора.", f[K.CHOICE]: "o1", f[K.SEVERAL]: ["o1", "o2"],
                f[K.NUMBER]: "1234,5", f[K.DATE]: "2026-11-21", f[K.CONSENT]: "y",
                f[K.FILE]: (io.BytesIO(PDF), "../../Устав <b>.PDF"), "language": "bg",
            },
        )
    )  # fmt: skip
    membership = browser.get("/en/account/") and next(iter(_memberships(network)))
    for lang, number, day in (("pl", "1234,5", "21 listopada 2026"), ("en", "1,234.5", "21 November 2026")):
        page = reader.get(f"/{lang}/tasks/applications/{membership}")
        said = page.text.replace("\xa0", " ")
        assert number in said and day in said
        assert re.search(r'lang="bg"[^>]*>\s*Празник на двора\.', page.sent), "words are marked with their language"
        assert "Устав &lt;b&gt;.pdf" in page.sent
    file = f"/pl/memberships/{membership}/files/{made[K.FILE].id}"
    given = reader.get(file)
    assert given.data == PDF and given.mimetype == "application/pdf"
    assert given.headers["Content-Disposition"].startswith("attachment;")
    assert (
        given.headers["Cache-Control"] == "private, no-store" and given.headers["X-Content-Type-Options"] == "nosniff"
    )
    row = current(queries.application(membership))  # type: ignore[arg-type]
    services.ask_for_more(row, reason="Кога?", version=row.row_version, by=coordinator)
    again = browser.get(f"/bg/memberships/{membership}/answer")
    assert "Устав" in again.text and 'value="1234,5"' in again.sent
    browser.follow(browser.submit(again, {"reason": "Ето.", f[K.CHOICE]: "o2", f"{f[K.FILE]}_remove": "y"}))
    kept = {one.kind for one in queries.answers_of(membership)}
    assert kept == set(K) - {K.FILE, K.DATE}, "the file was removed, and the day is no longer asked"
    assert reader.get(file).status_code == 404


def _memberships(network: Any) -> list[int]:
    from portal.ground.db import db
    from portal.membership.models import Membership

    return [row.id for row in db.session.query(Membership).filter_by(network_id=network.id)]


def test_private_file_is_never_public_and_others_do_not_get_it(as_person: Any, client: Any) -> None:
    owner, other = make_person(), make_person()
    network = make_network()
    question = make_question(network, kind=K.FILE)
    membership = make_application(network, owner=owner)
    (key,) = list(storage.stored_keys())
    assert client.get(f"/media/{key}").status_code == 404
    address = f"/pl/memberships/{membership.id}/files/{question.id}"
    assert as_person(owner).get(address).status_code == 200
    assert as_person(other).get(address).status_code == 404
    assert client.get(address).status_code in (302, 303)
    assert as_person(owner).get(f"/pl/memberships/{membership.id}/files/987654").status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_conditional_questions_say_when_they_apply_without_a_script(as_person: Any, lang: str) -> None:
    owner, network = make_person(), make_network()
    made = everything(network)
    make_organisation(owner)
    page = as_person(owner).get(f"/{lang}/networks/{network.slug}/apply")
    (group,) = re.findall(r"<fieldset[^>]*data-after.*?</fieldset>", page.sent, re.DOTALL)
    assert f'data-after="question_{made[K.CHOICE].id}"' in group and 'data-answer="o1"' in group
    assert "Sprawa choice?" in group and "Tak, chcemy" in group and f'name="question_{made[K.DATE].id}"' in group
    assert "hidden" not in group.partition(">")[0]


def test_question_retired_while_somebody_answers_is_told_with_what_was_typed(as_person: Any) -> None:
    owner, network = make_person(), make_network()
    stays, goes = make_question(network, "Kto?"), make_question(network, "Za ile?", kind=K.TEXT)
    make_organisation(owner)
    browser = as_person(owner)
    page = browser.get(f"/en/networks/{network.slug}/apply")
    services.retire_question(goes, by=PORTAL)
    answer = browser.submit(page, {f"question_{stays.id}": "My.", f"question_{goes.id}": "Za trzy tysiące."})
    assert answer.status_code == 409
    assert "The questions have changed since you opened this page" in answer.text
    assert "Za ile?" in answer.text and "Za trzy tysiące." in answer.text and "My.</textarea>" in answer.sent
    assert not _memberships(network)
    assert browser.submit(answer, {}).status_code == 303
    assert [one.answer.text for one in queries.answers_of(_memberships(network)[0])] == ["My."]


def test_question_reworded_or_added_while_somebody_answers_is_marked(as_person: Any) -> None:
    owner, network = make_person(), make_network()
    reworded = make_question(network, "Zgadzam się na zdjęcia.", kind=K.CONSENT)
    make_organisation(owner)
    browser = as_person(owner)
    page = browser.get(f"/en/networks/{network.slug}/apply")
    services.change_question(
        reworded, version=1, language="pl", by=PORTAL, text="Zgadzam się na wszystko.", hint="", required=True
    )
    added = make_question(network, "Kto jeszcze?")
    answer = browser.submit(page, {f"question_{reworded.id}": "y"})
    assert answer.status_code == 409
    assert "This question reads otherwise now." in answer.text and "This question is new." in answer.text
    assert browser.submit(answer, {f"question_{added.id}": "Nikt."}).status_code == 303
    found = {one.question.id: one.answer.text for one in queries.answers_of(_memberships(network)[0])}
    assert found[reworded.id] == "Zgadzam się na wszystko."


def test_form_asks_the_database_the_same_of_many_questions(as_person: Any, count_queries: Any) -> None:
    seen = []
    for size in (1, 3):
        owner, network = make_person(), make_network()
        for _number in range(size):
            for kind in (K.TEXT, K.CHOICE, K.CONSENT):
                make_question(network, kind=kind)
        make_organisation(owner)
        browser = as_person(owner)
        with count_queries() as found:
            browser.get(f"/pl/networks/{network.slug}/apply")
        seen.append(len(found))
    assert seen[0] == seen[1] <= 12, seen
