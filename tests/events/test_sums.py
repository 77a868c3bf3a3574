"""A programme in numbers."""

from types import SimpleNamespace

import pytest
from flask import Flask

from portal.events.sums import counted
from portal.words.i18n import in_language


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2 workshops, 1 talk, without free places: 1"),
        ("pl", "2 warsztaty, 1 wystąpienie, bez wolnych miejsc: 1"),
    ],
)
def test_kinds_are_counted_and_pauses_are_not(app: Flask, language: str, said: str) -> None:
    kinds = ["workshop", "break", "workshop", "talk"]
    sessions = [SimpleNamespace(id=number, kind=kind) for number, kind in enumerate(kinds)]
    with in_language(language):
        assert counted(sessions, {2}).replace("\xa0", " ") == said
        assert counted([]) == ""
