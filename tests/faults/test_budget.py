"""What is larger than a request may be is turned away at the door, in the reader's language, before it is worked on."""

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.exceptions import RequestEntityTooLarge

from portal.face.web.budget import LINES_OF_FIELDS, MAX_FIELDS, MAX_TEXT

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
PAGE = "/pl/account/sign-up"
BODIES = {
    "one long field": b"email=" + b"a" * MAX_TEXT,
    "many fields": b"&a=" * (MAX_TEXT // 3 - 1),
    "one field too many": b"a=1&" * MAX_FIELDS,
    "nothing but signs": b"&" * (7 << 20),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_large_form_is_answered_with_the_limit(client: FlaskClient, body: bytes) -> None:
    answer = client.post(PAGE, data=body, content_type=LINES_OF_FIELDS)
    assert answer.status_code == 413
    assert "Limit dla jednego formularza z plikami to 2,1 MB." in answer.text.replace("\u00a0", " ")


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_large_form_is_not_parsed(app: Flask, body: bytes) -> None:
    with app.test_request_context(PAGE, method="POST", data=body, content_type=LINES_OF_FIELDS):
        with pytest.raises(RequestEntityTooLarge):
            app.preprocess_request()
        assert "form" not in vars(request)


def test_form_of_the_largest_size_is_read(client: FlaskClient) -> None:
    body = b"a=1&" * (MAX_FIELDS - 1) + b"name=" + b"x" * 1000
    assert client.post(PAGE, data=body, content_type=LINES_OF_FIELDS).status_code == 422
