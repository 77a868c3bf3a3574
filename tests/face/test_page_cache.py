"""Finished pages: as fast as bytes that lie there, as fresh as if each were made anew, and nobody else's."""

import datetime as dt
import shutil
import threading
from pathlib import Path

import pytest
from flask import Flask, before_render_template
from werkzeug.test import create_environ

from portal.app import create_app
from portal.face.web import at_once
from portal.face.web.security import SHARED
from portal.ground import clock, limits, set_clock
from portal.ground.config import CONFIG, Config
from portal.ground.data_version import Watch
from portal.ground.db import Model, db, transaction
from portal.organisations.models import Organisation
from portal.words.i18n import Localized
from tests.factories.events import make_event, make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_account
from tests.support import queries
from tests.support.client import CheckedClient
from tests.support.sweep import Sweep

pytestmark = pytest.mark.both_engines
LIST = "/pl/organisations"


def version() -> str | None:
    return Watch(db.engine).read()


def rename(organisation: Organisation, name: str) -> None:
    with transaction() as session:
        session.get_one(Organisation, organisation.id).name = Localized.of("pl", name)


def test_page_that_lies_there_asks_nothing_of_the_database(client, count_queries, frozen_clock) -> None:
    make_organisation()
    made = client.get(LIST)
    with count_queries() as seen:
        kept = client.get(LIST)
    assert kept.data == made.data
    assert len(seen) == 0, seen
    assert {**kept.headers, "Date": ""} == {**made.headers, "Date": ""}  # the web server says when it was sent


def test_page_shows_what_was_written_a_moment_ago(client) -> None:
    organisation = make_organisation(name="Lipa")
    address = f"/pl/organisations/{organisation.slug}"
    for name in ("Brzoza", "Grab", "Klon"):
        client.get(address)
        rename(organisation, name)
        assert name in client.get(address).text


def asked(app: Flask, address: str, *, is_loop: bool = True) -> bytes:
    environ = create_environ(address, CONFIG.of(app).base_url)
    return b"".join(app(at_once.asking(environ) if is_loop else environ, lambda status, headers, exc_info=None: None))


def test_loop_answers_with_what_lies_ready_and_makes_nothing(app: Flask, count_queries, frozen_clock) -> None:
    organisation = make_organisation(name="Lipa")
    address = f"/pl/organisations/{organisation.slug}"
    with count_queries() as seen:
        for nothing_ready in (address, "/pl/account", "/pl/organisations.csv", "/pl/nowhere"):
            with pytest.raises(at_once.NotAtOnce):
                asked(app, nothing_ready)
    assert len(seen) == 0, seen
    made = asked(app, address, is_loop=False)
    assert b"Lipa" in made
    assert asked(app, address) == made
    rename(organisation, "Brzoza")
    with pytest.raises(at_once.NotAtOnce):
        asked(app, address)


def test_page_of_another_setting_of_the_clock_is_not_shown(client, count_queries) -> None:
    """Also where both show the same minute: it may have been begun before the clock was set and finished after it."""
    make_organisation()
    noon = dt.datetime(2031, 3, 1, 12, 0, tzinfo=dt.UTC)
    asked = []
    try:
        for setting in (set_clock.standing(noon), set_clock.standing(noon)):
            clock.follow(lambda setting=setting: setting)
            for _ in range(2):
                with count_queries() as seen:
                    assert "godz.\xa013:00" in client.get(LIST).text
                asked.append(bool(seen))
    finally:
        clock.follow(None)
    assert asked == [True, False, True, False]


