"""The whole way with a client that runs no script: from nothing to a translated member of a network that everybody finds."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.organisations import queries as organisations
from portal.words.text import slugify
from tests.factories.networks import make_network, make_question
from tests.factories.people import make_person
from tests.fixtures.pages import Outbox
from tests.support.client import CheckedClient

Browser = Callable[[Any], CheckedClient]
NAMES = {"pl": "Koło Źródło", "bg": "Кръг Извор", "en": "Spring Circle"}
FORMS = {"pl": ("pl-registered", "pl-assoc", "PL-10"), "bg": ("bg-registered", "bg-assoc-private", "BG-24")}
SPELLED = {"pl": "kolo zrodlo", "bg": "krag izvor", "en": "SPRING circle"}
OTHER = {"pl": "bg", "bg": "en", "en": "pl"}


@pytest.mark.parametrize("lang", ["pl", "bg", "en"])
def test_from_sign_up_to_a_member_that_is_found_without_a_script(
    app: Flask, client: CheckedClient, as_person: Browser, outbox: Outbox, lang: str
) -> None:
    coordinator = make_person()
    network = make_network(coordinators=(coordinator,))
    question = make_question(network)
    ours = as_person(coordinator)
    founder, visitor = client.fresh(), client.fresh()

    def go(path: str, fields: dict[str, Any], *, by: CheckedClient = founder, **how: Any) -> Any:
        return by.follow(by.submit(f"/{lang}/{path}", fields, **how))

    go("account/sign-up", {"name": "Nowa Osoba", "email": "nowa@example.org", "password": "trzy losowe słowa"})
    (mail,) = outbox.deliver()
    assert founder.submit(outbox.paths(mail)[0]).status_code == 303

    kind, form, region = FORMS.get(lang, FORMS["pl"])
    made = {"name": NAMES[lang], "legal_form": form, "town": "Łódź", "region": region, "themes": ["5"]}
    made |= {"language": lang} if lang == "en" else {}
    go(f"organisations/new?kind={kind}", made)
    organisation = organisations.by_slug(slugify(NAMES[lang]))
    assert organisation is not None
    base = f"organisations/{organisation.slug}"
    go(f"{base}/translate/{OTHER[lang]}", {"name": NAMES[OTHER[lang]]})
    go(f"{base}/send", {"network_slug": network.slug})
    task = re.search(rf"/{lang}/tasks/profiles/\d+", ours.get(f"/{lang}/tasks").text)
    assert task
    assert ours.submit(task[0], {"reason": ""}, button="decision=publish").status_code == 303

    go(f"networks/{network.slug}/apply", {f"question_{question.id}": "Festyn."})
    task = re.search(rf"/{lang}/tasks/applications/\d+", ours.get(f"/{lang}/tasks").text)
    assert task
    assert ours.submit(task[0], {"reason": ""}, button="decision=accept").status_code == 303

    slug, network_slug = organisation.slug, network.slug
    found_everywhere(visitor, lang, slug, network_slug)
    settings_stay(visitor, lang, slug)


def found_everywhere(visitor: CheckedClient, lang: str, slug: str, network: str) -> None:
    """By its network, by words of any spelling and language, and by filters."""
    link = f'href="/{lang}/organisations/{slug}"'
    assert link in visitor.get(f"/{lang}/networks/{network}").text
    assert link in visitor.get(f"/{lang}/organisations?q={SPELLED[lang]}").text
    assert link in visitor.get(f"/{lang}/search?q={SPELLED[OTHER[lang]]}").text  # by the name of the translation
    assert link in visitor.get(f"/{lang}/organisations?theme=5&network={network}").text
    assert link not in visitor.get(f"/{lang}/organisations?theme=9").text


def settings_stay(visitor: CheckedClient, lang: str, slug: str) -> None:
    """The settings of the reader lead back to the same page with its filters."""
    link = f'href="/{lang}/organisations/{slug}"'
    panel = visitor.get(f"/{lang}/organisations?theme=5")
    kept = visitor.submit(panel, {"theme": "contrast", "text": "200", "set": ["spacing"]}, action=f"/{lang}/settings")
    assert kept.headers["Location"] == f"/{lang}/organisations?theme=5"
    again = visitor.follow(kept).text
    assert 'data-theme="contrast"' in again and link in again
