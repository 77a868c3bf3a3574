"""An organisation from sign-up to the directory, and an informal group beside it."""

import io
import secrets

import pytest
from PIL import Image

from tests.browser.walk import MODE_NAMES, MODES, Walk
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal
from tests.support.vouching import vouch_twice

NAMES = {"pl": "Fundacja Źródło Łąk", "bg": "Фондация Ливадна чешма", "en": "Meadow Spring Foundation"}
FOLDED = {"pl": "fundacja zrodlo lak", "bg": "livadna cheshma", "en": "MEADOW spring"}
OTHER = {"pl": "bg", "bg": "en", "en": "pl"}  # the profile is translated into this language
THIRD = {"pl": "en", "bg": "pl", "en": "bg"}  # and read in this one
FORMS = {"pl": "pl-foundation", "bg": "bg-found-public", "en": "pl-foundation"}
COUNTRY = {"pl": "pl", "bg": "bg", "en": "pl"}
REGIONS = {"pl": "PL-10", "bg": "BG-24", "en": "PL-10"}
TOWNS = {"pl": "Zduńska Wola", "bg": "Мъглиж", "en": "Zduńska Wola"}
FOLDED_TOWNS = {"pl": "zdunska", "bg": "maglizh", "en": "zdunska"}


@pytest.mark.parametrize(("language", "javascript"), MODES, ids=MODE_NAMES)
def test_organisation_from_sign_up_to_the_directory(
    open_page: OpenPage, open_as: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    mark = secrets.token_hex(3)
    name, address = f"{NAMES[language]} {mark}", f"founder-{mark}@example.org"
    how = {"language": language, "javascript": javascript}
    founder = Walk(open_page(site, **how), site, language)
    visitor = Walk(open_page(site, **how), site, language)

    founder.go("account/sign-up").send(name="Próba Проба", email=address, password="trzy losowe słowa")
    founder.open_mailed(address, "/account/confirm/").send()
    assert founder.path == f"/{language}/account/"

    slug = _create(founder, language, name)
    _complete(founder, language, slug, mark)
    _invite(founder, Walk(open_as("translator", **how), site, language), slug, mark)
    assert visitor.page.request.get(f"/{language}/organisations/{slug}").status == 404

    founder.go(f"organisations/{slug}/send").send(network_slug="siec-sasiedzka")
    coordinator = Walk(open_as("coordinator", **how), site, language)
    coordinator.go("tasks?kind=profiles").page.locator(f"main a:has-text({name!r})").first.click()
    coordinator.page.wait_for_url("**/tasks/profiles/*")
    coordinator.send(button="publish")

    _find(visitor, language, slug, mark)
    _read(visitor, language, slug, name)


def _create(founder: Walk, language: str, name: str) -> str:
    founder.go("organisations/new").follow(f"kind={COUNTRY[language]}-registered")
    founder.offer(name=name)  # all errors at once, and nothing typed is lost
    assert founder.page.locator("#problems li").count() >= 4
    assert founder.page.locator("#name").input_value() == name
    founder.send(
        name=name,
        legal_form=FORMS[language],
        town=TOWNS[language],
        region=REGIONS[language],
        themes=["5"],
        language=language,
        summary="Woda, вода, water.",
    )
    return founder.part("organisations")


def _complete(founder: Walk, language: str, slug: str, mark: str) -> None:
    """A translation and a logo."""
    other = OTHER[language]
    founder.go(f"organisations/{slug}/translate/{other}").send(name=f"{NAMES[other]} {mark}")
    picture = {"name": "logo.png", "mimeType": "image/png", "buffer": _png()}
    founder.go(f"organisations/{slug}/logo").send(picture=picture, alt="Trzy fale")
    shown = founder.go(f"organisations/{slug}").page.locator("main img").first
    assert str(shown.get_attribute("src")).startswith("/media/")
    assert shown.evaluate("picture => picture.complete && picture.naturalWidth") > 0


def _invite(founder: Walk, editor: Walk, slug: str, mark: str) -> None:
    address = f"editor-{mark}@example.org"
    founder.go(f"organisations/{slug}/people").send(email=address, role="editor")
    editor.open_mailed(address, "/organisations/invitations/").send()
    editor.go(f"organisations/{slug}/edit/work").send(summary="Woda dla łąk, вода, water.")


def _find(visitor: Walk, language: str, slug: str, mark: str) -> None:
    """By name in plain letters, by place in another alphabet, by theme and by facets."""
    link = f'main .results a[href$="/organisations/{slug}"]'
    for words in (f"{FOLDED[language]} {mark}", mark, f"{FOLDED_TOWNS[language]} {mark}"):
        visitor.go("organisations").page.fill("main [name=q]", words)
        with visitor.page.expect_navigation():
            visitor.page.locator("main form[role=search] button, main .search button").first.click()
        assert visitor.page.locator(link).count() == 1, words
    visitor.go("organisations")  # what would change nothing is not offered, so one begins with all of them
    for part in (f"country={COUNTRY[language].upper()}", f"region={REGIONS[language]}", "theme=5"):
        _choose(visitor, part)
        assert part in visitor.path
    assert visitor.page.locator(link).count() == 1
    filters = visitor.path.partition("?")[2]
    visitor.switch(OTHER[language])
    assert visitor.path.partition("?")[2] == filters
    assert visitor.page.locator(link).count() == 1
    visitor.switch(language)


def _choose(visitor: Walk, part: str) -> None:
    """Choose an option, in a facet that may be folded."""
    option = visitor.page.locator(f'aside a[href*="{part}"]').first
    if not option.is_visible():
        visitor.page.locator(f'aside details:has(a[href*="{part}"]) > summary').first.click()
    with visitor.page.expect_navigation():
        option.click()


def _read(visitor: Walk, language: str, slug: str, name: str) -> None:
    """In the language of the profile, in a translation, and in a language that it does not have."""
    visitor.go(f"organisations/{slug}")
    assert visitor.page.inner_text("h1") == name
    visitor.switch(OTHER[language])
    assert visitor.page.inner_text("h1").startswith(NAMES[OTHER[language]])
    assert (
        visitor.page.locator(f'main .other-language [lang="{language}"]').count() > 0
    )  # the summary is not translated
    visitor.switch(THIRD[language])
    assert visitor.page.locator("h1").inner_text() == name
    assert visitor.page.locator(f'h1[lang="{language}"], h1 [lang="{language}"]').count() == 1


@pytest.mark.parametrize(("language", "javascript"), MODES, ids=MODE_NAMES)
def test_informal_group_without_a_network_is_decided_by_the_administrator(
    open_page: OpenPage, open_as: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    name = f"Grupa Група {secrets.token_hex(3)}"
    owner = Walk(open_as("registered", language=language, javascript=javascript), site, language)
    owner.go("organisations/new").follow("kind=bg-informal")
    assert owner.page.locator("[name=eik]").count() == 0  # no number is asked for
    owner.send(name=name, legal_form="bg-informal", town="Стара Загора", region="BG-24", themes=["1"])
    slug = owner.part("organisations")
    vouch_twice(site, "registered", slug)
    owner.go(f"organisations/{slug}/send").send(network_slug="")

    administrator = Walk(open_as("administrator", language=language, javascript=javascript), site, language)
    administrator.go("tasks?kind=profiles").page.locator(f"main a:has-text({name!r})").first.click()
    administrator.page.wait_for_url("**/tasks/profiles/*")
    administrator.offer(button="return", reason="")  # a return needs a reason
    assert administrator.page.locator("#problems li").count() == 1
    administrator.send(button="return", reason="Dopisz, gdzie się spotykacie. / Добавете къде се събирате.")

    assert "Добавете къде се събирате" in owner.go(f"organisations/{slug}").main
    owner.go(f"organisations/{slug}/edit/work").send(summary="Събираме се в читалището.")
    owner.go(f"organisations/{slug}/send").send(network_slug="")
    administrator.go("tasks?kind=profiles").page.locator(f"main a:has-text({name!r})").first.click()
    administrator.page.wait_for_url("**/tasks/profiles/*")
    administrator.send(button="publish")
    visitor = Walk(open_page(site, language=language, javascript=javascript), site, language)
    assert name in visitor.go(f"organisations/{slug}").main


def _png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), (20, 90, 70)).save(file, "PNG")
    return file.getvalue()
