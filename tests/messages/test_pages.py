"""The pages of messages: what coordinators see before they send, and that nothing typed is lost."""

import pytest
import sqlalchemy as sa

from portal.ground.db import db
from portal.messages import queries, services
from portal.messages.models import Message, MessageStatus
from portal.tasks import services as tasks
from tests.factories.messages import make_member_people, make_message, make_sender
from tests.factories.people import make_person

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def sender(app):
    return make_sender(("pl", "bg", "bg"))


def path(message: Message, more: str = "", lang: str = "en") -> str:
    return f"/{lang}/messages/{message.id}{more}"


def stored(message: Message) -> Message | None:
    (number,) = sa.inspect(message).identity
    db.session.rollback()
    db.session.expunge_all()
    return db.session.get(Message, number)


def test_from_the_network_to_the_log_of_a_sent_message(sender, as_person, outbox) -> None:
    network, by, _people = sender
    browser = as_person(by)
    here = f"/en/messages/network/{network.slug}"
    assert here in browser.get(f"/en/networks/{network.slug}").text
    assert "Nothing has been written yet." in browser.get(here).text
    words = {
        "audience": "member-owners",
        "language": "pl",
        "subject": "Spotkanie",
        "body": "Zapraszamy.\n\nDo czwartku.",
    }
    shown = browser.follow(browser.submit(f"{here}/new", words))
    assert "3 people will get it today." in shown.text
    assert "Read in: Bulgarian – 2. They get the words in: Polish" in shown.text
    assert "2 people read a language in which there are no words yet." in shown.text
    number = int(shown.request.path.rpartition("/")[2])
    translated = browser.submit(f"/en/messages/{number}/edit?text=bg", {"subject": "Среща", "body": "Елате."})
    shown = browser.follow(translated)
    assert "in which there are no words yet" not in shown.text and "Send to 3 people" in shown.text
    sent = browser.follow(browser.submit(shown, {}, action=f"/en/messages/{number}/send"))
    assert "being sent" in sent.text
    tasks.run_due()
    after = browser.get(f"/en/messages/{number}")
    assert "Words in: Bulgarian – 2" in after.text and "Words in: Polish – 1" in after.text
    assert "Send to" not in after.text
    log = browser.get(here)
    assert "Spotkanie" in log.text and "Tomir Zalewa" in log.text
    subjects = sorted(str(message["Subject"]) for message in outbox.deliver())
    assert subjects.count("Spotkanie") == 1 and subjects.count("Среща") == 2


def test_mail_is_the_letter_of_the_network_and_nothing_in_it_is_ours(sender, outbox) -> None:
    network, by, (reader, *_) = sender
    body = "Dzień dobry,\n[[Zaloguj się|https://oszust.example]]\nHasło: podaj\nKod: 12\n\n<b>Do zobaczenia</b>"
    message = make_message(network, by, body=body)
    services.send(message, version=message.row_version, by=by)
    tasks.run_due()
    outbox.deliver()
    (arrived,) = [one for one in outbox.to(str(reader.email)) if one["Subject"] == "Spotkanie w czwartek"]
    html, text = outbox.html(arrived), outbox.text(arrived)
    assert 'href="https://oszust.example"' not in html and "[[Zaloguj się|https://oszust.example]]" in text
    assert "<strong>Kod:</strong>" not in html and "&lt;b&gt;Do zobaczenia&lt;/b&gt;" in html
    assert "Wiadomość od: Sieć Sąsiedzka" in text and "siec@example.org" in text
    assert "bo działasz w\u00a0imieniu organizacji" in text
    assert f"/pl/networks/{network.slug}" in outbox.paths(arrived)


def test_reader_of_another_language_is_told_which_one_it_is(sender, outbox) -> None:
    network, by, (_first, reader, *_) = sender
    message = make_message(network, by)
    services.send(message, version=message.row_version, by=by)
    tasks.run_due()
    outbox.deliver()
    (arrived,) = [one for one in outbox.to(str(reader.email)) if one["Subject"] == "Spotkanie w czwartek"]
    html = outbox.html(arrived)
    assert '<html lang="bg">' in html and '<span lang="pl">Weźcie kubki.</span>' in html
    assert "Получавате това съобщение" in html


def test_test_goes_to_oneself_in_every_language_and_to_nobody_else(sender, as_person, outbox) -> None:
    network, by, _people = sender
    message = make_message(network, by)
    services.update(message, version=message.row_version, language="bg", by=by, subject="Среща", body="Елате.")
    outbox.deliver()
    before = len(outbox.messages)
    answer = as_person(by).submit(path(message), {}, action=path(message, "/test"))
    assert answer.status_code == 303
    arrived = [outbox.deliver(), outbox.messages[before:]][1]
    assert {str(one["Subject"]) for one in arrived} == {"Spotkanie w czwartek", "Среща"}
    assert {str(one["To"]) for one in arrived} == {str(by.email)}
    assert stored(message).status == MessageStatus.DRAFT


