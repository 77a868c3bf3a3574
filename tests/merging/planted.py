"""Faults of merged profiles, and of what profiles say of themselves, that `portal check` must find."""

PLANTED: dict[str, tuple[str, ...]] = {
    "organisations.merged": ("{organisation}", "UPDATE organisation SET status = 'merged' WHERE id = {organisation}"),
    "organisations.merged-role": (
        "{owner_role}",
        "UPDATE organisation SET status = 'merged' WHERE id = {organisation}",
    ),
    "organisations.closed": ("{organisation}", "UPDATE organisation SET status = 'closed' WHERE id = {organisation}"),
    "organisations.names": (
        "{organisation}",
        *(
            "INSERT INTO organisation_name (id, organisation_id, kind, text, language)"
            f" VALUES ({9000 + number}, {{organisation}}, 'alias', 'x{number}', 'pl')"
            for number in range(11)
        ),
    ),
    "organisations.term": (
        "{organisation}/size/x",
        "INSERT INTO organisation_term (organisation_id, scheme, code) VALUES ({organisation}, 'size', 'x')",
    ),
}
