"""A coordinator invites people by a list, they end such mails, and the list of participants is taken home as a file."""

import secrets
from pathlib import Path

import pytest

from portal.words.tables import read_file
from tests.browser.stage import CONGRESS
from tests.browser.walk import MODE_NAMES, MODES, Walk
from tests.fixtures.browser import OpenPage
from tests.support.processes import wait_until
from tests.support.servers import LivePortal

walked = pytest.mark.parametrize(("language", "javascript"), MODES, ids=MODE_NAMES)


@walked
def test_people_of_a_list_are_invited_and_end_such_mails(
    open_page: OpenPage, open_as: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    how = {"language": language, "javascript": javascript}
    coordinator = Walk(open_as("coordinator", **how), site, language)
    ada, ben = (f"{name}.{secrets.token_hex(3)}@example.org" for name in ("ada", "ben"))
    coordinator.go(f"events/{CONGRESS}/invite").offer(people=f"Ada <{ada}>\n{ben}\n{ada}\nnikt@\n", button="look")
    assert coordinator.page.locator("#shown tbody tr").count() == 4
    coordinator.offer(people=f"Ada <{ada}>\n{ben}\n{ada}\nnikt@\n", button="send")  # a line cannot be used
    assert coordinator.page.locator("#problems li").count() == 1
    assert not site.mails(ada)
    coordinator.send(leave_out=True, button="send")
    wait_until(lambda: bool(site.mails(ada) and site.mails(ben)), "The invitations", log=site.log)

    reader = Walk(open_page(site, **how), site, language)
    reader.open_mailed(ada, "/registration/invited/")
    reader.open_mailed(ada, "/account/mail/").send(button="1")
    assert reader.page.locator('main button[name="end"]').count() == 0  # it has ended
    coordinator.go(f"events/{CONGRESS}/mails")
    assert ben in coordinator.main


@walked
def test_mails_that_nobody_wants_are_ended_on_the_page_of_the_account(
    open_as: OpenPage, site: LivePortal, language: str, javascript: bool
) -> None:
    reader = Walk(open_as("registered", language=language, javascript=javascript), site, language)
    reader.go("account/").follow("/account/mail")
    name = reader.page.locator('main form input[type="radio"][value="never"]').first.get_attribute("name")
    assert name is not None
    for frequency in ("never", "immediate"):
        reader.send(**{name: frequency})
        assert reader.page.locator(f'main [name="{name}"]:checked').input_value() == frequency


@walked
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_participants_are_taken_home_as_a_file(
    open_as: OpenPage, site: LivePortal, tmp_path: Path, language: str, javascript: bool, ending: str
) -> None:
    coordinator = Walk(open_as("coordinator", language=language, javascript=javascript), site, language)
    coordinator.go(f"events/{CONGRESS}/participants").follow("/participants/export")
    with coordinator.page.expect_download() as started:
        coordinator.page.locator(f'main button[name="ending"][value="{ending}"]').click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    table = read_file(file.read_bytes())
    assert len(table.lines) > 10
    assert any("@example." in cell for line in table.lines for cell in line.cells)
