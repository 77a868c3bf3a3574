"""Addresses are kept as they were typed and compared by a key."""

import time

import idna
import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.ground import limits
from portal.ground.mailboxes import is_reachable, mailbox_key, wire_domain

SAME = [
    ("Anna@Example.org", "anna@example.ORG"),
    (" anna@example.org ", "anna@example.org"),
    ("biuro@xn--fa-hia.example", "biuro@faß.example"),
    ("biuro@ŻÓŁW.pl", "biuro@xn--w-uga1v8h.pl"),
    ("ivan@пример。бг", "ivan@ПРИМЕР.бг"),
]
DIFFERENT = [
    ("biuro@faß.example", "biuro@fass.example"),  # IDNA 2008: two domains, perhaps of two people
    ("biuro@βόλος.example", "biuro@βόλοσ.example"),
    ("a.b@example.org", "ab@example.org"),
    ("a+b@example.org", "a@example.org"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_two_ways_of_writing_one_mailbox_have_one_key(first: str, second: str) -> None:
    assert mailbox_key(first) == mailbox_key(second)


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_two_mailboxes_have_two_keys(first: str, second: str) -> None:
    assert mailbox_key(first) != mailbox_key(second)


@pytest.mark.parametrize("address", [one for pair in SAME + DIFFERENT for one in pair])
def test_the_key_of_a_key_is_itself(address: str) -> None:
    assert mailbox_key(mailbox_key(address)) == mailbox_key(address)


@pytest.mark.parametrize(
    "nonsense", ["", "@", "anna", "anna@", "a@[127.0.0.1]", "a@-b-.org", "a@b_c.org", "a@b..c", "a@☃.net"]
)
def test_what_is_no_address_has_a_key_all_the_same(nonsense: str) -> None:
    assert mailbox_key(nonsense) == nonsense


@pytest.mark.parametrize(
    "domain",
    [
        "Example.ORG",
        "a-b.c1.example",
        "-a.org",
        "a--b.org",
        "ab--c.org",
        "a..b",
        ".a",
        "a.",
        "A_b.c",
        "a b.c",
        "1.2",
        "x" * 64 + ".org",
    ],
)
def test_a_domain_in_ascii_needs_no_idna(domain: str) -> None:
    """The short way gives what IDNA would."""
    try:
        long_way = idna.decode(idna.encode(domain, uts46=True, transitional=False))
    except UnicodeError:
        long_way = domain.lower()
    assert mailbox_key(f"a@{domain}") == f"a@{long_way}"


def test_a_long_text_is_not_looked_into() -> None:
    began = time.perf_counter()
    mailbox_key("a@" + "ß" * 200_000)
    assert time.perf_counter() - began < 0.5


def test_a_domain_travels_in_its_own_form() -> None:
    assert wire_domain("faß.example") == "xn--fa-hia.example"
    assert wire_domain("example.org") == "example.org"
    with pytest.raises(UnicodeError):
        wire_domain("☃.net")


def test_another_address_takes_the_one_that_was_typed_before_with_it() -> None:
    person = Person(name="Anna", address="Anna@Example.org", locale="pl")
    assert (person.email, person.address) == ("anna@example.org", "Anna@Example.org")
    person.email = "ewa@example.org"
    assert person.address == "ewa@example.org"
    person.email = None
    assert person.address == ""


def test_spellings_of_one_mailbox_share_their_tries(app: Flask) -> None:
    assert limits.keys_of("biuro@XN--FA-HIA.example") == limits.keys_of("Biuro@faß.example")
    assert limits.keys_of("biuro@fass.example") != limits.keys_of("biuro@faß.example")


def test_letters_before_the_at_need_a_mail_server_that_takes_them(app: Flask, settings) -> None:
    assert not is_reachable("żuk@example.org")
    assert is_reachable("zuk@żuk.example")
    settings(smtp_utf8=True)
    assert is_reachable("żuk@example.org")
