"""The account of somebody new says where to begin; with something to do it begins with that."""

from tests.factories.events import make_coordinator, make_network
from tests.factories.people import make_person


def test_a_newcomer_finds_three_ways_and_one_of_them_is_the_main_one(app, as_person):
    page = as_person(make_person()).get("/pl/account/").text
    ways = page.partition('aria-labelledby="begin"')[2].partition("</section>")[0]
    assert ways.count('<a class="btn"') == 1
    assert 'href="/pl/organisations/new/start"' in ways
    assert 'href="/pl/organisations"' in ways
    assert 'href="/pl/events"' in ways


def test_whoever_runs_a_network_is_not_told_how_to_begin(app, as_person):
    page = as_person(make_coordinator(make_network())).get("/pl/account/").text
    assert 'aria-labelledby="begin"' not in page
