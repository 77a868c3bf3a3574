"""Somebody of the portal team brings in a list: columns, preview, making, and taking it back. Without JavaScript."""

import secrets

import pytest

from tests.browser.walk import Walk
from tests.fixtures.browser import OpenPage
from tests.support.processes import wait_until
from tests.support.servers import LivePortal


@pytest.mark.parametrize(("language", "javascript"), [("pl", False)])
def test_list_from_the_upload_to_the_undoing(
    open_as: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    team = Walk(open_as("administrator", language=language, javascript=javascript), site, language)
    name = f"Stowarzyszenie Wierzba {secrets.token_hex(3)}"
    text = f"kto;gdzie;forma\n{name};Zgierz;stowarzyszenie\nZła;Zgierz;coś\n"
    team.go("imports/")
    file = {"name": "lista.csv", "mimeType": "text/csv", "buffer": text.encode("cp1250")}
    team.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    team.send(source="Rejestr gminy")
    assert "Wybierz kolumnę z nazwą organizacji." in _words(team)

    columns = team.page.locator('main form[action$="/columns"]')
    for field, column in (("name", "0"), ("town", "1"), ("legal_form", "2")):
        columns.locator(f"[name=column_{field}]").select_option(column)
    columns.locator("[name=start_region]").select_option("PL-10")
    columns.locator("[name=start_themes]").select_option("1")
    _press(team, "/columns")
    assert name in _words(team) and "coś" in _words(team)
    assert "Z 1 wiersza można utworzyć profil." in _words(team)

    team.page.locator("[name=is_public]").check()
    _press(team, "/start")
    _wait(team, site, "/undo")
    address = team.page.url
    team.go(f"organisations?q={name.rsplit(' ', 1)[1]}")
    assert name in _words(team)
    team.page.goto(address)
    _press(team, "/undo")
    wait_until(lambda: "Cofnięto 1 profil." in _again(team), "The undoing", log=site.log, seconds=90)
    team.go(f"organisations?q={name.rsplit(' ', 1)[1]}")
    assert team.page.locator("main ol.results li").count() == 0


def _press(team: Walk, action: str) -> None:
    with team.page.expect_navigation():
        team.page.locator(f'main form[action$="{action}"] button[type=submit]').click()


def _words(team: Walk) -> str:
    return team.main.replace("\u00a0", " ")


def _again(team: Walk) -> str:
    team.page.reload()
    return _words(team)


def _wait(team: Walk, site: LivePortal, action: str) -> None:
    form = team.page.locator(f'main form[action$="{action}"]')
    wait_until(lambda: bool(_again(team)) and form.count() == 1, "The making", log=site.log, seconds=90)
