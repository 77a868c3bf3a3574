"""A profile elsewhere: the card in a frame, the picture, the QR code, and that nothing else is exempt from our headers."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from portal.face.web.security import EXEMPT, PLAIN_POLICY
from portal.organisations import services
from tests.factories.organisations import fresh, make_member, make_organisation
from tests.factories.people import make_person
from tests.support import markup

PORTAL = Path(__file__).resolve().parents[2] / "portal"


def with_logo() -> tuple[Any, Any]:
    owner = make_person()
    organisation = make_organisation(owner, name="Koło „Lipa” <b>", summary="Sadzimy drzewa.")
    stream = io.BytesIO()
    Image.new("RGB", (300, 300), "green").save(stream, "PNG")
    services.set_logo(organisation, by=owner, picture=stream.getvalue(), alt="Lipa", decorative=False)
    return fresh(organisation), owner


def test_the_card_may_stand_in_frames_and_sets_nothing_and_runs_nothing(app: Flask, client: Any) -> None:
    organisation, _owner = with_logo()
    card = client.get(f"/pl/organisations/{organisation.slug}/card")
    assert card.status_code == 200
    policy = card.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert policy.replace("frame-ancestors *", "frame-ancestors 'none'") == PLAIN_POLICY
    assert "X-Frame-Options" not in card.headers
    assert "Set-Cookie" not in card.headers
    assert "<script" not in card.text
    assert "<form" not in card.text
    outside = [url for url in re.findall(r'(?:src|href)="([^"]+)"', card.text) if "//" in url]
    assert {url.partition("/pl/")[2] for url in outside} == {f"organisations/{organisation.slug}"}
    assert 'target="_top"' in card.text
    assert "Koło „Lipa” &lt;b&gt;" in card.text
    assert not markup.problems(card.text, card.request.path)


def test_the_card_is_the_same_for_everybody(app: Flask, client: Any, as_person: Any) -> None:
    organisation, owner = with_logo()
    path = f"/en/organisations/{organisation.slug}/card"
    assert as_person(owner).get(path).text == client.get(path).text


def test_the_picture_of_the_card_may_stand_on_other_sites(app: Flask, client: Any) -> None:
    organisation, _owner = with_logo()
    picture = client.get(f"/pl/organisations/{organisation.slug}/card/picture")
    assert picture.status_code == 200
    assert picture.mimetype == "image/webp"
    assert picture.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "frame-ancestors *" not in picture.headers["Content-Security-Policy"]
    plain = make_organisation()
    assert client.get(f"/pl/organisations/{plain.slug}/card/picture").status_code == 404


@pytest.mark.parametrize("status", ["draft", "pending", "hidden", "suspended"])
@pytest.mark.unsound("a profile that waits has no review here")
def test_what_is_not_public_has_no_card_for_anybody(app: Flask, as_person: Any, status: str) -> None:
    owner = make_person()
    organisation = make_organisation(owner, status=status)
    for part in ("card", "card/picture", "qr.svg"):
        answer = as_person(owner).get(f"/pl/organisations/{organisation.slug}/{part}")
        assert answer.status_code == 404
        assert "frame-ancestors *" not in answer.headers["Content-Security-Policy"]


def test_the_qr_code_is_a_picture_of_the_address_in_the_language_of_the_page(app: Flask, client: Any) -> None:
    organisation = make_organisation()
    codes = {lang: client.get(f"/{lang}/organisations/{organisation.slug}/qr.svg") for lang in ("pl", "bg")}
    assert {code.mimetype for code in codes.values()} == {"image/svg+xml"}
    assert codes["pl"].text != codes["bg"].text
    assert "<script" not in codes["pl"].text
    from portal.face.qr import qr_path
    from portal.ground.config import CONFIG

    with app.app_context():
        _size, path = qr_path(f"{CONFIG.get().base_url}/bg/organisations/{organisation.slug}")
    assert f'd="{path}"' in codes["bg"].text
    page = client.get(f"/bg/organisations/{organisation.slug}").text
    assert f"/bg/organisations/{organisation.slug}/qr.svg" in page


def test_its_people_find_the_html_to_copy_and_others_do_not(app: Flask, as_person: Any) -> None:
    organisation, owner = with_logo()
    path = f"/en/organisations/{organisation.slug}/share"
    page = as_person(owner).get(path).text
    assert "&lt;iframe" in page
    assert f"/en/organisations/{organisation.slug}/card/picture" in page
    assert "&amp;lt;b&amp;gt;" in page  # the name stays a text in the page of the owner and in that of others
    assert as_person(make_member(organisation, "translator")).get(path).status_code == 403


def test_nothing_outside_the_one_list_is_exempt_from_the_policy(app: Flask, client: Any) -> None:
    """The list stands beside the policy of headers, and no other module says such words."""
    rules = {str(rule): rule.endpoint for rule in app.url_map.iter_rules()}
    assert [rules[one] for one in EXEMPT] == ["organisations.card", "organisations.card_picture", "projects.card"]
    assert {name for rules in EXEMPT.values() for name in rules} == {
        "Content-Security-Policy", "Cross-Origin-Resource-Policy",
    }  # fmt: skip
    saying = [
        path.relative_to(PORTAL).as_posix()
        for path in PORTAL.rglob("*.py")
        if re.search(r"frame-ancestors|\"cross-origin\"|Cross-Origin-Resource-Policy", path.read_text("utf-8"))
    ]
    assert saying == ["face/web/security.py"]
    organisation = make_organisation()
    for path in ("/pl/", f"/pl/organisations/{organisation.slug}", "/pl/organisations", "/healthz"):
        answer = client.get(path)
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
