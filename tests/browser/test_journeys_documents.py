"""An owner puts the statute and minutes on a profile; everybody reads the one, and members of the network the other."""

from pathlib import Path

import pytest

from portal.documents.demo import paper
from tests.browser.stage import ORGANISATION
from tests.browser.walk import MODE_NAMES, MODES, Walk
from tests.fixtures.browser import OpenPage
from tests.support.servers import LivePortal

STATUTE, MINUTES = "Statut spod lipy", "Protokół spod lipy"


@pytest.mark.parametrize(("language", "javascript"), MODES[-2:], ids=MODE_NAMES[-2:])
def test_statute_is_for_everybody_and_minutes_for_members(
    open_page: OpenPage, open_as: OpenPage, site: LivePortal, tmp_path: Path, language: str, javascript: bool
) -> None:
    how = {"language": language, "javascript": javascript}
    mark = f"{language}{javascript:d}"
    statute, minutes = f"{STATUTE} {mark}", f"{MINUTES} {mark}"
    file, no_pdf = tmp_path / "statut.pdf", tmp_path / "statut.docx"
    file.write_bytes(paper(2))
    no_pdf.write_bytes(b"PK\x03\x04 no PDF")
    owner = Walk(open_as("owner", **how), site, language)
    owner.go(f"organisations/{ORGANISATION}/documents").follow("/documents/new")
    owner.offer(file=str(no_pdf), kind="statute", language="pl", title_pl=statute)
    assert owner.page.locator("#problems li").count() == 1
    owner.send(file=str(file), title_pl=statute, kind="statute", language="pl", year="2021", visibility="public")
    owner.follow("/documents/new")
    owner.send(file=str(file), title_pl=minutes, kind="statute", language="pl", visibility="network")
    assert statute in owner.main and minutes in owner.main
    hidden = _address(owner, minutes)

    visitor = Walk(open_page(site, **how), site, language)
    visitor.go(f"organisations/{ORGANISATION}")
    assert statute in visitor.main and minutes not in visitor.main
    assert _download(visitor, statute) == file.read_bytes()
    answer = visitor.page.request.get(hidden)
    assert answer.status == 404 and b"%PDF" not in answer.body()

    member = Walk(open_as("coordinator", **how), site, language).go(f"organisations/{ORGANISATION}")
    assert minutes in member.main
    assert _download(member, minutes) == file.read_bytes()


def _address(walk: Walk, title: str) -> str:
    address = walk.page.locator(f"main a[type='application/pdf']:has-text('{title}')").get_attribute("href")
    assert address is not None
    return address


def _download(walk: Walk, title: str) -> bytes:
    """What a click on the document brings: a file, and the page stays."""
    before = walk.page.url
    with walk.page.expect_download() as started:
        walk.page.locator(f"main a[type='application/pdf']:has-text('{title}')").click()
    assert started.value.suggested_filename.endswith(".pdf")
    assert walk.page.url == before
    return started.value.path().read_bytes()
