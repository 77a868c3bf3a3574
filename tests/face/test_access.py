"""The access cookie comes from outside: whatever it holds, a page is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.face.access import DEFAULT, SWITCHES, TEXT_SIZES, THEMES, AccessSettings, chosen, parse


@given(st.sampled_from(THEMES), st.sampled_from(TEXT_SIZES), st.sets(st.sampled_from(SWITCHES)).map(frozenset))
def test_parse_own_cookie_gives_the_settings_back(theme: str, text: int, switches: frozenset[str]) -> None:
    settings = AccessSettings(theme, text, switches)
    assert parse(settings.cookie) == settings


@given(st.text(max_size=200))
def test_parse_garbage_gives_only_known_settings(cookie: str) -> None:
    settings = parse(cookie)
    assert settings.theme in THEMES and settings.text in TEXT_SIZES and settings.switches <= set(SWITCHES)


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        ".",
        "...",
        "\x00",
        'dark"><script>',
        "auto.1000000000",
        "auto.-100",
        "auto.٢٠٠",
        "DARK",
        "auto.100." * 99,
        "é.é",
    ],
)
def test_parse_nothing_known_gives_the_default(cookie: str) -> None:
    assert parse(cookie) == DEFAULT


def test_parse_half_known_keeps_the_known_half() -> None:
    assert parse("yellow.999.still.hacked") == AccessSettings("yellow", 100, frozenset({"still"}))


def test_classes_follow_the_settings() -> None:
    assert DEFAULT.classes == "" and DEFAULT.theme_attribute is None and DEFAULT.is_default
    assert chosen("dark", "150", ["still", "spaced", "spaced", "x"]).classes == "text-150 spaced still"
    assert chosen("dark", "150", []).theme_attribute == "dark"
