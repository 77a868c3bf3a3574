"""An organisation applies to a network: asked for more, accepted, listed; another one is declined with a reason."""

import secrets

import pytest

from tests.browser.stage import NETWORK
from tests.browser.walk import MODE_NAMES, MODES, Walk
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal
from tests.support.visitor import Visitor

ANSWER = "Działamy razem. Работим заедно. We work together."
MORE = "Gdzie działacie? Къде работите? Where do you work?"


@pytest.mark.parametrize(("language", "javascript"), MODES, ids=MODE_NAMES)
def test_application_is_asked_for_more_and_accepted(
    open_page: OpenPage, open_as: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    how = {"language": language, "javascript": javascript}
    owner, coordinator = (Walk(open_as(role, **how), site, language) for role in ("owner", "coordinator"))
    slug, name = _published(site)
    number = _apply(owner, name)
    coordinator.go("tasks?kind=applications").follow(f"/tasks/applications/{number}")
    assert ANSWER in coordinator.main
    coordinator.send(button="ask", reason=MORE)

    owner.go(f"organisations/{slug}/networks").follow(f"/memberships/{number}")
    assert MORE in owner.main
    owner.follow("/answer").send(reason="W Łodzi i okolicach.")
    coordinator.go(f"tasks/applications/{number}")
    assert "W Łodzi i okolicach." in coordinator.main
    coordinator.send(button="accept")

    visitor = Walk(open_page(site, **how), site, language).go(f"networks/{NETWORK}")
    while visitor.page.locator(f'main a[href$="/organisations/{slug}"]').count() == 0:
        visitor.page.locator("main .pages a").last.click()  # to the next page, until there is none
        assert visitor.page.locator("main .pages").count() == 1
    assert NETWORK in visitor.go(f"organisations/{slug}").page.inner_html("main")


@pytest.mark.parametrize(("language", "javascript"), MODES, ids=MODE_NAMES)
def test_application_is_declined_with_a_reason(
    open_as: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    how = {"language": language, "javascript": javascript}
    owner, coordinator = (Walk(open_as(role, **how), site, language) for role in ("owner", "coordinator"))
    slug, name = _published(site)
    number = _apply(owner, name)
    coordinator.go(f"tasks/applications/{number}").offer(button="decline", reason="")
    assert coordinator.page.locator("#problems li").count() == 1
    reason = "Sieć działa tylko w regionie. Мрежата работи само в региона."
    coordinator.send(button="decline", reason=reason)
    assert reason in owner.go(f"memberships/{number}").main
    assert slug not in owner.go(f"networks/{NETWORK}").page.inner_html("main")


def _published(site: LivePortal) -> tuple[str, str]:
    """An organisation of the demo's owner that is in no network."""
    name = f"Koło Łubin {secrets.token_hex(3)}"
    owner, administrator = Visitor(site).sign_in("owner"), Visitor(site).sign_in("administrator")
    fields = {"name": name, "legal_form": "pl-assoc", "town": "Łódź", "region": "PL-10", "themes": ["1"]}
    made = owner.submit("/en/organisations/new?kind=pl-registered", fields)
    slug = str(made.headers["Location"]).partition("/organisations/")[2].partition("/")[0].partition("?")[0]
    owner.submit(f"/en/organisations/{slug}/send", {"network_slug": ""})
    tasks = administrator.get("/en/tasks?kind=profiles").html
    before = tasks.partition(name)[0]
    number = before.rpartition("/tasks/profiles/")[2].partition('"')[0]
    administrator.submit(f"/en/tasks/profiles/{number}", {"reason": ""}, button="decision=publish")
    return slug, name


def _apply(owner: Walk, name: str) -> str:
    """The number of the application."""
    owner.go(f"networks/{NETWORK}").follow("/apply")
    owner.page.locator(f"main label:has-text({name!r})").first.click()
    questions = [str(one.get_attribute("name")) for one in owner.page.locator('main [name^="question_"]').all()]
    assert len(questions) > 1
    owner.offer(**{questions[0]: ANSWER, questions[1]: ""})
    assert owner.page.locator("#problems li").count() >= 1  # an answer is missing, the other one is kept
    assert owner.page.locator(f'[name="{questions[0]}"]').input_value() == ANSWER
    owner.send(**dict.fromkeys(questions, ANSWER))
    return owner.part("memberships")
