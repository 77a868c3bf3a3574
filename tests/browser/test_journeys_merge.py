"""An owner who finds a double of her organisation and merges the two."""

import secrets

from tests.browser.walk import Walk
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal


def test_owner_merges_a_double(open_page: OpenPage, open_as: OpenPage, site: LivePortal) -> None:
    mark = secrets.token_hex(3)
    how = {"language": "en", "javascript": True}
    address = f"merger-{mark}@example.org"
    owner, visitor = Walk(open_page(site, **how), site, "en"), Walk(open_page(site, **how), site, "en")
    owner.go("account/sign-up").send(name="Maria Merger", email=address, password="trzy losowe słowa")
    owner.open_mailed(address, "/account/confirm/").send()
    first = _published(owner, open_as, site, f"Reed Society {mark}", "We look after reeds.")
    second = _published(
        owner, open_as, site, f"Reed Society of the Lake {mark}", "We look after reeds and birds at the lake."
    )

    visitor.go(f"organisations?q={mark}")
    assert mark in visitor.main and visitor.page.locator(f'main a[href$="/{second}"]').count()
    owner.go(f"organisations/{first}").follow("/history").follow("/merge")
    owner.follow(f"/merge/{second}")
    assert "Where the two differ" in owner.main and "This cannot be undone" in owner.main
    fuller = owner.page.locator('input[name="take_summary_en"][value="lost"]')
    assert fuller.is_checked()  # what says more is marked
    owner.offer(take_name_en="kept")
    assert "Confirm that you know that this cannot be undone." in owner.main
    assert fuller.is_checked()
    owner.send(take_name_en="kept", take_summary_en="lost", sure=True)
    assert owner.part("organisations") == first
    assert "We look after reeds and birds at the lake." in owner.main

    visitor.go(f"organisations/{second}")  # the old address leads on
    assert visitor.part("organisations") == first
    visitor.go(f"organisations?q={mark}")
    assert visitor.page.locator(f'main a[href$="/{second}"]').count() == 0
    owner.go(f"organisations/{first}/history")
    assert f"Reed Society of the Lake {mark}" in owner.main
    owner.follow("/history/2")
    assert owner.page.locator("main ins").count()
    owner.go(f"organisations/{second}/history/1")
    assert "We look after reeds and birds at the lake." in owner.main
    owner.go(f"organisations/{first}/history/acts")
    assert "took in another profile of the same organisation" in owner.main and "Maria Merger" in owner.main


def _published(owner: Walk, open_as: OpenPage, site: LivePortal, name: str, summary: str) -> str:
    owner.go("organisations/new").follow("kind=pl-registered")
    owner.send(
        name=name, legal_form="pl-assoc", town="Zgierz", region="PL-10", themes=["5"], language="en", summary=summary,
    )  # fmt: skip
    slug = owner.part("organisations")
    owner.go(f"organisations/{slug}/send").send(network_slug="siec-sasiedzka")
    coordinator = Walk(open_as("coordinator", language="en", javascript=True), site, "en")
    coordinator.go("tasks?kind=profiles").page.locator(f"main a:has-text({name!r})").first.click()
    coordinator.page.wait_for_url("**/tasks/profiles/*")
    coordinator.send(button="publish")
    return slug
