"""The checkers see what they are for, so that their silence means something."""

from playwright.sync_api import Browser

from tests.support import checkers

GOOD = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Networks</title></head>'
    "<body><main><h1>Networks</h1><p>Words.</p></main></body></html>"
)


def test_nu_sees_a_fault_and_names_its_page() -> None:
    found = checkers.nu({"good": GOOD, "bad": GOOD.replace("<p>", "<p><center>")})
    assert found
    assert all(fault.startswith("bad:") for fault in found)


def test_axe_sees_a_picture_without_a_text(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(GOOD)
    assert checkers.axe(page) == []
    page.set_content(GOOD.replace("Words.", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'))
    assert any(fault.startswith("image-alt") for fault in checkers.axe(page))
    page.close()
