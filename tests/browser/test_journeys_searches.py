"""Somebody without an account keeps a search of the directory, is told of one new organisation, and ends it."""

import secrets

from tests.browser.walk import Walk
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal


def test_search_without_account_in_bulgarian_without_javascript(
    open_page: OpenPage, open_as: OpenPage, site: LivePortal
) -> None:
    how = {"language": "bg", "javascript": False}
    address = f"chitatel-{secrets.token_hex(4)}@example.org"
    reader = Walk(open_page(site, **how), site, "bg")
    reader.go("organisations").send(q="килимарство").follow("/bg/searches/new")
    assert "килимарство" in reader.main
    reader.offer(email="няма такъв", frequency="immediate")
    assert reader.page.locator("#problems li").count() == 1
    reader.send(email=address, frequency="immediate")
    assert "q=" in reader.path  # back in the list, as it was

    reader.open_mailed(address, "/bg/searches/")
    assert "очаква потвърждение" in reader.main and "килимарство" in reader.main
    _look(site)
    assert len(site.mails(address)) == 1  # a page that was opened has confirmed nothing
    reader.send(button="confirm")
    assert "Търсенето е запазено." in reader.main
    _look(site)
    assert len(site.mails(address)) == 1  # what was there is not new

    slug = _published(open_as, site, "Учим килимарство в читалището.")
    _published(open_as, site, "Учим грънчарство в читалището.")
    _look(site)
    reader.open_mailed(address, f"/bg/organisations/{slug}")
    assert "Учим килимарство" in reader.main
    (told, _confirmation) = site.mails(address)
    assert "Ново в запазено търсене: 1 организация" in str(told.subject).replace("\xa0", " ")
    _look(site)
    assert len(site.mails(address)) == 2

    reader.open_mailed(address, "/bg/searches/").send(button="end")
    assert "Търсенето е прекратено." in reader.main and "килимарство" not in reader.main
    _published(open_as, site, "Килимарство и тъкачество.")
    _look(site)
    assert len(site.mails(address)) == 2


def _look(site: LivePortal) -> None:
    """What the worker does within five minutes."""
    site.run("jobs", "run", "saved searches")


def _published(open_as: OpenPage, site: LivePortal, summary: str) -> str:
    """A new profile, from its form to the directory."""
    how = {"language": "bg", "javascript": False}
    owner, team = Walk(open_as("registered", **how), site, "bg"), Walk(open_as("administrator", **how), site, "bg")
    name = f"Читалище „Нишка“ {secrets.token_hex(3)}"
    owner.go("organisations/new").follow("kind=bg-registered")
    owner.send(
        name=name, legal_form="bg-chitalishte", town="Казанлък", region="BG-24", themes=["1"], language="bg", summary=summary,
    )  # fmt: skip
    slug = owner.part("organisations")
    owner.go(f"organisations/{slug}/send").send(network_slug="")
    team.go("tasks?kind=profiles").page.locator(f"main a:has-text({name!r})").first.click()
    team.page.wait_for_url("**/tasks/profiles/*")
    team.send(button="publish")
    return slug
