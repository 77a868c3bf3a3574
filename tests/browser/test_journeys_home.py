"""Home: what comes next, what is new, who is here, and a search over everything that every alphabet finds."""

import pytest

from tests.browser.walk import MODE_NAMES, MODES, Walk
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal

FOUND = {  # everything, in any alphabet and without accents
    "zelena trakia": "organisations/sdruzhenie-zelena-trakia",
    "кузня вспарця": "organisations/fundacja-kuznia-wsparcia",
    "siec sasiedzka": "networks/siec-sasiedzka",
    "kongres wspolpracy": "events/kongres-wspolpracy-lokalnej",
    "lawka": "news/lawka-ktora-zaczela-sie-od-rozmowy-przy-plocie",
}
OTHER = {"pl": "bg", "bg": "en", "en": "pl"}


@pytest.mark.parametrize(("language", "javascript"), MODES, ids=MODE_NAMES)
def test_home_leads_to_events_posts_networks_and_search(
    open_page: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    reader = Walk(open_page(site, language=language, javascript=javascript), site, language)
    for kind, least in (("events", 3), ("networks", 3), ("news", 3)):
        links = reader.go("").page.locator(f'main section[aria-labelledby="{kind}"] h3 a')
        assert links.count() >= least
        with reader.page.expect_navigation():
            links.first.click()
        assert reader.part(kind)
        assert reader.page.locator("h1").count() == 1

    for words, found in FOUND.items():
        reader.go("").page.fill("main [name=q]", words)
        with reader.page.expect_navigation():
            reader.page.locator("main .search button").first.click()
        assert reader.page.locator(f'main .result a[href$="/{found}"]').count() == 1, words

    reader.go("search?q=lodz").follow("kind=organisation")
    where, hits = reader.path.partition("?")[2], reader.page.locator("main .result").count()
    reader.switch(OTHER[language])
    assert reader.path.partition("?")[2] == where
    assert reader.page.locator("main .result").count() == hits


@pytest.mark.parametrize("language", ["pl", "bg", "en"])
def test_front_door_knows_the_language_of_the_browser(open_page: OpenPage, site: LivePortal, language: str) -> None:
    page = open_page(site, language=language, javascript=False)
    page.goto("/")
    assert page.url == f"{site.base_url}/{language}/"
