"""The look that the test client takes at every page sees each kind of fault."""

import pytest

from tests.support import markup
from tests.support.client import policy_faults

GOOD = (
    '<!doctype html><html lang="pl"><head><meta charset="utf-8"><title>Sieci – Synergia</title></head><body><main>'
    '<h1>Sieci</h1><form method="post"><label for="q">Nazwa</label><input id="q" name="q"><button>Zapisz</button></form>'
    '<a href="#q">Do pola</a><img src="/x.png" alt=""></main></body></html>'
)
FAULTS = [
    ("<h1>Sieci</h1>", "<h1>Sieci</h1><h1>Druga</h1>", "2 h1"),
    ("<h1>Sieci</h1>", "<h2>Sieci</h2>", "0 h1"),
    ("<h1>Sieci</h1>", "<h1> </h1>", "empty h1"),
    ("Sieci – Synergia", " ", "no title"),
    ('lang="pl"', 'lang="bg"', "lang is"),
    ('lang="pl"', "", "lang is"),
    ('<a href="#q"', '<a id="q" href="#q"', "2 times"),
    ('<a href="#q"', '<a href="#there"', "missing #there"),
    ('<label for="q">', "<label>", "without a label"),
    ('<label for="q">', '<label for="p">', "missing id"),
    ('<input id="q"', '<input id="q" aria-describedby="hint"', "aria-describedby"),
    ("<button>Zapisz", "<button>", "without words"),
    (' alt=""', "", "without alt"),
    ('<img src="/x.png"', '<img src="https://example.org/x.png"', "another host"),
    ('<a href="#q"', '<a href="#q" style="color:red"', "inline style"),
    ('<a href="#q"', '<a href="#q" onclick="f()"', "inline onclick"),
    ('<a href="#q"', '<a href="javascript:f()"', "javascript:"),
    ("</main>", "<script>f()</script></main>", "inline <script>"),
    ("</main>", "<p><div></div></p></main>", "HTML:"),
    ("</main>", "<fieldset><p>x</p></fieldset></main>", "without a legend"),
]


def test_good_page_has_no_fault() -> None:
    assert markup.problems(GOOD, "/pl/networks") == []


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS)
def test_fault_is_seen(old: str, new: str, expected: str) -> None:
    assert old in GOOD
    found = markup.problems(GOOD.replace(old, new, 1), "/pl/networks")
    assert any(expected in fault for fault in found), found


@pytest.mark.parametrize(
    "policy", ["", "script-src 'self'", "default-src *", "default-src 'self'; style-src 'unsafe-inline'"]
)
def test_open_policy_is_seen(policy: str) -> None:
    assert policy_faults(policy)


def test_strict_policy_is_accepted() -> None:
    assert (
        policy_faults("default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self' 'nonce-abc'") == []
    )
