"""A coordinator writes to the people of the network: two languages, a test to oneself, sent, watched, and read."""

import secrets

import pytest

from tests.browser.stage import NETWORK
from tests.browser.walk import MODE_NAMES, MODES, Walk
from tests.fixtures.browser import OpenPage
from tests.support.processes import wait_until
from tests.support.servers import LivePortal


@pytest.mark.parametrize(("language", "javascript"), MODES, ids=MODE_NAMES)
def test_message_from_the_draft_to_the_mailbox(
    open_as: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    writer = Walk(open_as("coordinator", language=language, javascript=javascript), site, language)
    subject = f"Spotkanie Среща {secrets.token_hex(3)}"
    writer.go(f"networks/{NETWORK}").follow(f"/messages/network/{NETWORK}").follow("/new")
    writer.offer(audience="member-people", subject="", body="")
    assert writer.page.locator("#problems li").count() == 2
    writer.send(audience="member-people", language="pl", subject=subject, body="Zapraszamy. Каним Ви.")
    writer.follow("text=bg").send(subject=f"BG {subject}", body="Каним Ви.")
    _press(writer, "/test")
    wait_until(lambda: _has(site, "coordinator@example.org", {subject, f"BG {subject}"}), "The test", log=site.log)
    assert not _has(site, "owner@example.org", {subject})

    _press(writer, "/send")
    wait_until(lambda: _sent(writer), "The sending", log=site.log, seconds=90)
    wait_until(lambda: _has(site, "owner@example.org", {subject}), "The message", log=site.log)
    assert writer.page.locator('main form[action$="/send"]').count() == 0
    writer.go(f"messages/network/{NETWORK}")
    assert subject in writer.main or f"BG {subject}" in writer.main
    writer.go("tasks/running").follow("/tasks/")
    assert writer.page.locator("main progress").count() == 1


def _press(writer: Walk, action: str) -> None:
    with writer.page.expect_navigation():
        writer.page.locator(f'main form[action$="{action}"] button[type=submit]').click()


def _sent(writer: Walk) -> bool:
    """Is there nothing more to stop? Looked at by the button that is there for it."""
    look = writer.page.locator('main form[action$="/stop"]')
    if look.count():
        writer.page.reload()
    return look.count() == 0


def _has(site: LivePortal, address: str, subjects: set[str]) -> bool:
    return subjects <= {one.subject for one in site.mails(address)}
