"""The ids that the Polish monitoring of accessibility looks for in a statement: each once, and the days as programs read them."""

import re
from typing import Any

import pytest
from flask import Flask

from tests.factories.people import make_administrator
from tests.support.client import CheckedClient

IDS = (
    "a11y-wstep", "a11y-podmiot", "a11y-url", "a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-status",
    "a11y-data-sporzadzenie", "a11y-data-przeglad", "a11y-kontakt", "a11y-osoba", "a11y-email", "a11y-telefon",
    "a11y-procedura", "a11y-architektura", "a11y-aplikacje",
)  # fmt: skip
DAYS = tuple(one for one in IDS if one.startswith("a11y-data-"))
WORDS = {
    "name": "Fundacja Próba", "address": "ul. Próbna 1, 90-001 Łódź", "email": "biuro@example.org",
    "phone": "+48 22 000 00 00", "accessibility_contact": "Zespół dostępności", "office_access": "Wejście bez stopni.",
}  # fmt: skip


@pytest.mark.parametrize("language", ["pl", "bg", "en"])
def test_statement_has_each_id_once_and_iso_days(
    app: Flask, as_person: Any, client: CheckedClient, language: str
) -> None:
    assert as_person(make_administrator()).submit("/pl/operator", WORDS).status_code == 303
    page = client.get(f"/{language}/accessibility").text
    assert [page.count(f'id="{one}"') for one in IDS] == [1] * 15
    assert sorted(re.findall(r'id="(a11y-[a-z-]+)"', page)) == sorted(IDS)
    for one in DAYS:
        found = re.search(rf'<time id="{one}" datetime="(\d{{4}}-\d\d-\d\d)">([^<]+)</time>', page)
        assert found and found[2].strip(), one
    assert "Wejście bez stopni." in page and 'href="tel:+48220000000"' in page


def test_what_nobody_has_said_is_told_plainly(client: CheckedClient) -> None:
    page = client.get("/en/accessibility").text
    assert "Nobody has described it yet." in page
    missing = {one for one in IDS if f'id="{one}"' not in page}
    assert missing == {"a11y-podmiot", "a11y-osoba", "a11y-telefon"}
