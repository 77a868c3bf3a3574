"""Searches are tested in memory, and find what the directory finds."""

import random

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.declaration import facets
from portal.ground import clock
from portal.ground.bitmaps import numbers_of
from portal.organisations.models import KIND
from portal.organisations.queries import Filters, Found
from portal.saved import queries, services
from portal.saved.queries import news
from portal.saved.searches import Search
from portal.words import search as index
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.saved import keep, searching, told
from tests.support.queries import recorded


def test_searches_are_tested_in_memory_and_not_each_by_a_query(app: Flask, reader: Person) -> None:
    others = [make_person() for _ in range(6)]
    for person in others:
        for theme in "123456789":
            keep(person, searching("drzewa", theme=theme, region="PL-14"))
    make_organisation(themes=["1"])
    with recorded() as few:
        assert services.tell_all() == 0
    for person in others:
        for theme in "123456789":
            keep(person, searching("lasy", theme=theme, region="PL-14"))
    with recorded() as many:
        assert services.tell_all() == 0
    assert len(many) == len(few)


SOME = ("lipa", "drzewa", "koło", "stara zagora", "ka", "seniorów", "xyz", "зора")


def test_news_answer_as_the_directory_does(app: Flask) -> None:
    """Random searches over random organisations, words too, in memory and by the index."""
    picked = random.Random(3)
    owner = make_person()
    for number in range(24):
        country = picked.choice(["PL", "BG"])
        place = {
            "PL": [("PL-10", "Zgierz"), ("PL-14", "Radom")],
            "BG": [("BG-24", "Стара Загора"), ("BG-16", "Пловдив")],
        }
        region, town = picked.choice(place[country])
        make_organisation(
            owner, country=country, language="pl" if country == "PL" else "bg", region=region, town=town,
            themes=picked.sample(["1", "2", "5"], 2), name=picked.choice(["Lipa", "Koło", "Зора"]) + f" {number}",
            summary=picked.choice(["Dla seniorów.", "Sadzimy drzewa.", "За хората."]),
            status=picked.choice(["published", "published", "hidden"]),
        )  # fmt: skip
    found = queries.news_since(None, clock.now())
    known = {facet.name: list(Found(Filters()).codes_of(facet)) for facet in facets()}
    names = [name for name, codes in known.items() if codes]
    fitted = 0
    for _ in range(300):
        chosen = {
            name: picked.sample(known[name], min(len(known[name]), picked.choice([1, 2])))
            for name in picked.sample(names, picked.choice([0, 1, 2]))
        }
        search = Search.of(picked.choice(["", *SOME]) if chosen else picked.choice(SOME), chosen)
        expected = numbers_of(Found(search.filters).bits)
        fitted += bool(expected)
        assert found.fitting(search) == expected, search
    assert fitted > 50
    for query in SOME:
        texts = index.indexed_words(KIND, range(1, 40))
        mine = [number for number, text in texts.items() if index.is_found(query, text)]
        assert mine == sorted(index.matching_numbers(query, KIND)), query


def test_many_new_organisations_are_asked_of_the_index_once(
    app: Flask, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "FEW", 2)
    saved = keep(reader, searching("lipa"))
    made = [make_organisation(name=f"Lipa {number}").id for number in range(4)]
    make_organisation(name="Dąb")
    assert services.tell_all() == 1
    assert told(saved) == set(made)


def test_search_without_filters_that_was_stored_anyway_finds_nothing(app: Flask) -> None:
    make_organisation()
    assert queries.news_since(None, clock.now()).fitting(Search()) == []


def test_first_names_come_in_the_alphabet_of_the_reader_and_from_the_directory_alone(app: Flask) -> None:
    made = [make_organisation(name=name).id for name in ("Źródło", "Żubr", "Łąka", "Lipa")]
    hidden = make_organisation(name="Aaa", status="hidden").id
    first, numbers = queries.first_of([*made, hidden, 9999], "pl", 3)
    assert [one.name.source for one in first] == ["Lipa", "Łąka", "Źródło"]
    assert sorted(numbers) == sorted(made)
