"""The logo: described or decorative, small enough, a picture; and gone when it is removed."""

import dataclasses
import io
import re
from typing import Any

import pytest

from portal.face.media import File
from portal.ground.config import CONFIG
from portal.ground.db import db
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.support.processes import free_port

LOGO = "/en/organisations/lipa/logo"


def picture(kind: str = "PNG") -> Any:
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (400, 300), "#8a1538").save(stream, kind)
    return io.BytesIO(stream.getvalue()), "logo.png"


@pytest.fixture
def browser(app: Any, as_person: Any) -> Any:
    return as_person(make_member(make_organisation(name="Lipa"), "editor"))


def test_logo_stands_on_the_profile_with_its_words(browser: Any, client: Any) -> None:
    assert browser.submit(LOGO, {"picture": picture(), "alt": "Liść lipy"}).status_code == 303
    page = client.get("/pl/organisations/lipa").text
    assert 'alt="Liść lipy"' in page and "/media/" in page
    assert 'alt=""' in client.get("/pl/organisations").text  # the name stands beside it


def test_logo_without_words_is_refused(browser: Any) -> None:
    answer = browser.submit(LOGO, {"picture": picture(), "alt": "", "decorative": None})
    assert answer.status_code == 422
    assert "Describe the picture in one sentence or mark it as decorative." in answer.text


def test_decorative_logo_needs_no_words(browser: Any, client: Any) -> None:
    assert browser.submit(LOGO, {"picture": picture(), "alt": "", "decorative": "y"}).status_code == 303
    assert 'alt=""' in client.get("/pl/organisations/lipa").text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot read this picture"),
        (b"x" * 5_000_001, "the limit is 5 MB"),
    ],
)
def test_file_that_is_no_picture_or_too_large_is_refused(browser: Any, content: bytes, sentence: str) -> None:
    answer = browser.submit(LOGO, {"picture": (io.BytesIO(content), "logo.png"), "alt": "Liść"})
    assert answer.status_code == 422
    assert sentence in answer.text.replace("\xa0", " ")
    assert "Liść" in answer.text


def test_object_store_away_is_503_with_a_time_and_keeps_the_words(
    app: Any, browser: Any, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.submit(LOGO, {"picture": picture(), "alt": "Liść lipy"})
    address = re.search(r'/media/[^"]+', client.get("/pl/organisations/lipa").text)
    assert address is not None
    away = {"ENDPOINT": f"http://127.0.0.1:{free_port()}", "REGION": "x", "ACCESS_KEY_ID": "x"}
    for name, value in {**away, "SECRET_ACCESS_KEY": "x"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    config = CONFIG.of(app)
    monkeypatch.setitem(app.extensions, "portal.config", dataclasses.replace(config, media_url="s3://bucket/media"))
    shown = client.get(address[0])
    assert (shown.status_code, shown.headers["Retry-After"]) == (503, "60")
    answer = browser.submit(LOGO, {"picture": picture("JPEG"), "alt": "Liść klonu"})
    assert answer.status_code == 503 and "Liść klonu" in answer.text and "Retry-After" in answer.headers


def test_much_too_large_file_is_answered_with_the_limit(browser: Any) -> None:
    answer = browser.submit(LOGO, {"picture": (io.BytesIO(b"x" * 9_000_000), "logo.png"), "alt": "Liść"})
    assert answer.status_code == 413


def test_former_logo_is_forgotten(browser: Any) -> None:
    browser.submit(LOGO, {"picture": picture(), "alt": "Liść"})
    browser.submit(LOGO, {"picture": picture("GIF"), "alt": "Inny liść"})
    assert db.session.query(File).count() == 1
    assert browser.submit(LOGO, {}, action="/en/organisations/lipa/logo/remove").status_code == 303
    assert db.session.query(File).count() == 0


def test_words_alone_can_be_changed(browser: Any) -> None:
    browser.submit(LOGO, {"picture": picture(), "alt": "Liść"})
    assert browser.submit(LOGO, {"alt": "Liść lipy"}).status_code == 303
    from portal.organisations import queries

    organisation = queries.by_slug("lipa")
    assert organisation is not None and organisation.logo_alt is not None
    assert fresh(organisation).logo_alt.source == "Liść lipy"
