"""An address is written to as it was typed, and found however it is spelt."""

import pytest
import sqlalchemy as sa

from portal.accounts import queries, services
from portal.accounts.models import Account, Person
from portal.ground.db import db
from portal.ground.errors import Refusal
from portal.mail import Mail, MailState
from tests.factories.people import PASSWORD, make_account, make_person

SIGN_UP = {"name": "Wanda Próbna", "password": PASSWORD}
UNREACHABLE = "Portal nie może wysyłać wiadomości"


def test_mail_goes_to_the_domain_that_was_typed_and_never_to_one_that_looks_alike(client, mail_catcher, outbox):
    client.submit("/pl/account/sign-up", {**SIGN_UP, "email": "Biuro@faß.example"})
    (message,) = outbox.deliver()
    assert message["To"] == "Biuro@xn--fa-hia.example"
    assert mail_catcher.recipients == [["Biuro@xn--fa-hia.example"]]
    stranger = client.fresh()
    stranger.submit(outbox.paths(message)[0], {"password": PASSWORD})
    account = queries.account_by_email("biuro@xn--fa-hia.example")
    assert account is not None and account.address == account.person.address == "Biuro@faß.example"
    assert queries.account_by_email("biuro@fass.example") is None


def test_whoever_has_the_domain_that_looks_alike_has_an_account_of_their_own(app):
    first, second = make_account("Ewa", "biuro@faß.example"), make_account("Iwo", "biuro@fass.example")
    assert first.person_id != second.person_id
    assert queries.account_by_email("BIURO@FASS.example").id == second.id


def test_the_own_address_stands_on_the_page_as_it_was_typed(as_person):
    page = as_person(make_person(email="Wanda.Próbna@Example.org".replace("ó", "o"))).get("/pl/account/")
    assert "Wanda.Probna@Example.org" in page.text


@pytest.mark.parametrize("typed", ["WANDA@example.org", "Wanda@EXAMPLE.org", "  wanda@example.org"])
def test_any_spelling_signs_in(client, typed):
    make_person(email="Wanda@example.org")
    assert client.submit("/pl/account/sign-in", {"email": typed, "password": PASSWORD}).status_code == 303


def test_a_second_account_for_another_spelling_is_refused(app):
    make_person(email="Wanda@example.org")
    with pytest.raises(Refusal):
        make_person(email="wanda@Example.org")
    for model in (Person, Account):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 1


@pytest.mark.parametrize(("path", "more"), [("sign-up", SIGN_UP), ("password/forgotten", {})])
def test_an_address_that_no_mail_reaches_is_refused_in_the_form(client, path, more, count):
    answer = client.submit(f"/pl/account/{path}", {**more, "email": "żuk@example.org"})
    assert answer.status_code == 422
    assert UNREACHABLE in answer.text.replace("\xa0", " ")
    assert 'value="żuk@example.org"' in answer.text
    assert count(Mail) == 0


def test_the_console_refuses_it_too(app):
    with pytest.raises(Refusal):
        services.create_person(address="żuk@example.org", name="Żuk", locale="pl")


def test_it_is_taken_where_the_mail_server_takes_it(client, settings, mail_catcher, outbox):
    settings(smtp_utf8=True)
    client.submit("/pl/account/sign-up", {**SIGN_UP, "email": "żuk@example.org"})
    outbox.deliver()
    assert mail_catcher.recipients == [["żuk@example.org"]]
    assert db.session.scalars(sa.select(Mail.state)).one() == MailState.SENT
