"""Each organisation is told once to each search and none is missed: whoever looks, with any clock, cut short or broken."""

import itertools
import random
import threading
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import mail
from portal.accounts.models import Person
from portal.ground.batches import noted
from portal.ground.db import db, transaction
from portal.mail import Frequency, Mail
from portal.saved import services
from portal.saved.models import DirectoryNews, SavedSearch
from portal.saved.searches import Search
from portal.saved.services import telling
from tests.factories.organisations import fresh, make_organisation
from tests.factories.saved import again, ask, keep, searching, told
from tests.fixtures.pages import FrozenClock
from tests.saved.letters import S, letters, set_status


def test_what_is_hidden_before_its_turn_is_not_told_until_it_is_public(
    app: Flask, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look has found it, and it goes before the mail is queued."""
    saved = keep(reader)
    organisation = make_organisation()
    tell = telling._tell

    def hidden_first(*arguments: Any) -> int:
        set_status(organisation, S.HIDDEN)
        return tell(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(telling, "_tell", hidden_first)
        assert services.tell_all() == 0
    assert told(saved) == set()
    set_status(organisation, S.PUBLISHED)
    assert services.tell_all() == 1


def test_broken_search_stops_no_other_and_is_tried_again(app: Flask, reader: Person) -> None:
    first, second, third = (keep(reader, searching(theme=code, region="PL-10")) for code in ("1", "2", "3"))
    good = again(second.id).filters
    make_organisation(themes=["1", "2", "3"])
    with transaction() as session:
        session.execute(sa.update(SavedSearch).where(SavedSearch.id == second.id).values(filters='{"words": 5}'))
    with noted() as failures:
        assert services.tell_all() == 2
    assert failures.number == 1
    with transaction() as session:
        session.execute(sa.update(SavedSearch).where(SavedSearch.id == second.id).values(filters=good))
    assert services.tell_all() == 1
    assert told(first) == told(second) == told(third)


def test_search_with_a_filter_that_is_gone_finds_nothing_instead_of_more(app: Flask, reader: Person) -> None:
    saved = keep(reader, searching(region="PL-10 PL-14"))
    left = Search.of("", {"region": ["PL-10", "XX-99"]})
    with transaction() as session:
        session.execute(sa.update(SavedSearch).where(SavedSearch.id == saved.id).values(filters=left.stored))
    make_organisation()
    assert services.tell_all() == 0
    gone = Search.of("", {"colour": ["red"], "region": ["PL-10"]})
    with transaction() as session:
        session.execute(sa.update(SavedSearch).where(SavedSearch.id == saved.id).values(filters=gone.stored))
    make_organisation()
    assert services.tell_all() == 0


def test_mail_and_mark_are_kept_together_or_not_at_all(
    app: Flask, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = keep(reader)
    organisation = make_organisation()

    queue = mail.queue

    class Killed(BaseException):
        pass

    def queued_then_killed(message: Any) -> None:
        queue(message)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(telling.mail, "queue", queued_then_killed)
        with pytest.raises(Killed):
            services.tell_all()
    assert not letters() and told(saved) == set()
    assert services.tell_all() == 1
    assert told(saved) == {organisation.id} and len(letters()) == 1


def test_two_workers_at_once_tell_once(app: Flask, reader: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have looked and found the same before either of them writes."""
    saved = keep(reader)
    organisation = make_organisation()
    tell, both = telling._tell, threading.Barrier(2, timeout=30)

    def together(*arguments: Any) -> int:
        db.session.rollback()
        both.wait()
        return tell(*arguments)

    results: list[int] = []

    def work() -> None:
        with app.app_context():
            results.append(services.tell_all())

    with monkeypatch.context() as patched:
        patched.setattr(telling, "_tell", together)
        threads = [threading.Thread(target=work) for _ in range(2)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(60)
    assert sorted(results) == [0, 1]
    assert len(letters()) == 1 and told(saved) == {organisation.id}


def test_change_that_was_committed_late_is_not_missed(app: Flask, reader: Person, frozen_clock: FrozenClock) -> None:
    """It was noted ten minutes before the look and seen after it."""
    saved = keep(reader)
    frozen_clock.shift(hours=3)
    make_organisation(name="Za wcześnie", region="PL-14", town="Radom")
    services.tell_all()
    frozen_clock.shift(minutes=-10)
    organisation = make_organisation()
    frozen_clock.shift(minutes=15)
    assert services.tell_all() == 1
    assert told(saved) == {organisation.id}


def test_clock_that_goes_back_stops_nothing(app: Flask, reader: Person, frozen_clock: FrozenClock) -> None:
    for frequency, theme in ((Frequency.IMMEDIATE, "1"), (Frequency.WEEKLY, "2")):
        keep(reader, searching(theme=theme), frequency=frequency)
    frozen_clock.shift(days=30)
    make_organisation(themes=["3"])
    services.tell_all()
    frozen_clock.shift(days=-30)
    make_organisation(themes=["1", "2"])
    assert services.tell_all() == 2
    assert services.tell_all() == 0


def test_news_that_every_search_has_seen_are_forgotten_and_no_others(
    app: Flask, reader: Person, frozen_clock: FrozenClock
) -> None:
    keep(reader, frequency=Frequency.WEEKLY)
    organisation = make_organisation()
    frozen_clock.shift(days=5)
    services.forget_news()
    assert db.session.scalars(sa.select(DirectoryNews.organisation_id)).all() == [organisation.id]
    frozen_clock.shift(days=2)
    assert services.tell_all() == 1
    frozen_clock.shift(hours=2)
    services.forget_news()
    db.session.rollback()
    assert not db.session.scalars(sa.select(DirectoryNews.organisation_id)).all()


def test_what_came_while_a_search_waited_for_a_yes_is_told_after_it(app: Flask, frozen_clock: FrozenClock) -> None:
    saved = ask(frequency="immediate")
    organisation = make_organisation()
    frozen_clock.shift(days=6)
    services.forget_news()
    services.confirm(saved.id, by=again(saved.id).reader)
    assert services.tell_all() == 1
    assert told(saved) == {organisation.id}


def test_order_of_what_is_told_over_many_runs_is_each_once(
    app: Flask, reader: Person, frozen_clock: FrozenClock
) -> None:
    """Publishing, hiding and looking in any order: every letter names others."""
    picked = random.Random(5)
    saved = keep(reader)
    made = [make_organisation(status="hidden") for _ in range(5)]
    for _ in range(30):
        one = fresh(picked.choice(made))
        set_status(one, S.HIDDEN if one.status == S.PUBLISHED else S.PUBLISHED)
        if picked.random() < 0.4:
            services.tell_all()
        frozen_clock.shift(minutes=picked.choice([1, 50, 200]))
    services.tell_all()
    named = list(itertools.chain.from_iterable(named_in(one) for one in letters()))
    assert len(named) == len(set(named)) == len(told(saved))


def named_in(letter: Mail) -> list[str]:
    import json

    return [one["link"] for one in json.loads(letter.payload or "{}")["context"]["organisations"]]
