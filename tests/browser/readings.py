"""Reading what a page of the stage holds."""

from tests.support import markup
from tests.support.visitor import Answer


def last_part(answer: Answer, following: str) -> str:
    """The slug or number behind `following` in the address that an answer leads to."""
    return str(answer.headers["Location"]).partition(f"/{following}/")[2].partition("/")[0].partition("?")[0]


def number(html: str, before: str) -> str:
    """The first number behind an address in a page."""
    return next(digits for part in html.split(before)[1:] if (digits := part.partition("/")[0]).isdigit())


def inputs(page: Answer) -> list[tuple[str, str]]:
    """(name, value) of every control of a page."""
    controls = markup.parsed(page.html).all("input", "textarea", "select")
    return [(control.get("name", ""), control.get("value", "")) for control in controls]


def answers(page: Answer) -> dict[str, str]:
    """The first answer to each question of the form, or a few words."""
    found: dict[str, str] = {}
    for name, value in inputs(page):
        if "question_" in name:
            found.setdefault(name, value or "Kilka zdjęć z naszego podwórka")
    return found


def after(html: str, before: str) -> str:
    return html.partition(before)[2].partition('"')[0]
