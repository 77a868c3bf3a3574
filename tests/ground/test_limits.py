"""Limits are counted for addresses and clients, over a sliding window, by all processes together."""

import datetime as dt

import pytest
from flask import Flask

from portal.ground import clock, limits
from portal.ground.config import CONFIG
from portal.ground.errors import TooMany

NOW = dt.datetime(2026, 11, 21, 10, 0, 30, tzinfo=dt.UTC)


def test_tenth_sign_in_of_an_address_is_allowed_and_the_eleventh_is_not(app: Flask) -> None:
    with clock.frozen(NOW):
        for _ in range(10):
            limits.check("sign-in", address="a@example.org", ip="192.0.2.1")
        with pytest.raises(TooMany):
            limits.check("sign-in", address="A@Example.org", ip="192.0.2.2")
        limits.check("sign-in", address="b@example.org", ip="192.0.2.1")


def test_window_slides(app: Flask) -> None:
    with clock.frozen(NOW):
        for _ in range(10):
            limits.check("sign-in", address="a@example.org")
    with clock.frozen(NOW + dt.timedelta(minutes=13)), pytest.raises(TooMany):
        limits.check("sign-in", address="a@example.org")
    with clock.frozen(NOW + dt.timedelta(minutes=29)):
        limits.check("sign-in", address="a@example.org")


def test_window_ends_where_it_says(app: Flask) -> None:
    """Fifteen slices, no more: after its quarter of an hour a try counts no longer."""
    with clock.frozen(NOW):
        for _ in range(10):
            limits.check("sign-in", address="a@example.org")
    with clock.frozen(NOW + dt.timedelta(minutes=14)), pytest.raises(TooMany):
        limits.check("sign-in", address="a@example.org")
    with clock.frozen(NOW + dt.timedelta(minutes=15)):
        for _ in range(9):
            limits.check("sign-in", address="a@example.org")


def test_client_is_limited_over_all_addresses(app: Flask) -> None:
    with clock.frozen(NOW):
        for number in range(100):
            limits.check("sign-in", address=f"{number}@example.org", ip="2001:db8::1")
        with pytest.raises(TooMany):
            limits.check("sign-in", address="new@example.org", ip="2001:db8::ffff")
        limits.check("sign-in", address="new2@example.org", ip="2001:db8:0:1::1")


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unknown", "unknown"),
    ],
)
def test_client_network_is_a_household(ip: str, network: str) -> None:
    assert limits.client_network(ip) == network


def test_old_slices_are_removed(app: Flask) -> None:
    from portal.ground.db import transaction

    with clock.frozen(NOW):
        limits.check("mail", address="a@example.org", ip="192.0.2.1")
    with clock.frozen(NOW + dt.timedelta(minutes=50)), transaction():
        assert limits.remove_old() == 0
    with clock.frozen(NOW + dt.timedelta(hours=2)), transaction():
        assert limits.remove_old() == 2


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_redis_counts_like_the_table(app: Flask, redis_server, monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    config = dataclasses.replace(CONFIG.of(app), redis_url=redis_server.url)
    monkeypatch.setitem(app.extensions, "portal.config", config)
    with clock.frozen(NOW):
        for _ in range(5):
            limits.check("mail", address="redis@example.org", ip="192.0.2.9")
        with pytest.raises(TooMany):
            limits.check("mail", address="redis@example.org", ip="192.0.2.10")
    with clock.frozen(NOW + dt.timedelta(minutes=60)):
        limits.check("mail", address="redis@example.org", ip="192.0.2.9")