def test_page_made_while_somebody_writes_is_not_kept_as_the_newer_one(app: Flask, client) -> None:
    """The old rows are read, the change is committed, the page is finished: the next reader gets the new rows."""
    organisation = make_organisation(name="Stara Lipa")
    address = f"/pl/organisations/{organisation.slug}"
    rename(organisation, "Lipa dawna")
    number, done = organisation.id, threading.Event()

    def write() -> None:
        with app.app_context(), transaction() as session:
            session.get_one(Organisation, number).name = Localized.of("pl", "Lipa nowa")

    def write_once(_app: Flask, **_context: object) -> None:
        if not done.is_set():
            done.set()
            writer = threading.Thread(target=write)
            writer.start()
            writer.join()

    with before_render_template.connected_to(write_once, sender=app):
        assert "Lipa dawna" in client.get(address).text
    assert done.is_set()
    assert "Lipa nowa" in client.get(address).text


def test_page_ends_with_its_minute(client, frozen_clock) -> None:
    """Registration ends at noon sharp: nobody is offered it a second later because somebody else looked before."""
    noon = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
    frozen_clock.set(noon - dt.timedelta(seconds=1))
    event = make_event(starts_at=noon)
    address, door = f"/pl/events/{event.slug}", f"/pl/events/{event.slug}/register"
    assert door in client.get(address).text
    frozen_clock.set(noon + dt.timedelta(seconds=1))
    assert door not in client.get(address).text
    frozen_clock.set(noon - dt.timedelta(seconds=1))
    assert door in client.get(address).text


def test_what_visitors_cannot_see_leaves_pages_alone(app: Flask) -> None:
    make_organisation()
    before = version()
    assert before is not None
    limits.check("sign-in", address="a@example.org", ip="192.0.2.1")
    make_account()
    moved = version()
    assert moved is not None
    assert moved != before  # a person was made, whose name may be shown
    limits.check("sign-in", address="a@example.org", ip="192.0.2.1")
    assert version() == moved


def test_what_is_rolled_back_leaves_pages_alone(app: Flask) -> None:
    organisation = make_organisation()
    before = version()
    with pytest.raises(RuntimeError, match="anders"), transaction() as session:
        session.get_one(Organisation, organisation.id).name = Localized.of("pl", "Nic")
        session.flush()
        raise RuntimeError("anders")
    assert version() == before


def test_every_version_is_another_one(app: Flask) -> None:
    organisation = make_organisation()
    seen = []
    for name in ("A", "B", "A", "B"):
        rename(organisation, name)
        seen.append(version())
    assert len(set(seen)) == 4
    assert None not in seen


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_public_page_reads_a_table_that_is_said_to_be_unseen(demo_var: Path, tmp_path: Path, engine: str) -> None:
    shutil.copytree(demo_var, tmp_path / "var")
    app = create_app(Config.from_environment({"PORTAL_VAR": str(tmp_path / "var"), "PORTAL_PAGE_CACHE": "0"}))
    app.test_client_class = CheckedClient
    shared: dict[str, list[str]] = {}
    with app.app_context():
        browser = app.test_client()
        assert isinstance(browser, CheckedClient)

        class Reader(Sweep):
            def _note_forms(self, role: str, address: str, html: str) -> None:
                with queries.recorded() as seen:
                    answer = browser.get(address)
                if answer.headers["Cache-Control"] == SHARED:
                    shared[address] = list(seen)

        Reader(app).walk("visitor", browser, ["/pl/"])
        unseen = {table.name for table in Model.metadata.tables.values() if "unseen" in table.info}
        db.session.rollback()
        db.engine.dispose()
    assert len(shared) > 30
    assert {"outbox_mail", "limit_hit", "account"} <= unseen
    found = [
        (address, name)
        for address, statements in shared.items()
        for name in unseen
        if any(f" {name} " in " ".join(statement.split()) + " " for statement in statements)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("cookies", "is_kept"),
    [
        ({}, True),
        ({"access": "light"}, True),
        ({"language": "bg"}, True),
        ({"session": "x"}, False),
        ({"remember": "x"}, False),
    ],
)
def test_whoever_has_a_session_gets_a_page_of_their_own(
    client, count_queries, cookies: dict[str, str], is_kept: bool
) -> None:
    make_organisation()
    for name, value in cookies.items():
        client.set_cookie(name, value)
    client.get(LIST)
    with count_queries() as seen:
        client.get(LIST)
    assert (len(seen) == 0) is is_kept, seen


