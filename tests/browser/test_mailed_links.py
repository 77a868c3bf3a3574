"""Mail scanners open every link in a browser that runs scripts, and wait: nothing may come of it."""

from typing import Any

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, Page, Request

from portal.accounts import mails as accounts
from portal.freshness import mails as freshness
from portal.ground.db import db
from portal.ground.statements import table
from portal.mail import Mail
from portal.mail.kinds import STOP
from portal.organisations import mails as organisations
from portal.registration import mails as registration
from portal.registration.delegation_mails import CONFIRM_DELEGATION, DELEGATION
from portal.registration.party_mails import CONFIRM_PARTY, PARTY
from portal.registration.queries import FEED
from portal.registration.reminder_mails import COMING
from portal.saved import mails as saved
from portal.trust import mails as trust
from tests.browser.conftest import Theatre
from tests.browser.kinds import BY_NAME
from tests.support.servers import LivePortal
from tests.support.visitor import Visitor, mailed

WAIT = 15_000  # milliseconds that a scanner looks at a page
LINKS = {  # the purpose of a link: the page kind that it leads to
    accounts.CONFIRM: "confirm-account",
    accounts.PASSWORD: "new-password",
    accounts.EMAIL: "account-email-confirm",
    organisations.INVITATION: "invitation",
    STOP: "mail-choice",
    registration.CONFIRM: "registration-confirm",
    registration.MANAGE: "registration-manage",
    registration.INVITED: "registration-invited",
    COMING: "registration-coming",
    CONFIRM_PARTY: "registration-confirm-together",
    PARTY: "registration-party",
    CONFIRM_DELEGATION: "registration-confirm-delegation",
    DELEGATION: "delegation",
    FEED: "registration-calendar",
    organisations.LISTED: "listed-entry",
    freshness.CONFIRMATION: "profile-confirm",
    trust.VOUCH: "trust-vouch-visitor",
    trust.PROOF: "claim-prove",
    saved.READER: "searches-by-link",
}
OF_THE_CLOCK = {"heartbeat", "periodic_job"}  # tables that change while nobody does anything
SEEN = {"seen_at"}  # and columns


def purposes(app: Flask) -> set[str]:
    """The purposes of all links that lead to a page."""
    marks = [getattr(view, "access", None) for view in app.view_functions.values()]
    return {mark.purpose for mark in marks if mark is not None and mark.kind == "by_link"}


def everything(portal: LivePortal) -> dict[str, list[Any]]:
    """All rows of all tables."""
    with portal.application.app_context():
        tables = [one for one in db.metadata.sorted_tables if one.name not in OF_THE_CLOCK]
        found = {
            one.name: [
                tuple(row)
                for row in db.session.execute(
                    sa.select(*(column for column in one.columns if column.name not in SEEN)).order_by(*one.primary_key)
                )
            ]
            for one in tables
        }
        db.session.remove()
    return found


def all_mail_is_sent(portal: LivePortal, page: Page) -> None:
    waiting = sa.select(sa.func.count()).select_from(table(Mail)).where(Mail.state == "queued")
    for _try in range(120):
        with portal.application.app_context():
            left = db.session.scalar(waiting)
            db.session.remove()
        if not left:
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{left} mails are still waiting")


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> list[str]:
    return [name for name in before if before[name] != after[name]]


def test_a_mailed_link_that_is_opened_and_left_alone_confirms_nothing(theatre: Theatre, chromium: Browser) -> None:
    portal = theatre.portal
    assert set(LINKS) == purposes(portal.application)
    Visitor(portal).submit(
        "/pl/account/sign-up", {"name": "Ewa Próbna", "email": "scanned@example.org", "password": "trzy losowe słowa"}
    )
    own = mailed(portal, "scanned@example.org", "/account/confirm/")
    addresses = [own, *(theatre.address(BY_NAME[name], "pl") for name in LINKS.values())]
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method != "GET":
            sent.append(f"{request.method} {request.url}")

    contexts = [chromium.new_context(base_url=portal.base_url) for _ in range(2)]
    contexts[1].add_cookies(theatre.visitor("owner").browser_cookies())  # who is asked may be logged in
    try:
        all_mail_is_sent(portal, contexts[0].new_page())
        before = everything(portal)
        opened = []
        for context in contexts:
            context.on("request", note)
            for address in addresses:
                page = context.new_page()
                response = page.goto(address)
                assert response is not None and response.status == 200, address
                opened.append((page, address))
        opened[-1][0].wait_for_timeout(WAIT)
        assert [page.url for page, address in opened if not page.url.endswith(address)] == []
        assert sent == []
        assert changed(before, everything(portal)) == []

        page = opened[0][0]  # what this test would reject: a script that presses a button
        with page.expect_navigation():
            page.evaluate("document.querySelector('button[value=refuse]').click()")
        assert sent == [f"POST {portal.base_url}{own}"]
        assert "sign_up" in changed(before, everything(portal))
    finally:
        for context in contexts:
            context.close()
