"""An office registers five people of one mailbox with one form, confirms them with one link, and adds one more."""

import secrets

import pytest

from tests.browser.stage import CONGRESS
from tests.browser.walk import MODE_NAMES, MODES, Walk
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal


@pytest.mark.parametrize(("language", "javascript"), MODES, ids=MODE_NAMES)
def test_office_registers_five_people_of_one_mailbox(
    open_page: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    mark = secrets.token_hex(3)
    box, names = f"biuro-{mark}@example.org", [f"Osoba {letter} {mark}" for letter in "ABCDE"]
    office = Walk(open_page(site, language=language, javascript=javascript), site, language)
    office.go(f"events/{CONGRESS}/register").follow("/register/together")
    office.offer(button="more", **{"email": box, "p1-name": names[0], "p2-name": names[1]})
    office.offer(button="more", **{"p3-name": names[2]})
    office.offer(button="more", **{"p4-name": names[3]})
    for place, name in enumerate(names[:4], 1):
        assert office.page.locator(f'[name="p{place}-name"]').input_value() == name
    office.offer(button="send", **{"p5-name": names[0]})  # twice in the form: said at the fifth
    assert office.page.locator("#p5-name-error").count() == 1
    office.send(button="send", **{"p5-name": names[4], "whole": "possible"})
    assert "/register/sent" in office.path

    office.open_mailed(box, f"/{language}/registration/confirm-together/")
    assert all(name in office.main for name in names)
    office.send()
    assert office.part("together")
    assert all(name in office.main for name in names)
    page_of_all = office.path
    with office.page.expect_navigation():
        office.page.locator("main form button").last.click()
    assert names[4] in office.main

    office.open(page_of_all).follow("/more").send(name=f"Osoba F {mark}")
    assert f"Osoba F {mark}" in office.main
    office.open(page_of_all)
    assert office.page.locator("main .list > li").count() >= 6
