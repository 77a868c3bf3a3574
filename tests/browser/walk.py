"""A person at the browser: fills in forms by the names of their fields, so the same way is walked in each language."""

from typing import Any, Self

from playwright.sync_api import Locator, Page

from tests.support.servers import LivePortal
from tests.support.visitor import mailed

# (language, JavaScript): off in all languages, on in one
MODES = [("pl", False), ("bg", False), ("en", False), ("bg", True)]
MODE_NAMES = [f"{language}-{'with' if javascript else 'without'}-javascript" for language, javascript in MODES]


class Walk:
    """`Walk(page, portal, "pl").go("organisations/new").send(name="...")`."""

    def __init__(self, page: Page, portal: LivePortal, language: str) -> None:
        self.page, self.portal, self.language = page, portal, language

    def go(self, path: str) -> Self:
        """To a page of the reader's language."""
        return self.open(f"/{self.language}/{path}")

    def open(self, path: str) -> Self:
        response = self.page.goto(path)
        assert response is not None
        assert response.status == 200, f"{path} answered {response.status}"
        return self

    def open_mailed(self, address: str, place: str) -> Self:
        """Follow a link out of the newest mail."""
        return self.open(mailed(self.portal, address, place))

    def send(self, *, button: str = "", **fields: Any) -> Self:
        """Fill in the form that has these fields and send it; the portal has to be content."""
        self.offer(button=button, **fields)
        problems = self.page.locator("#problems")
        assert problems.count() == 0, problems.inner_text()
        return self

    def offer(self, *, button: str = "", **fields: Any) -> Self:
        """The same, whatever the portal says to it."""
        form = self.form(next(iter(fields), ""))
        for name, value in fields.items():
            _fill(form, name, value)
        which = f'button[type=submit][value="{button}"]' if button else "button[type=submit]"
        with self.page.expect_navigation():
            form.locator(which).first.click()
        return self

    def form(self, name: str = "") -> Locator:
        return self.page.locator(f'main form:has([name="{name}"])' if name else "main form[method=post]").first

    def follow(self, part: str) -> Self:
        """Click the first link of the page whose address holds this."""
        with self.page.expect_navigation():
            self.page.locator(f'main a[href*="{part}"]').first.click()
        return self

    def switch(self, language: str) -> Self:
        """Read the same page in another language."""
        with self.page.expect_navigation():
            self.page.click(f'nav.langs a[lang="{language}"]')
        self.language = language
        assert self.page.locator("html").get_attribute("lang") == language
        return self

    @property
    def main(self) -> str:
        return self.page.inner_text("main")

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.portal.base_url)

    def part(self, following: str) -> str:
        """What follows in the address: the slug or number of what was just made."""
        return self.path.partition(f"/{following}/")[2].partition("/")[0].partition("?")[0]


def _fill(form: Locator, name: str, value: Any) -> None:
    field = form.locator(f'[name="{name}"]')
    kind = field.first.get_attribute("type") or ""
    if kind in ("radio", "checkbox"):
        for one in value if isinstance(value, list) else [value]:
            (field if one is True else form.locator(f'[name="{name}"][value="{one}"]')).first.check()
    elif kind == "file":
        field.set_input_files(value)
    elif form.locator(f'select[name="{name}"]').count():
        field.select_option(value)
    elif field.count() == 2:  # a day and an hour
        day, _, hour = value.partition("T")
        field.first.fill(day)
        field.last.fill(hour)
    else:
        field.fill(value)
