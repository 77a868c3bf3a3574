"""Faults of this feature that `portal check` must find, and the things in which they are planted."""

from portal.areas import queries

_GMINA = (
    "INSERT INTO area (id, scheme, code, kind, parent_id, name, aliases, found)"
    " VALUES (9000, 'TERC', '999999', 'rural', {region}, '{{\"original\": \"pl\", \"texts\": {{\"pl\": \"x\"}}}}', '', 'x')"
)
_INSIDE = "INSERT INTO area_within (area_id, ancestor_id) VALUES (9000, 9000), (9000, {region}), (9000, {country})"

PLANTED: dict[str, tuple[str, ...]] = {
    "areas.without-parent": ("{region}", "UPDATE area SET parent_id = NULL WHERE id = {region}"),
    "areas.level": ("9000", _GMINA, _INSIDE),
    "areas.within-itself": ("{region}", "DELETE FROM area_within WHERE area_id = {region} AND ancestor_id = {region}"),
    "areas.within-missing": (
        "{region}/{country}", "DELETE FROM area_within WHERE area_id = {region} AND ancestor_id = {country}",
    ),
    "areas.within-beyond": (
        "{region}/{other_region}", "INSERT INTO area_within (area_id, ancestor_id) VALUES ({region}, {other_region})",
    ),
    "areas.retired-above": ("{region}", "UPDATE area SET retired_at = {now} WHERE id = {country}"),
    "areas.found-apart": ("PL-10", "UPDATE area SET found = 'x' WHERE id = {region}"),
    "organisations.seat-kind": (
        "{organisation}",
        "INSERT INTO organisation_area (organisation_id, area_id, kind) VALUES ({organisation}, {region}, 'seat')",
    ),
    "organisations.seat-region": (
        "{organisation}", _GMINA.replace("{region}", "{other_region}"), _INSIDE.replace("{region}", "{other_region}"),
        "INSERT INTO organisation_area (organisation_id, area_id, kind) VALUES ({organisation}, 9000, 'seat')",
    ),
}  # fmt: skip


def things() -> dict[str, object]:
    """A country and two of its regions, by number."""
    found = {code: queries.by_code(code) for code in ("PL", "PL-10", "PL-12")}
    numbers = {code: one.id for code, one in found.items() if one is not None}
    return {"country": numbers["PL"], "region": numbers["PL-10"], "other_region": numbers["PL-12"]}
