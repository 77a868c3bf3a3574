"""An account in Chromium, in each language, with JavaScript off."""

import pytest

from tests.support.visitor import mailed

WORDS = {"pl": "Wyloguj się", "bg": "Изход", "en": "Log out"}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_account_from_sign_up_to_sign_out(engine, make_live, open_page):
    portal = make_live(engine, workers=1).start()
    for language, words in WORDS.items():
        address, page = f"{language}@example.org", open_page(portal, javascript=False, language=language, width=320)
        page.goto(f"/{language}/account/sign-up")
        page.click("main button[type=submit]")
        assert page.locator("#problems li").count() == 3
        page.fill("#name", "Próba Проба")
        page.fill("#email", address)
        page.fill("#password", "trzy losowe słowa")
        page.click("main button[type=submit]")
        assert page.url.endswith(f"/{language}/account/sign-up/sent")

        page.goto(mailed(portal, address, "/account/confirm/"))
        page.click("main button[type=submit]:not([name])")
        assert page.url.endswith(f"/{language}/account/")
        page.get_by_role("button", name=words).click()
        assert page.url.endswith(f"/{language}/account/sign-in")

        page.goto(f"/{language}/account/details")  # asks to sign in, and comes back
        page.fill("#email", address)
        page.fill("#password", "trzy losowe słowa")
        page.click("main button[type=submit]")
        assert page.url.endswith(f"/{language}/account/details")
        assert page.locator("#name").input_value() == "Próba Проба"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
