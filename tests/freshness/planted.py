"""Faults of this feature that `portal check` must find."""

_SILENCE = (
    "INSERT INTO confirmation_silence (organisation_id, confirmed_at, step, step_at)"
    " SELECT id, confirmed_at, 36, {at} FROM organisation WHERE id = {{organisation}}"
)

PLANTED: dict[str, tuple[str, ...]] = {
    "freshness.awake": ("{organisation}", _SILENCE.format(at="confirmed_at")),
    "freshness.of-the-future": ("{organisation}", _SILENCE.format(at="'2001-01-01 00:00:00'")),
    "freshness.request": (
        "9000",
        "INSERT INTO confirmation_request (id, organisation_id, person_id, confirmed_at, step, asked_at)"
        " VALUES (9000, {organisation}, {owner}, {now}, 22, '2001-01-01 00:00:00')",
    ),
    "organisations.aside": ("{organisation}/1", "UPDATE organisation SET dormant_since = {now} WHERE id = {organisation}"),
    "organisations.dormant": (
        "{organisation}", "UPDATE organisation SET dormant_since = '2001-01-01 00:00:00' WHERE id = {organisation}",
    ),
}  # fmt: skip
