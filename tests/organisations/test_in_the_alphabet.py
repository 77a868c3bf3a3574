"""The alphabet of a reader on every page and file of the directory: Ć follows all of C, Cyrillic comes first in Bulgarian."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from portal.ground import clock
from portal.organisations.services import BulkRow, bulk_create
from portal.words.i18n import Localized

pytestmark = pytest.mark.both_engines  # the order is made by SQL, of keys that Python has written
VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "collation_vectors.csv"


def in_order(language: str) -> list[str]:
    with VECTORS.open(encoding="utf-8", newline="") as stream:
        return [row["text"] for row in csv.DictReader(stream) if row["locale"] == language]


@pytest.fixture
def towns(app: Any) -> None:
    """An organisation of every name of the vectors, in the order of their bytes."""
    bulk_create(
        BulkRow(
            name=Localized.of("bg" if re.search("[а-я]", name) else "pl", name), summary=Localized(),
            description=Localized(), legal_form="pl-assoc", town="Łódź", region="PL-10", themes=("1",),
            published_at=clock.now(),
        )
        for name in sorted(in_order("pl"))
    )  # fmt: skip


@pytest.mark.usefixtures("towns")
@pytest.mark.parametrize("language", ["pl", "bg", "en"])
def test_every_town_of_the_vectors_stands_where_its_reader_looks_for_it(client: Any, language: str) -> None:
    expected = in_order(language)
    assert expected != sorted(expected)
    pages = [client.get(f"/{language}/organisations?page={number}").text for number in (1, 2)]
    shown = [
        re.sub("<[^>]*>", "", name) for name in re.findall(r"<h3[^>]*><a href=[^>]*>(.*?)</a></h3>", "".join(pages))
    ]
    assert [name.replace("\xa0", " ") for name in shown] == expected
    text = client.get(f"/{language}/organisations.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter="," if language == "en" else ";"))[1:]
    assert [next(cell for cell in row if cell in expected) for row in rows] == expected
