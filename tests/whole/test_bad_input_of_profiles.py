"""What people type wrong about organisations: each gets a sentence that says what to do, and no row anywhere changes."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.ground.authz import PORTAL
from portal.ground.db import db
from portal.organisations import queries as organisations
from portal.organisations import services
from portal.organisations.models import Organisation
from tests.factories.documents import PDF
from tests.factories.networks import make_network
from tests.factories.organisations import make_organisation
from tests.factories.people import make_administrator, make_person
from tests.factories.trust import make_claim, make_group, make_voucher
from tests.support.client import CheckedClient
from tests.support.workbooks import bomb, lying_bomb

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
LIPA = "/en/organisations/lipa"
# What every request may write: who is here, and how often somebody tried.
BESIDE = {"limit_hit", "session", "account", "account_session", "sign_in"}


def lipa(owner: Any) -> Any:
    make_organisation(owner, name="Lipa")
    return owner


def with_nine_names(owner: Any) -> Any:
    organisation = make_organisation(owner, name="Lipa")
    for number in range(1, services.MOST_NAMES):
        services.add_name(organisation, by=PORTAL, kind="alias", text=f"Lipka {number}")
    return owner


def a_tenth_name() -> None:
    """By somebody else, while the page with nine is open; a page with ten has no form."""
    organisation = organisations.by_slug("lipa")
    assert organisation is not None
    services.add_name(organisation, by=PORTAL, kind="alias", text="Lipka dziesiąta")


def nothing() -> None:
    """Nobody does anything meanwhile."""


def beside_a_double(owner: Any) -> Any:
    make_organisation(name="Koło Żurawi", town="Łęczyca")
    return lipa(owner)


def merged(owner: Any) -> Any:
    lipa(owner)
    make_organisation(owner, name="Klon", country="BG", language="bg")
    return owner


def claimed(owner: Any) -> Any:
    make_claim(make_organisation(owner, name="Lipa"), make_person())
    return make_person()


def member(owner: Any) -> Any:
    """Somebody whose organisation could vouch, in a group of their own."""
    person, _via = make_voucher()
    make_group(person, name="Lipa")
    return person


def coordinator(owner: Any) -> Any:
    make_network(coordinators=(owner,))
    return owner


@dataclass(frozen=True)
class Case:
    """What is typed on which page, by whom, and the sentences that answer it."""

    page: str
    typed: dict[str, Any]
    says: tuple[str, ...]
    who: Callable[[Any], Any] = lipa
    status: int = 422
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    meanwhile: Callable[[], None] = nothing


NUMBERS, WHO = f"{LIPA}/edit/numbers", f"{LIPA}/edit/who"
CASES = {
    "a KRS typed as NIP": Case(NUMBERS, {"nip": "0000123456"}, ("This looks like a KRS number. Enter it in the field",)),
    "a NIP typed as KRS": Case(NUMBERS, {"krs": "5260001246"}, ("This looks like a NIP. Enter it in the field",)),
    "a number of another scheme": Case(NUMBERS, {"regon": "5260001246"}, ("This looks like a NIP.",)),
    "a number of the other country": Case(
        NUMBERS, {"nip": "121112103"}, ("An organisation in Poland enters its Polish numbers here.",)
    ),
    "letters for digits": Case(NUMBERS, {"nip": "526OOO1246"}, ("Enter the digits again.",)),
    "letters that look alike": Case(WHO, {"name": "Fundаcja Lipa"}, ("Type it again on one keyboard layout",)),
    "the name of another": Case(
        WHO, {"name": "kolo zurawi"}, ("Koło Żurawi (Łęczyca)", "ask its people for an invitation"), beside_a_double,
    ),
    "ten other names": Case(
        f"{LIPA}/edit/names", {"text": "Lipinka", "kind": "alias"}, ("Remove one that nobody uses any more.",),
        with_nine_names, meanwhile=a_tenth_name,
    ),
    "another name that another has": Case(
        f"{LIPA}/edit/names", {"text": "Koło Żurawi", "kind": "short"}, ("Koło Żurawi (Łęczyca)",), beside_a_double,
    ),
    "an account of another country": Case(
        f"{LIPA}/edit/support", {"iban": "DE89370400440532013000"}, ("This account is in another country. Enter the account",)
    ),
    "a merge with itself": Case(f"{LIPA}/merge", {"other": "lipa"}, ("same profile",), status=409),
    "a merge across the border": Case(f"{LIPA}/merge", {"other": "klon"}, ("countr",), merged, status=409),
    "a second claim": Case(
        f"{LIPA}/claim", {"method": "explanation", "evidence": "Prowadzę to od roku."}, ("Somebody else has asked",), claimed,
        status=409,
    ),
    "a vouch that one asks of oneself": Case(
        f"{LIPA}/trust/vouches", {"email": "self"}, ("Ask somebody of another organisation",), member,
    ),
    "a document that is a page": Case(
        f"{LIPA}/documents/new", {"kind": "statute", "title_pl": "Statut"}, ("Something else is hidden",),
        files={"file": (PDF + b"<script>alert(1)</script>", "statut.pdf")},
    ),
    "a document that is a program": Case(
        f"{LIPA}/documents/new", {"kind": "statute", "title_pl": "Statut"}, ("not a PDF file",),
        files={"file": (b"MZ\x90\x00" * 100, "statut.pdf")},
    ),
    "a list that is a bomb": Case(
        "/en/imports/", {"source": "Gmina", "language": "pl"}, ("Unpacked, the workbook is larger than 50",), coordinator,
        files={"file": (bomb(51), "lista.xlsx")},
    ),
    "a list that lies about its size": Case(
        "/en/imports/", {"source": "Gmina", "language": "pl"}, ("workbook",), coordinator,
        files={"file": (lying_bomb(51), "lista.xlsx")},
    ),
    "a list in broken letters": Case(
        "/en/imports/", {"source": "Gmina", "language": "pl"}, ("letters",), coordinator,
        files={"file": (b"\xef\xbb\xbfNazwa;Forma\nK\xb3\xffo;x", "lista.csv")},
    ),
}  # fmt: skip


def everything() -> dict[str, list[str]]:
    """Every row of every table, but for what stands beside."""
    db.session.rollback()
    tables = set(sa.inspect(db.engine).get_table_names()) - BESIDE
    rows = {one: [str(tuple(row)) for row in db.session.execute(sa.text(f'SELECT * FROM "{one}"'))] for one in tables}
    db.session.rollback()
    return rows


@pytest.mark.parametrize("name", CASES)
def test_wrong_input_gets_a_sentence_and_changes_nothing(app: Flask, as_person: Any, name: str) -> None:
    case = CASES[name]
    make_administrator()
    person = case.who(make_person())
    browser: CheckedClient = as_person(person)
    page = browser.get(case.page)
    assert page.status_code == 200
    case.meanwhile()
    before = everything()
    typed = {key: str(person.email) if value == "self" else value for key, value in case.typed.items()}
    sent = typed | {key: (io.BytesIO(data), called) for key, (data, called) in case.files.items()}
    answer = browser.submit(page, sent)
    assert answer.status_code == case.status
    told = answer.text.replace("\xa0", " ")
    for sentence in case.says:
        assert sentence in told
    for value in typed.values():
        assert value in told or len(value) > 40  # nothing that was typed is lost
    after = everything()
    assert {table: after[table] for table in after if after[table] != before[table]} == {}


def test_a_change_anywhere_is_seen(app: Flask) -> None:
    before = everything()
    make_organisation()
    after = everything()
    changed = {table for table in after if after[table] != before[table]}
    assert {Organisation.__tablename__, "audit_entry", "revision"} <= changed
