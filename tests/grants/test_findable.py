"""Public calls stand in the site map in the languages that they have, and their documents can be made anew."""

import pytest
import sqlalchemy as sa

from portal.grants import services
from portal.grants.findable import pages
from portal.grants.models import KIND
from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.derived import renew
from portal.words.search import search
from tests.factories.grants import make_call

pytestmark = pytest.mark.usefixtures("app")


def found() -> list[str]:
    return [hit.url for hit in search("altana", lang="pl", kinds=[KIND]).items]


def test_the_site_map_has_public_calls_in_their_languages_only() -> None:
    call = make_call(title="Altana")
    make_call(title="Szkic altany", status="draft")
    texts = {**services.read_call(call, "bg"), "title": "Беседка"}
    services.update_call(call, language="bg", version=call.row_version, by=PORTAL, **texts)
    (page,) = pages(range(1, 100))
    assert (page.path, [*page.languages]) == ("grants/altana", ["pl", "bg"])


def test_documents_of_calls_are_made_anew() -> None:
    call = make_call(title="Altana")
    make_call(title="Druga altana", status="draft")
    with transaction() as session:
        session.execute(sa.text("DELETE FROM search_document"))
        session.execute(sa.text("DELETE FROM search_order"))
    assert found() == []
    renewed = renew(services.INDEX)
    assert renewed.rows == 2 and not renewed.failed and found() == [f"grants/{call.slug}"]


def test_documents_of_what_is_gone_go_too() -> None:
    make_call(title="Altana")
    with transaction() as session:
        session.execute(sa.text("DELETE FROM grant_call"))
    renew(services.INDEX)
    assert found() == []
