"""What the worker does by the clock: each piece stands on its own, and goes through on an empty and on a filled database."""

from flask import Flask

from portal.demo import load
from portal.periodic import periodic


def test_every_piece_of_periodic_work_goes_through(app: Flask) -> None:
    load()
    for work in periodic():
        work.run()


def test_every_piece_has_a_name_of_its_own(app: Flask) -> None:
    known = [work.name for work in periodic()]
    assert len(set(known)) == len(known)
    assert {"mail", "tidy", "invitations", "requests for accounts"} <= set(known)
