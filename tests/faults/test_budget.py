"""What is larger than a request may be is turned away at the door, in the reader's language, before it is worked on."""

import io

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.exceptions import RequestEntityTooLarge

from portal.face.web.budget import LINES_OF_FIELDS, MAX_FIELDS, MAX_TEXT, REFUSED, most

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


@pytest.mark.parametrize(
    ("path", "megabytes"),
    [
        ("/pl/imports/", 21), ("/pl/imports", 21), ("/bg/imports/", 21), ("/pl/imports/1/start", 8), ("/imports/", 8),
        ("/pl/organisations/new", 8), ("/xx/imports/", 8), ("/", 8), ("/pl/imports//", 8),
        ("/pl/organisations/lipa/documents/new", 11), ("/bg/organisations/lipa/documents/12/edit", 11),
        ("/pl/organisations/lipa/documents", 8), ("/pl/organisations/lipa/documents/12/remove", 8),
        ("/pl/organisations/lipa/documents/12.pdf", 8), ("/pl/organisations/a/b/documents/new", 8),
        ("/organisations/lipa/documents/new", 8), ("/pl/projects/kuznia/documents/new", 11),
        ("/en/projects/kuznia/documents/3/edit", 11), ("/pl/projects/kuznia/documents/3/remove", 8),
        ("/pl/projects/kuznia/records/new", 8),
    ],
)  # fmt: skip
def test_only_the_pages_of_large_files_take_more(client: FlaskClient, path: str, megabytes: int) -> None:
    assert most(path) == megabytes << 20


@pytest.mark.parametrize(("path", "status"), [("/pl/imports/", {302, 303}), ("/pl/account/sign-up", {413})])
def test_large_file_is_let_in_where_it_is_expected(client: FlaskClient, path: str, status: set[int]) -> None:
    body = {"file": (io.BytesIO(b"x" * 9_000_000), "a.csv")}
    assert client.post(path, data=body).status_code in status
    too_large = {"file": (io.BytesIO(b"x" * (22 << 20)), "a.csv")}
    assert client.post(path, data=too_large).status_code == 413


@pytest.mark.parametrize(
    ("path", "limit"), [("/pl/organisations/lipa/documents/new", "11,5 MB"), ("/pl/account/sign-up", "8,4 MB")]
)
def test_page_of_what_the_gateway_refused_says_the_limit_of_that_address(
    client: FlaskClient, path: str, limit: str
) -> None:
    answer = client.post(path, environ_overrides={REFUSED: 413})
    assert answer.status_code == 413
    assert f"Limit dla jednego formularza z plikami to {limit}." in answer.text.replace("\u00a0", " ")
