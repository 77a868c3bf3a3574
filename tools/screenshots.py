"""Take pictures of every page kind of the demo: `python -m tools.screenshots FOLDER --widths 320,1280 --kinds home,event`.

It serves a demo of its own from a temporary directory, so nothing has to run. A picture is called
`kind-language-theme-width.png`.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import Theatre
from tests.browser.kinds import BY_NAME, Kind
from tests.fixtures.browser import FLAGS, LOCALES, executable
from tests.support.servers import LivePortal


def main() -> None:
    asked = arguments()
    with tempfile.TemporaryDirectory() as directory:
        portal = LivePortal(Path(directory), workers=1)
        portal.run("db", "upgrade")
        portal.run("demo", "load")
        portal.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
                take_all(browser, Theatre(portal), asked)
                browser.close()
        finally:
            portal.stop()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kinds", type=words, default=list(BY_NAME), help="page kinds, by commas")
    parser.add_argument("--languages", type=words, default=["pl", "bg", "en"])
    parser.add_argument("--themes", type=words, default=["light"], help="light, dark, contrast, yellow")
    parser.add_argument("--widths", type=words, default=["320", "768", "1280"])
    parser.add_argument("--text", default="100", help="size of letters: 100, 125, 150 or 200")
    return parser.parse_args()


def words(text: str) -> list[str]:
    return text.split(",")


def take_all(browser: Browser, theatre: Theatre, asked: argparse.Namespace) -> None:
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name in asked.kinds:
        for language in asked.languages:
            for theme in asked.themes:
                for width in asked.widths:
                    path = asked.folder / f"{name}-{language}-{theme}-{width}.png"
                    take(browser, theatre, BY_NAME[name], language, f"{theme}.{asked.text}", int(width), path)


def take(browser: Browser, theatre: Theatre, kind: Kind, language: str, access: str, width: int, path: Path) -> None:
    """One picture of a whole page; a page that answers a form is shown as it was answered."""
    context = browser.new_context(locale=LOCALES[language], viewport={"width": width, "height": 900})
    base, address = theatre.portal.base_url, theatre.address(kind, language)
    context.add_cookies(
        [*theatre.visitor(kind.role).browser_cookies(), {"name": "access", "value": access, "url": base}]
    )
    page = context.new_page()
    if kind.sends is not None:
        answer = theatre.fetch(kind, language)
        page.route(f"**{address}", lambda route: route.fulfill(status=answer.status, body=answer.html))
    page.goto(base + address)
    page.screenshot(path=path, full_page=True)
    context.close()


if __name__ == "__main__":
    main()
