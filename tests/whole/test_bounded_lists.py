"""No page grows with the data: where there are more things than a list may show, it has pages."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.support.crowd import SIZE, Crowd, person_of
from tests.support.markup import Page, tag_of

MOST = 100  # elements of one kind beside each other
CHOICES = {"select", "optgroup", "datalist"}  # a list to choose one name from is as long as it is
# A link of a mail leads there, to one registration, invitation or account.
BY_LINK = re.compile(r"<token>|<path:key>")


def longest(page: Page) -> int:
    """How many elements of one kind stand beside each other in the main part of a page."""
    (main,) = page.all("main")
    return max(_beside(main), default=0)


def _beside(element: Element) -> Iterator[int]:
    if tag_of(element) not in CHOICES:
        yield from Counter(tag_of(child) for child in element).values()
        for child in element:
            yield from _beside(child)


def address(rule: Rule, crowd: Crowd) -> str:
    """The address of a page with the rows of the crowd."""
    kind = str(rule).split("/")[2:3]
    slugs = {
        "messages": crowd.network, "organisations": crowd.organisation, "networks": crowd.network,
        "events": crowd.event, "news": crowd.post, "projects": crowd.project,
    }  # fmt: skip
    numbers = {"memberships": crowd.membership, "tasks": crowd.review if "profiles" in str(rule) else crowd.membership}
    values = {
        "lang": "pl",
        "language": "bg",
        "number": 1,
        "question": 1,
        "part": "lists",
        "sender": "network",
        "section": "who",
        "code": "training-hours",
        "to": "cancelled",
        "position": 1,
        "other": crowd.other.slug,
        "slug": crowd.organisation.slug,
    }
    if kind and kind[0] in slugs:
        values["slug"] = slugs[kind[0]].slug
    if kind and kind[0] in numbers:
        values["number"] = numbers[kind[0]].id
    return re.sub(
        r"<(?:[^<>:]*:)?(\w+)>", lambda part: str(values[part[1]]), re.sub(r"<any\([^)]*\)", "<any", str(rule))
    )


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_list_shows_more_than_a_page_of_it(app: Flask, as_person) -> None:
    crowd = Crowd()
    browser = as_person(person_of(crowd))
    browser.checking = False  # the pages are checked one by one elsewhere
    too_long, seen = {}, set()
    rules = [
        rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not BY_LINK.search(str(rule))
    ]
    for rule in rules:
        answer = browser.get(address(rule, crowd))
        assert answer.status_code != 500, rule
        if answer.status_code == 200 and answer.mimetype == "text/html":
            seen.add(rule.endpoint)
            if (length := longest(Page(answer.text))) > MOST:
                too_long[rule.endpoint] = length
    assert not too_long
    assert seen >= LISTS, f"not opened: {LISTS - seen}"


# What has a list that grows: this many things stand behind it, so the first page must lead to a second one.
LISTS = {
    "organisations.index", "organisations.mine", "organisations.people", "organisations.show", "membership.networks",
    "membership.show", "membership.tasks", "membership.coordinators", "membership.questions", "membership.of_organisation",
    "events.index", "events.mine", "events.questions", "news.index", "news.mine", "registration.participants",
    "registration.mine", "messages.index", "tasks.mine", "projects.mine", "projects.index",
}  # fmt: skip


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_long_list_leads_to_its_next_page(app: Flask, as_person) -> None:
    crowd = Crowd()
    browser = as_person(person_of(crowd))
    rules = {str(rule.endpoint): rule for rule in app.url_map.iter_rules() if rule.endpoint in LISTS}
    for endpoint in sorted(LISTS):
        first = address(rules[endpoint], crowd)
        links = re.findall(r'href="([^"]*)" rel="next"', browser.get(first).text)
        assert links, f"{endpoint} has no second page"
        for link in links:
            assert browser.get(link.replace("&amp;", "&")).status_code == 200


def test_a_list_without_a_bound_is_seen() -> None:
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(SIZE))
    page = Page(f"<!doctype html><title>x</title><main><table><tbody>{rows}</tbody></table></main>")
    assert longest(page) == SIZE
    assert longest(Page(f"<!doctype html><title>x</title><main><select>{rows}</select></main>")) <= 1
