"""Telephone numbers and websites: what is one, and what only looks like it."""

import pytest

from portal.words.phones import phone_address
from portal.words.richtext import clean
from portal.words.richtext.addresses import safe_href
from portal.words.websites import as_opened, is_disguised, is_website

PHONES = {
    "+48 22 123 45 67": "+48221234567",
    "(22) 123-45-67": "221234567",
    "+359 (0)2 987 65 43": "+359029876543",
    "00359 2 987 6543": "0035929876543",
    "0888 123 456": "0888123456",
    "22 123 45 67 wew. 12": "221234567;ext=12",
    "02/987 65 43, вътр. 7": "029876543;ext=7",
    "+48\u00a0600\u2011100\u2011200": "+48600100200",
    "116 111": "116111",
    "112": "112",
}
NO_PHONES = [
    "", "brak", "<svg onload=1>", "12", "+", "+48 22 123 45 67 89 01 23 45", "22 123 45 67 Anna", "(22 123 45 67",
    "1;rm -rf", "tel:112", "http://example.org", "٣٤٥٦٧٨", "1" * 10_000, "48+22123",
]  # fmt: skip
SITES = [
    "https://example.org", "http://www.example.org:8080/a%20b?c=d#e", "https://żółw.pl/ścieżka", "https://пример.бг",
    "https://xn--w-uga1v8h.pl", "https://читалище.bg", "https://facebook.com/lipa.zgierz", "https://sub.lipa-2.example.org.",
]  # fmt: skip
NO_SITES = [
    "", "example.org", "https://", "https://localhost", "https://exa mple.org", "https://example.org/a b",
    "https://example.org:99999", "https://example.org:0", "https://example.org:x", "https://user@example.org",
    "https://@example.org", "javascript:alert(1)", "https://example.org\\@evil.example", "https://[::1", "ftp://example.org",
    "https://-a-.org", "https://a..org", "https://" + "a" * 300 + ".org", "https://example.org/<b>", "https://ex\u3000ample.org",
    "https://example.org/" + "a" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("text", PHONES)
def test_a_telephone_number_is_dialled_as_it_was_meant(text: str) -> None:
    assert phone_address(text) == PHONES[text]


@pytest.mark.parametrize("text", NO_PHONES)
def test_what_is_no_telephone_number_is_never_dialled(text: str) -> None:
    assert phone_address(text) == ""


@pytest.mark.parametrize("url", SITES)
def test_a_website_of_any_language_is_one(url: str) -> None:
    assert is_website(url)
    assert not is_disguised(url)


@pytest.mark.parametrize("url", NO_SITES)
def test_what_no_browser_would_open_as_it_stands_is_no_website(url: str) -> None:
    assert not is_website(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://exаmple.org",  # a Cyrillic а among Latin letters
        "https://еxample.org/path",
        "https://www.аррӏе.com",  # Cyrillic throughout, and drawn as Latin
        "https://раурасе.org",
        "https://gοv.pl",  # a Greek omicron
        "https://xn--80ak6aa92e.com",
    ],
)
def test_an_address_that_passes_for_another_one_is_told(url: str) -> None:
    assert is_website(url)
    assert is_disguised(url)


def test_a_word_that_looks_latin_is_honest_under_a_domain_in_its_own_letters() -> None:
    assert not is_disguised("https://оса.бг")


@pytest.mark.parametrize(
    ("typed", "opened"),
    [
        ("https://example.org/Sprawozdanie 2026.pdf", "https://example.org/Sprawozdanie%202026.pdf"),
        (" https://example.org/a%20b\n", "https://example.org/a%20b"),
        ("https://example.org/Списък\u00a0членове", "https://example.org/Списък%C2%A0членове"),
        ("https://example.org/{a}|<b>", "https://example.org/%7Ba%7D%7C%3Cb%3E"),
        ("https://exam\u200bple.org/\ta", "https://example.org/a"),
    ],
)
def test_an_address_is_kept_as_a_browser_opens_it(typed: str, opened: str) -> None:
    assert as_opened(typed) == opened
    assert as_opened(opened) == opened
    assert is_website(opened)
    assert safe_href(typed) == opened


def test_a_link_to_a_file_name_with_blanks_opens() -> None:
    stored = clean("<a href='https://example.org/plik  z nazwą.pdf'>plik</a>")
    assert stored == '<p><a href="https://example.org/plik%20%20z%20nazwą.pdf" rel="nofollow ugc">plik</a></p>'
    assert clean(stored) == stored


@pytest.mark.parametrize(
    "url", [url for url in NO_SITES if url.startswith("https:") and not is_website(as_opened(url))]
)
def test_a_text_links_to_no_website_that_a_profile_would_refuse(url: str) -> None:
    assert safe_href(url) is None