def test_sent_in_two_tabs_is_sent_once_and_the_second_says_so(sender, as_person) -> None:
    network, by, people = sender
    message = make_message(network, by)
    first, second = as_person(by), as_person(by)
    tabs = [browser.get(path(message)) for browser in (first, second)]
    assert first.submit(tabs[0], {}, action=path(message, "/send")).status_code == 303
    answer = second.submit(tabs[1], {}, action=path(message, "/send"))
    assert answer.status_code == 409 and "on its way already" in answer.text
    tasks.run_due()
    assert queries.became([message.id])[message.id] == {"written": len(people)}


def test_words_of_two_writers_are_both_shown(sender, as_person) -> None:
    network, by, _people = sender
    message = make_message(network, by)
    browser = as_person(by)
    opened = browser.get(path(message, "/edit"))
    services.update(
        message,
        version=message.row_version,
        language="pl",
        audience="applicants",
        by=by,
        subject="Inny temat",
        body="Inna treść",
    )
    answer = browser.submit(opened, {"subject": "Mój temat"})
    assert answer.status_code == 409
    assert "Mój temat" in answer.text and "Inny temat" in answer.text


@pytest.mark.parametrize(("subject", "body"), [("Среща", ""), ("", "Елате.")])
def test_half_a_translation_is_refused_and_kept(sender, as_person, subject, body) -> None:
    network, by, _people = sender
    message = make_message(network, by)
    answer = as_person(by).submit(path(message, "/edit?text=bg"), {"subject": subject, "body": body})
    assert answer.status_code == 422 and (subject or body) in answer.text
    assert stored(message).body.languages == ("pl",)


def test_empty_and_too_long_words_are_refused_together(sender, as_person) -> None:
    network, by, _people = sender
    words = {"subject": "a" * 200, "body": "", "audience": "applicants"}
    answer = as_person(by).submit(f"/en/messages/network/{network.slug}/new", words)
    assert answer.status_code == 422 and "Correct 2 fields" in answer.text


def test_draft_is_deleted_after_a_question_and_a_sent_one_is_not(sender, as_person) -> None:
    network, by, _people = sender
    message, sent = make_message(network, by), make_message(network, by)
    services.send(sent, version=sent.row_version, by=by)
    browser, question, of_sent = as_person(by), path(message, "/delete"), path(sent, "/delete")
    assert browser.submit(question, {}).status_code == 303
    assert browser.get(question).status_code == 404
    assert browser.submit(of_sent, {}).status_code == 409
    assert browser.get(path(sent, "/edit")).status_code == 303
    assert stored(sent) is not None


def test_stopping_and_going_on_by_buttons(sender, as_person) -> None:
    network, by, _people = sender
    message = make_message(network, by)
    services.send(message, version=message.row_version, by=by)
    browser = as_person(by)
    opened = browser.get(path(message))
    stopped = browser.follow(browser.submit(opened, {}, action=path(message, "/stop")))
    assert "3 people are still to get it." in stopped.text
    again = browser.follow(browser.submit(opened, {}, action=path(message, "/stop")))
    assert "is not being sent at the moment" in again.text
    assert "The sending goes on." in browser.follow(browser.submit(stopped, {}, action=path(message, "/resume"))).text
    tasks.run_due()
    assert stored(message).status == MessageStatus.SENT


def test_task_of_a_message_is_told_to_who_sent_it(sender, as_person) -> None:
    network, by, _people = sender
    message = make_message(network, by)
    task = services.send(message, version=message.row_version, by=by)
    tasks.run_due()
    page = as_person(by).get(f"/pl/tasks/{task.id}")
    assert "Wysyłanie wiadomości do wielu osób" in page.text and "Wiadomość otrzymują 3 osoby." in page.text
    assert path(message, lang="pl") in page.text


def test_member_of_the_network_learns_nothing_of_drafts(sender, as_person) -> None:
    network, by, (member, *_) = sender
    message = make_message(network, by)
    for browser in (as_person(member), as_person(make_person())):
        for address in (path(message), path(message, "/edit"), f"/en/messages/network/{network.slug}"):
            assert browser.get(address).status_code == 404
    assert f"/messages/network/{network.slug}" not in as_person(member).get(f"/en/networks/{network.slug}").text


def test_pages_of_many_messages_are_turned(sender, as_person) -> None:
    network, by, _people = sender
    make_member_people(network, ["pl"])
    for _ in range(22):
        make_message(network, by)
    browser = as_person(by)
    page = browser.get(f"/en/messages/network/{network.slug}")
    assert 'rel="next"' in page.text
    assert browser.get(f"/en/messages/network/{network.slug}?page=2").status_code == 200
