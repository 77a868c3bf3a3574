"""The page of a task: for whoever started it, in their language, and still unless they ask for movement."""

import pytest

from portal.accounts.facts import PeopleJoined
from portal.ground import facts
from portal.ground.db import db, transaction
from portal.tasks import services
from portal.tasks.models import Task
from portal.tasks.services import running
from tests.factories.people import make_person
from tests.tasks.conftest import KIND

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def path(task: Task, more: str = "", lang: str = "pl") -> str:
    return f"/{lang}/tasks/{task.id}{more}"


def test_page_says_how_far_it_is_and_moves_only_when_asked(as_person, owner, task) -> None:
    browser = as_person(owner)
    waiting = browser.get(path(task, lang="en"))
    assert "waiting to begin" in waiting.text and "<progress" not in waiting.text
    lease = running.take()
    assert lease is not None and running.step(lease)
    page = browser.get(path(task, lang="en"))
    assert "3 of 10" in page.text and '<progress value="3" max="10"' in page.text
    assert "Refresh" not in page.headers, "WCAG F41: a page reloads by itself"
    asked = browser.get(path(task, "?look=yes", lang="en"))
    assert asked.headers["Refresh"] == "10" and "Leave the page as it is" in asked.text
    running._let_go(lease)
    services.run_due()
    ended = browser.get(path(task, "?look=yes", lang="en"))
    assert "finished" in ended.text and "Marks: 10" in ended.text
    assert "Refresh" not in ended.headers, "it looks again although nothing can change"


def test_others_do_not_learn_of_it(as_person, owner, task) -> None:
    other = as_person(make_person())
    assert other.get(path(task)).status_code == 404
    assert other.post(path(task, "/cancel")).status_code == 404
    assert db.session.get_one(Task, task.id).is_open
    assert KIND.title() not in other.get("/pl/tasks/running").text
    assert KIND.title() in as_person(owner).get("/pl/tasks/running").text


def test_stopping_by_a_button(as_person, owner, task) -> None:
    browser = as_person(owner)
    opened = browser.get(path(task, lang="en"))
    for said in ("Stopped. What was done by then stays done.", "This has come to its end already."):
        answer = browser.submit(opened, {}, action=path(task, "/cancel", lang="en"))
        assert answer.status_code == 303
        page = browser.get(answer.headers["Location"])
        assert said in page.text
    assert "stopped" in page.text


def test_failure_is_told_in_the_language_of_the_page(as_person, owner, work, task) -> None:
    def give_up(item: int) -> None:
        raise services.CannotGoOn("gone")

    work.before = give_up
    services.run_due()
    page = as_person(owner).get(path(task))
    assert "przerwane" in page.text and "What it was about is gone." in page.text


def test_running_work_stands_on_the_page_of_the_account(as_person, owner, task) -> None:
    browser = as_person(owner)
    assert path(task) in browser.get("/pl/account/").text
    services.run_due()
    assert path(task) not in browser.get("/pl/account/").text


def test_two_people_who_are_one_see_it(as_person, owner, task) -> None:
    kept = make_person()
    with transaction():
        facts.announce(PeopleJoined(gone_id=owner.id, kept_id=kept.id))
    assert as_person(kept).get(path(task)).status_code == 200