def test_page_of_somebody_signed_in_is_not_shown_to_a_visitor(client, as_person) -> None:
    make_organisation()
    person = make_account("Wanda Zalogowana").person
    own = as_person(person).get(LIST)
    assert "Wanda Zalogowana" in own.text
    assert own.headers["Cache-Control"] == "private, no-store"
    assert "Wanda Zalogowana" not in client.get(LIST).text
    assert "Wanda Zalogowana" in as_person(person).get(LIST).text


def test_every_look_and_language_has_pages_of_its_own(client) -> None:
    make_organisation()
    plain = client.get(LIST).text
    client.set_cookie("access", "dark")
    assert 'data-theme="dark"' in client.get(LIST).text
    client.set_cookie("access", "dark.nonsense")
    assert 'data-theme="dark"' in client.get(LIST).text
    client.delete_cookie("access")
    assert client.get(LIST).text == plain
    assert client.get("/bg/organisations").text != plain


def test_what_a_browser_prefers_does_not_change_a_page(client) -> None:
    """An address says its language; a text that lacks it is shown in its own, whoever asks."""
    organisation = make_organisation(name="Lipa")
    with transaction() as session:
        row = session.get_one(Organisation, organisation.id)
        row.summary = Localized.of("pl", "Sadzimy drzewa.", en="We plant trees.")
    address = f"/bg/organisations/{organisation.slug}"
    for header in ("en", "pl", "bg,en;q=0.8"):
        page = client.get(address, headers={"Accept-Language": header})
        assert "Sadzimy drzewa." in page.text
        assert "Accept-Language" not in page.headers["Vary"]


def test_condition_is_answered_from_what_lies_there(client, count_queries, frozen_clock) -> None:
    make_organisation()
    tag = client.get(LIST).headers["ETag"]
    with count_queries() as seen:
        known = client.get(LIST, headers={"If-None-Match": tag})
        other = client.get(LIST, headers={"If-None-Match": '"other"'})
    assert (known.status_code, known.data, other.status_code) == (304, b"", 200)
    assert known.headers["ETag"] == tag
    assert known.headers["Cache-Control"] == SHARED
    assert len(seen) == 0, seen


def test_visitor_who_comes_back_first_fills_the_place_too(client, count_queries, frozen_clock) -> None:
    organisation = make_organisation()
    tag = client.get(LIST).headers["ETag"]
    rename(organisation, organisation.name.source)  # another version of the same data
    assert client.get(LIST, headers={"If-None-Match": tag}).status_code == 304
    with count_queries() as seen:
        assert client.get(LIST).status_code == 200
    assert len(seen) == 0, seen


def test_head_says_what_get_does_without_a_body(client) -> None:
    make_organisation()
    fresh, page, kept = client.head(LIST), client.get(LIST), client.head(LIST)
    assert kept.data == b""
    assert fresh.headers["ETag"] == page.headers["ETag"] == kept.headers["ETag"]
    assert kept.headers["Content-Length"] == page.headers["Content-Length"]


def test_form_of_one_visitor_is_not_given_to_another(client) -> None:
    make_organisation()
    tokens = set()
    for browser in (client.fresh(), client.fresh()):
        page = browser.get("/pl/account/sign-in")
        assert page.headers["Cache-Control"] == "private, no-store"
        tokens.add((page.headers["Set-Cookie"], page.sent.partition('name="csrf_token"')[2][:200]))
    assert len(tokens) == 2


def test_address_that_does_not_exist_yet_is_asked_for_each_time(client) -> None:
    assert client.get("/pl/networks/siec-nowa").status_code == 404
    make_network(slug="siec-nowa")
    assert client.get("/pl/networks/siec-nowa").status_code == 200
