"""A village group that stands in no register: two people of two organisations vouch for it, and it is published."""

import secrets

from tests.browser.walk import Walk
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal


def test_village_group_with_two_vouchers_in_polish_without_javascript(
    open_page: OpenPage, open_as: OpenPage, site: LivePortal
) -> None:
    how = {"language": "pl", "javascript": False}
    name = f"Grupa „Nasza Wierzbica” {secrets.token_hex(3)}"
    group = Walk(open_as("registered", **how), site, "pl")
    group.go("organisations/new").follow("kind=pl-informal")
    group.send(name=name, legal_form="pl-informal", town="Wierzbica Dolna", region="PL-10", themes=["1"])
    slug = group.part("organisations")

    group.go(f"organisations/{slug}/send").offer(network_slug="")
    assert group.page.locator("#problems li").count() == 1  # nobody stands behind it, and where to ask
    assert "Wiarygodność profilu" in group.page.inner_text("#problems")

    organisations = []
    for role in ("owner", "representative"):
        address = f"{role}-{secrets.token_hex(4)}@example.org"
        group.go(f"organisations/{slug}/trust").follow("/trust/vouches")
        group.send(email=address)
        assert address in group.main
        voice = Walk(open_as(role, **how), site, "pl")
        voice.open_mailed(address, "/vouches/")
        assert name in voice.main  # a draft that others do not see
        choice = voice.page.locator("main .choice:has(input[name=via])").first
        organisations.append(choice.locator("label").inner_text())
        voice.send(via=choice.locator("input").get_attribute("value"))
        assert organisations[-1] in group.go(f"organisations/{slug}/trust").main

    group.go(f"organisations/{slug}/send").send(network_slug="")
    administrator = Walk(open_as("administrator", **how), site, "pl")
    administrator.go("tasks?kind=profiles").page.locator(f"main a:has-text({name!r})").first.click()
    administrator.page.wait_for_url("**/tasks/profiles/*")
    administrator.send(button="publish")

    visitor = Walk(open_page(site, **how), site, "pl")
    told = visitor.go(f"organisations/{slug}").main.replace("\xa0", " ")
    assert told.count("Poręczenie w imieniu organizacji:") == 2
    assert all(organisation.replace("\xa0", " ") in told for organisation in organisations)
    assert "Halina Kretowicz" not in told

    _withdraw(Walk(open_as("representative", **how), site, "pl"), visitor, group, name, slug)


def _withdraw(voice: Walk, visitor: Walk, group: Walk, name: str, slug: str) -> None:
    voice.go("account/").page.locator(f"main a:has-text({name!r})").first.click()
    voice.send(reason="Nie znam już tej grupy.")
    after = visitor.go(f"organisations/{slug}").main.replace("\xa0", " ")
    assert after.count("Poręczenie w imieniu organizacji:") == 1  # and it is still there
    assert "Brakuje wsparcia" in group.go(f"organisations/{slug}/trust").main.replace("\xa0", " ")
