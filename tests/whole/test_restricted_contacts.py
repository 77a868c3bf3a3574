"""No page, file or feed that a visitor can reach names a contact that is not for everybody."""

import html
import io
import zipfile
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import demo
from portal.ground.db import db
from portal.organisations.models import Contact, Organisation, Visibility
from portal.pages import queries
from tests.factories.organisations import make_organisation
from tests.support.client import CheckedClient
from tests.support.sweep import Sweep

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
FILES = ("csv", "xlsx", "json", "jsonld")


def content(data: bytes) -> str:
    """What is in an answer, a workbook unpacked."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"".join(map(packed.read, packed.namelist()))
    return data.decode("utf-8", "replace")


class Listening:
    """A browser that remembers who told what."""

    def __init__(self, browser: CheckedClient, secrets: set[str]) -> None:
        self.browser, self.secrets = browser, secrets
        self.opened: list[str] = []
        self.told: dict[str, list[str]] = {}

    def get(self, address: str) -> Any:
        answer = self.browser.get(address)
        self.opened.append(address)
        text = html.unescape(content(answer.data))
        if found := sorted(secret for secret in self.secrets if secret in text):
            self.told[address] = found
        return answer


def secrets() -> set[str]:
    """Addresses and numbers of the demo that are not for everybody, unless another organisation or the portal shows the same."""
    rows = db.session.execute(sa.select(Contact.value, Contact.visibility)).all()
    public = {value for value, visibility in rows if visibility == Visibility.PUBLIC}
    own = queries.operator()
    known = own.address if own else ""
    return {value for value, _visibility in rows if len(value) > 5 and value not in known} - public


def test_nothing_that_a_visitor_opens_names_a_contact_for_others(app: Flask, client: CheckedClient) -> None:
    demo.load()
    hidden = secrets()
    assert len(hidden) > 10
    browser, sweep = Listening(client, hidden), Sweep(app)
    for language in ("pl", "bg", "en"):
        start = [f"/{language}/", f"/{language}/organisations", *(f"/{language}/organisations.{one}" for one in FILES)]
        sweep.walk("visitor", browser, start)
    slugs = db.session.scalars(sa.select(Organisation.slug)).all()
    for slug in slugs:
        for page in ("", "/card", "/write", "/claim"):
            browser.get(f"/bg/organisations/{slug}{page}")
    for address in ("/sitemap.xml", "/pl/news.atom"):
        browser.get(address)
    assert len(browser.opened) > 300 and len(slugs) > 40
    assert browser.told == {}


def test_contact_that_is_told_is_seen(app: Flask, client: CheckedClient) -> None:
    make_organisation(name="Lipa", contacts=[("email", "biuro@lipa.example.org", "public")])
    browser = Listening(client, {"biuro@lipa.example.org"})
    browser.get("/en/organisations/lipa")
    assert browser.told == {"/en/organisations/lipa": ["biuro@lipa.example.org"]}
