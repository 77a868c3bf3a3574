"""The browser's watch: a page opens in each language, and what a page may not do fails its test."""

import pytest
from playwright.sync_api import Browser, Page

from tests.fixtures.browser import OpenPage, Watch
from tests.support.servers import LivePortal


@pytest.mark.parametrize("language", ["pl", "bg", "en"])
@pytest.mark.parametrize("javascript", [True, False])
def test_home_opens_in_each_language_with_and_without_javascript(
    open_page: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    page = open_page(site, language=language, javascript=javascript)
    page.goto(f"/{language}/")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1


def test_person_of_the_demo_is_signed_in(open_as: OpenPage) -> None:
    page: Page = open_as("coordinator", language="pl")
    page.goto("/pl/account")
    assert page.url.endswith("/pl/account")


def test_watch_sees_an_inline_script_and_another_host(chromium: Browser, site: LivePortal) -> None:
    context = chromium.new_context(base_url=site.base_url)
    watch = Watch(context, site.base_url.removeprefix("http://"))
    page = context.new_page()
    policy = {"Content-Security-Policy": "default-src 'self'"}
    bad = '<title>x</title><script>f()</script><img alt="" src="http://example.org/x.png">'
    page.route("**/bad", lambda route: route.fulfill(content_type="text/html", headers=policy, body=bad))
    page.goto("/bad")
    context.close()
    assert any("console" in fault for fault in watch.faults)
    assert any("another host" in fault for fault in watch.faults)
