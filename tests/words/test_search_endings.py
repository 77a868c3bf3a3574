"""Words are found by their other endings, and shown as they are written."""

from flask import Flask

from portal.words.search import marked
from tests.words.test_search import filled, found, organisation


def test_words_are_found_by_their_other_endings_and_marked(app: Flask) -> None:
    filled(
        organisation(1, "Klub seniorów"),
        organisation(2, "Seniorzy w ruchu"),
        organisation(3, "Senat"),
        organisation(4, "Клуб на пенсионерите", lang="bg"),
        organisation(5, "Пенсионер", lang="bg"),
        organisation(6, "Пенсия", lang="bg"),
    )
    for query in ("seniorzy", "seniorów", "senior", "seniorami", "SENIORZY"):
        assert {number for number, _match in found(query)} == {1, 2}, query
    for query in ("пенсионери", "пенсионер", "pensioneri", "пенсионерът"):
        assert {number for number, _match in found(query)} == {4, 5}, query
    assert found("seniorzy klub") == [(1, "skeleton")]
    assert marked("Klub seniorów i klubik", "seniorzy") == "Klub <mark>seniorów</mark> i klubik"
