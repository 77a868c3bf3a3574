"""Documents in the demo: a profile with papers for everybody and for few, one with a single paper, and the rest with none."""

from collections.abc import Sequence
from typing import Any

from portal.accounts.demo import Cast
from portal.declaration import Demo
from portal.documents import services
from portal.organisations.models import Organisation

POLISH, BULGARIAN = "Stowarzyszenie Pracownia Sąsiedzka", "Клуб „Открита общност“"
_A4 = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>"
_LONG = "Uchwała w sprawie przyjęcia standardów ochrony małoletnich w działaniach stowarzyszenia i u jego podwykonawców"

DOCUMENTS: dict[str, Sequence[dict[str, Any]]] = {
    POLISH: (
        {"kind": "statute", "language": "pl", "year": 2019},
        {
            "kind": "annual-report", "language": "pl", "year": 2025, "title_pl": "Sprawozdanie z działalności za 2025 rok",
            "title_en": "Report on our work in 2025", "title_bg": "Отчет за дейността ни през 2025 година",
        },
        {"kind": "financial-report", "language": "pl", "year": 2025, "visibility": "registered"},
        {"kind": "child-protection", "language": "pl", "title_pl": _LONG},
        {"kind": "easy-read", "language": "pl", "title_pl": "O nas łatwym językiem"},
        {
            "kind": "other", "language": "en", "year": 2026, "visibility": "network",
            "title_en": "How we run small grants: notes for members",
        },
        {
            "kind": "other", "language": "pl", "year": 2026, "visibility": "private",
            "title_pl": "Protokół z zebrania zarządu",
        },
    ),
    BULGARIAN: ({"kind": "statute", "language": "bg", "year": 2021},),
}  # fmt: skip


def paper(strips: int) -> bytes:
    """A page of A4 with strips of colour on it, as small as a PDF can be that every reader opens."""
    drawn = b"\n".join(
        b"0.%d 0.%d 0.3 rg 60 %d 475 12 re f" % (place % 9, 9 - place % 9, 760 - 24 * place) for place in range(strips)
    )
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", _A4,
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
    )  # fmt: skip
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(parts) + 1, table)
    return made + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(made))


def load(cast: Cast) -> None:
    keeper = cast.people["keeper"]
    nothing = {"year": None, "visibility": "public", "title_pl": "", "title_bg": "", "title_en": ""}
    for name, told in DOCUMENTS.items():
        for place, values in enumerate(told, start=3):
            services.add(cast.the(Organisation, name), by=keeper, file=paper(place), **{**nothing, **values})


DEMO = Demo(load=load)
