"""What every response has and every request must have: hosts, origins, sizes, caches, errors in the reader's language."""

import io

import pytest
from flask import Flask

from portal.face.web.addresses import is_safe_path

PUBLIC = ("/pl/", "/bg/organisations", "/en/events", "/pl/news", "/en/networks", "/en/search?q=x")


@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_carries_no_cookie_and_answers_304(client, path: str) -> None:
    first = client.get(path)
    assert first.status_code == 200
    assert "Set-Cookie" not in first.headers
    assert "Cookie" in first.headers["Vary"]
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


@pytest.mark.parametrize("path", PUBLIC)
def test_head_says_what_get_would(client, path: str) -> None:
    """RFC 9110, 9.3.2: whoever asks for the headers alone gets those of the page."""
    page, head = client.get(path), client.head(path)
    assert head.status_code == 200
    assert {name: head.headers[name] for name in ("ETag", "Vary", "Cache-Control")} == {
        name: page.headers[name] for name in ("ETag", "Vary", "Cache-Control")
    }


def test_settings_of_the_look_enter_the_etag(client) -> None:
    plain = client.get("/en/").headers["ETag"]
    client.set_cookie("access", "dark")
    dark = client.get("/en/", headers={"If-None-Match": plain})
    assert dark.status_code == 200


def test_page_with_a_form_is_for_one_person(client) -> None:
    response = client.get("/en/account/sign-in")
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", ["/en/", "/healthz", "/en/none", "/robots.txt"])
def test_every_response_has_the_strict_headers(app: Flask, path: str) -> None:
    response = app.test_client().get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in response.headers
    assert "Strict-Transport-Security" not in response.headers  # the demo speaks http


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_foreign_host_is_refused(app: Flask) -> None:
    assert app.test_client().get("/en/", headers={"Host": "evil.example"}).status_code == 400
    assert app.test_client().get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_post_from_another_site_is_refused(app: Flask, headers: dict[str, str]) -> None:
    assert app.test_client().post("/en/account/sign-in", headers=headers).status_code == 403


def test_form_without_its_token_comes_back_with_everything_typed(client) -> None:
    response = client.post("/pl/account/sign-in", data={"email": "ola@example.org", "password": "x"})
    assert response.status_code == 422
    assert "ola@example.org" in response.text
    assert "Formularz był otwarty zbyt długo" in response.text


@pytest.mark.parametrize(
    ("language", "words"), [("pl", "Nie ma takiej strony"), ("bg", "Няма такава страница"), ("en", "Page not found")]
)
def test_unknown_page_is_404_in_the_language_of_its_address(client, language: str, words: str) -> None:
    response = client.get(f"/{language}/no/such/page")
    assert response.status_code == 404
    assert words in response.text


def test_unknown_language_is_404_in_the_readers_language(client) -> None:
    response = client.get("/de/organisations", headers={"Accept-Language": "bg"})
    assert response.status_code == 404
    assert '<html lang="bg"' in response.text


def test_too_large_request_is_413_and_says_the_limit(client) -> None:
    big = {"email": "a@example.org", "file": (io.BytesIO(b"x" * 9_000_000), "big.png")}
    response = client.post("/pl/account/sign-up", data=big, content_type="multipart/form-data")
    assert response.status_code == 413
    assert "8" in response.text
    assert "MB" in response.text


@pytest.mark.parametrize(
    "hostile",
    ["\x00", "a\x00b", "\u202eabc", "\u200b" * 50, "x" * 10_000, "%s%n", "{{7*7}}", "'; DROP TABLE person; --"],
)
def test_hostile_text_in_the_address_is_never_an_error_of_ours(client, hostile: str) -> None:
    for path in ("/pl/search", "/bg/organisations"):
        response = client.get(path, query_string={"q": hostile, "page": hostile, "region": hostile})
        assert response.status_code in (200, 400, 404), (path, response.status_code)


@pytest.mark.parametrize(
    "path",
    ["/pl/organisations/%00", "/pl/organisations/" + "a" * 5000, "/pl/events/%F0%9F%98%80", "/pl/news/..%2f..%2fetc"],
)
def test_hostile_path_is_404(client, path: str) -> None:
    assert client.get(path).status_code in (308, 404)


@pytest.mark.parametrize("target", ["/pl/account", "/bg/organisations?q=a&page=2"])
def test_own_path_is_safe_to_be_sent_to(target: str) -> None:
    assert is_safe_path(target)


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/pl\n/x",
        "\\\\evil",
        "pl/account",
        "///evil.example",
    ],
)
def test_other_targets_are_not_safe(target: str | None) -> None:
    assert not is_safe_path(target)


def test_language_switch_keeps_page_and_filters(client) -> None:
    text = client.get("/pl/organisations?region=PL-10&page=1").text
    assert 'href="/bg/organisations?region=PL-10&amp;page=1"' in text
