"""What is chosen from a list stands where its reader looks for it (the orders are those of ICU 76)."""

import pytest
from flask import Flask

from portal.organisations.forms import NewForm
from portal.organisations.places import regions_by_name
from portal.words.i18n import in_language
from portal.words.text import in_order, sort_key

IN_ORDER = {
    ("BG", "pl"): ["Burgas", "Chaskowo", "Dobricz", "Gabrowo", "Warna", "Widin", "Wielkie Tyrnowo", "Wraca"],
    ("BG", "bg"): ["Благоевград", "Бургас", "Варна", "Велико Търново", "Видин", "Враца", "Габрово", "Добрич"],
    ("PL", "bg"): ["Лодзко", "Любушко", "Мазовско", "Малополско"],
    ("PL", "pl"): ["kujawsko-pomorskie", "lubelskie", "lubuskie", "łódzkie", "małopolskie", "mazowieckie", "opolskie"],
}  # fmt: skip


@pytest.mark.parametrize(("country", "language"), IN_ORDER)
def test_regions_stand_in_the_order_of_the_readers_language(app: Flask, country: str, language: str) -> None:
    with app.test_request_context(), in_language(language):
        names = [term.label for term in regions_by_name(country)]
        wanted = IN_ORDER[country, language]
        assert [name for name in names if name in wanted] == wanted
        form = NewForm(country)
        assert [choice.label for choice in form.region.choices or []][1:] == names


def test_small_letters_marks_and_quotation_marks_do_not_take_a_word_away_from_its_place(app: Flask) -> None:
    with in_language("pl"):
        assert in_order(["Żuraw", "„Próg”", "Zebra", "łąka", "lis", "Cztery"], str) == [
            "Cztery", "lis", "łąka", "„Próg”", "Zebra", "Żuraw",
        ]  # fmt: skip


def test_quotation_marks_do_not_count_in_the_order_of_names() -> None:
    names = ["Fundacja Cztery Pory", "Fundacja „Próg”", "Fundacja Próg Domu", "Fundacja Zorza", "“Żuraw”"]
    for language in ("pl", "en"):
        keys = [sort_key(name, language) for name in names]
        assert keys == sorted(set(keys))
