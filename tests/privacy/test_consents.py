"""Consents: given in known words, never edited, withdrawn at once, and gone with the person."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import services as accounts
from portal.ground.authz import PORTAL, NotAllowed
from portal.ground.db import db, transaction
from portal.ground.errors import Conflict
from portal.membership import queries, services
from portal.membership.words import CONSENT
from portal.privacy import consents
from portal.privacy.consents import Consent, Purpose, hash_of
from portal.words.i18n import LANGUAGES, in_language
from portal.words.vocabularies import vocabulary
from tests.factories.networks import make_network
from tests.factories.people import make_administrator, make_person

WHO = "koordynacja@example.org"

# The words of each version, by their hash. Other words are another version: raise it, and add its line here.
KNOWN = {
    ("public-profile", 1): {
        "pl": "04ad0ff2b98fb82f6341e6ea24876373556a5924a678b84a7a7e0e6771d301f3",
        "bg": "4beb13af77aa8e476dafcdd2c5e79ec57c616ec779f0cad310dbe58a22285664",
        "en": "341b4c466da32d4f96fa500284e27d3118929d5f9b671e45f1c76d5d87dcc5e4",
    },
}


def rows() -> list[Consent]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Consent).order_by(Consent.id)))


def test_words_of_a_version_never_change() -> None:
    for text in (CONSENT,):
        for language in LANGUAGES:
            with in_language(language):
                assert hash_of(str(text.words)) == KNOWN[text.purpose, text.version][language], language


def test_purposes_are_those_of_the_vocabulary() -> None:
    assert [str(one) for one in Purpose] == [term.code for term in vocabulary("consent_purpose")]


def test_address_is_public_from_the_consent_to_its_withdrawal(app: Flask, client, as_person) -> None:
    person = make_person("Koordynacja Sieci", WHO)
    network = make_network(coordinators=(person,))
    public = f"/en/networks/{network.slug}"
    assert WHO not in client.get(public).text
    browser = as_person(person)
    browser.follow(browser.submit(f"{public}/contact"))
    assert WHO in client.get(public).text
    (given,) = rows()
    assert (given.purpose, given.version, given.lang, given.about) == (
        "public-profile", 1, "en", f"network:{network.id}",
    )  # fmt: skip
    with in_language("en"):
        assert given.words_hash == hash_of(str(CONSENT.words))
    answer = browser.follow(browser.submit("/en/account/consents", button=f"withdraw={given.id}"))
    assert "Consent withdrawn." in answer.text
    assert WHO not in client.get(public).text
    assert rows()[0].withdrawn_at is not None


def test_consent_is_given_once_and_anew_after_it_was_withdrawn(app: Flask) -> None:
    person = make_person("Koordynacja Sieci", WHO)
    network = make_network(coordinators=(person,))
    services.show_address(network, by=person)
    services.show_address(network, by=person)
    (first,) = rows()
    consents.withdraw(first.id, by=person)
    services.show_address(network, by=person)
    assert [row.withdrawn_at is None for row in rows()] == [False, True]


def test_nobody_withdraws_or_gives_for_somebody_else(app: Flask) -> None:
    person, other = make_person("Koordynacja Sieci", WHO), make_person()
    network = make_network(coordinators=(person,))
    services.show_address(network, by=person)
    (given,) = rows()
    with pytest.raises(Conflict):
        consents.withdraw(given.id, by=other)
    for stranger in (other, make_administrator()):
        with pytest.raises(NotAllowed):
            services.show_address(network, by=stranger)
    assert rows()[0].withdrawn_at is None


def test_consent_ends_with_the_role(app: Flask) -> None:
    person, second = make_person("Koordynacja Sieci", WHO), make_person()
    network = make_network(coordinators=(person, second))
    services.show_address(network, by=person)
    role = next(role for role, holder in queries.coordinator_roles(network.id) if holder.id == person.id)
    services.end_coordinator(role, by=PORTAL)
    assert rows()[0].withdrawn_at is not None
    with transaction():
        services.grant_coordinator(network.slug, WHO, by=PORTAL)
    assert (person.name, "") in queries.coordinators_named(network.id)


def test_consents_go_with_the_person(app: Flask) -> None:
    person, second = make_person("Koordynacja Sieci", WHO), make_person()
    network = make_network(coordinators=(person, second))
    services.show_address(network, by=person)
    accounts.erase_person(person.id, by=PORTAL)
    assert rows() == []


def test_objection_to_mail_outlasts_the_person_and_names_nobody(app: Flask) -> None:
    from portal.mail import Frequency, Kind, preferences
    from portal.mail.preferences import How, MailPreference

    person = make_person("Ewa Odchodząca", WHO)
    accounts.choose_mails(WHO, {Kind.TASKS: Frequency.NEVER}, how=How.ACCOUNT)
    accounts.erase_person(person.id, by=PORTAL)
    assert preferences.refusing(Kind.TASKS, [WHO]) == {WHO}
    assert "koordynacja" not in str(db.session.execute(sa.select(MailPreference.__table__)).all())
