"""Kinds of pages of micro-grants."""

from tests.browser.kind import Kind

OPEN, CLOSED = "grants/mikrogranty-2027-ziemia-lodzka", "grants/mikrogranty-2026-pierwsza-edycja"
DRAFT, ASKED = "grants/mikrogranty-2027-edycja-jesienna", "grants/selska-initsiativa-2027"
WORKSHOP = "organisations/stowarzyszenie-pracownia-sasiedzka"

GRANTS = [
    Kind("grants", "grants"),
    Kind("grants-filtered", "grants?phase=open&region=PL-10"),
    Kind("grants-none", "grants?phase=announced&region=PL-10"),
    Kind("call", OPEN),
    Kind("call-may-we", f"{OPEN}?who=group-with-patron&place=100103&amount=2980"),
    Kind("call-may-we-not", f"{OPEN}?who=group&place=elsewhere&amount=9000"),
    Kind("call-closed", CLOSED),
    Kind("call-bulgarian", ASKED),
    Kind("call-draft", DRAFT, "owner"),
    Kind("grants-mine", "grants/mine", "owner"),
    Kind("programme-new", f"{WORKSHOP}/programmes/new", "owner"),
    Kind(
        "programme-new-errors", f"{WORKSHOP}/programmes/new", "owner",
        sends={"title": "", "starts_on": "2026-03-31", "ends_on": "2026-01-01"}, status=422,
    ),
    Kind("programme-edit", "grants/programmes/1/edit", "owner"),
    Kind("programme-edit-translation", "grants/programmes/1/edit?text=bg", "owner"),
    Kind("call-new", "grants/programmes/1/calls/new", "owner"),
    Kind("call-new-errors", "grants/programmes/1/calls/new", "owner", sends={"title": "", "number": ""}, status=422),
    Kind("call-manage", f"{OPEN}/manage", "owner"),
    Kind("call-manage-draft", f"{DRAFT}/manage", "owner"),
    Kind("call-manage-waiting", f"{ASKED}/manage", "editor"),
    Kind("call-edit", f"{DRAFT}/edit", "owner"),
    Kind("call-edit-translation", f"{OPEN}/edit?text=bg", "owner"),
    Kind(
        "call-edit-errors", f"{DRAFT}/edit", "owner",
        sends={
            "title": "Jesień", "number": "1/2026", "opens_at": ["2027-05-01", "09:00"], "closes_at": ["2027-03-28", "02:30"],
            "smallest": "0", "largest": "10", "pool": "5",
        },
        status=422,
    ),
    Kind("call-areas", f"{OPEN}/areas", "owner"),
    Kind("call-areas-found", f"{DRAFT}/areas", "owner", sends={"words": "Brzeziny", "act": "look"}, status=422),
    Kind("call-publish", f"{DRAFT}/publish", "owner"),
    Kind("call-publish-missing", f"{DRAFT}/publish", "owner", sends={}, status=422),
    Kind("call-extend", f"{OPEN}/extension", "owner"),
    Kind(
        "call-extend-errors", f"{OPEN}/extension", "owner",
        sends={"after_at": ["2026-01-01", "12:00"], "reason": ""}, status=422,
    ),
    Kind("call-cancel", f"{OPEN}/cancel", "owner"),
    Kind("call-delete", f"{DRAFT}/delete", "owner"),
    Kind("operators", "grants/operators", "administrator"),
    Kind("operator-name", "organisations/kolo-gospodyn-wiejskich-kalina/operator", "administrator"),
    Kind("operator-end", "grants/operators/1/end", "administrator"),
]  # fmt: skip
