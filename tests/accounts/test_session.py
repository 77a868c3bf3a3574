"""Who is here: the person of a request, with a type that everybody can rely on."""

import pytest

from portal.accounts import session as sessions
from portal.accounts.forms import PasswordForm
from portal.accounts.queries import account_of
from portal.ground.authz import NotAllowed
from tests.factories.people import make_person


def test_nobody_is_no_person_and_may_not_act(app):
    with app.test_request_context("/pl/"):
        assert sessions.current_person() is None
        with pytest.raises(NotAllowed):
            sessions.signed_in_person()


def test_signed_in_person_is_the_one_of_the_session(app):
    person = make_person(email="wanda@example.org")
    with app.test_request_context("/pl/", method="POST"):
        sessions.begin(account_of(person), stay=False)
        assert sessions.signed_in_person() == sessions.current_person() == person


def test_text_that_nobody_typed_is_empty_and_not_nothing(app):
    with app.test_request_context("/pl/"):
        assert PasswordForm(formdata=None).password.data == ""
