"""A year later: a Bulgarian chitalishte is asked by mail, and one of its people confirms with one press."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.walk import Walk
from tests.fixtures.browser import OpenPage
from tests.support.processes import wait_until
from tests.support.servers import LivePortal

ADDRESS = "svetlina@example.org"
SLUG = "narodno-chitalishte-svetlina-1894"


@pytest.fixture
def own_site(demo_var: Path, tmp_path: Path) -> Iterator[LivePortal]:
    """A demo whose clock nobody else looks at."""
    shutil.copytree(demo_var, tmp_path / "var")
    portal = LivePortal(tmp_path, workers=1).start()
    yield portal
    portal.stop()


@pytest.mark.parametrize("javascript", [False, True], ids=["without-javascript", "with-javascript"])
def test_a_chitalishte_is_asked_a_year_later_and_confirms_with_one_press(
    open_page: OpenPage, own_site: LivePortal, javascript: bool
) -> None:
    walk = Walk(open_page(own_site, language="bg", javascript=javascript, width=320), own_site, "bg")
    walk.open_mailed(ADDRESS, "/confirmations/").send()  # it has slept since before the demo began
    assert "Всичко е потвърдено" in walk.main
    walk.go("organisations?q=svetlina")
    assert "Намерени извън списъка" not in walk.main
    before = len(_asked(own_site))

    own_site.run("demo", "clock", "forward", "340d")
    wait_until(lambda: len(_asked(own_site)) > before, "The question", log=own_site.log, seconds=120)
    assert len(_asked(own_site)) == before + 1
    assert _asked(own_site)[0].startswith("Актуални ли са данните?")

    walk.open_mailed(ADDRESS, "/confirmations/")
    assert "1894" in walk.main
    assert "Гурково" in walk.main
    assert "Вход" not in walk.page.locator("main").inner_text()
    walk.send()
    assert "Всичко е потвърдено" in walk.main
    walk.follow(f"/organisations/{SLUG}")
    assert "Потвърдени данни:" in walk.main


def _asked(portal: LivePortal) -> list[str]:
    """The subjects of what was sent to it, newest first."""
    return [mail.subject for mail in portal.mails(ADDRESS) if mail.kind == "profile-confirmation" and mail.subject]
