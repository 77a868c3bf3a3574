"""What is pasted into the visual editor is read by the portal: for whoever is signed in, within bounds, and kept nowhere."""

import re
from typing import Any

import pytest
from flask import Flask

from portal.ground import limits
from portal.words.richtext import MAX_BYTES
from tests.factories.people import make_person
from tests.support.client import CheckedClient

WORD = "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Ławka</p>"


@pytest.fixture
def writer(as_person: Any) -> CheckedClient:
    writer: CheckedClient = as_person(make_person())
    return writer


def paste(client: CheckedClient, html: str, **more: str) -> Any:
    # Any form of the portal has the token of the session, as the one has in which the editor stands.
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/pl/account/details").sent)
    assert token
    return client.post("/pl/pasted", data={"csrf_token": token[1], "html": html, **more})


def test_the_meaning_of_what_word_copies_comes_back_and_never_as_a_page(writer: CheckedClient) -> None:
    answer = paste(writer, WORD + "<script>alert(1)</script>")
    assert (answer.status_code, answer.text) == (200, "<ul><li>Ławka</li></ul>")
    assert answer.mimetype == "text/plain"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_without_its_token_nothing_is_read(writer: CheckedClient) -> None:
    answer = paste(writer, WORD, csrf_token="x")
    assert (answer.status_code, answer.text) == (422, "")


@pytest.mark.parametrize("html", ["ą" * (MAX_BYTES // 2 + 1), "<div>" * 3_000, ""])
def test_what_no_text_may_be_is_refused(writer: CheckedClient, html: str) -> None:
    assert paste(writer, html).status_code == 422


def test_another_site_cannot_send_it(writer: CheckedClient) -> None:
    answer = writer.post("/pl/pasted", data={"html": WORD}, headers={"Origin": "https://example.org"})
    assert answer.status_code == 403


def test_a_visitor_is_not_served(client: CheckedClient) -> None:
    assert client.post("/pl/pasted", data={"html": WORD}).status_code == 403


def test_nobody_keeps_the_portal_busy_with_it(
    app: Flask, writer: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.LIMITS, "paste", limits.Limit(minutes=15, per_address=2, per_ip=1000))
    assert [paste(writer, WORD).status_code for _ in range(3)] == [200, 200, 429]
