"""Faults of this feature that `portal check` must find, and the things in which they are planted."""

from portal.organisations.models import Organisation
from tests.factories.grants import make_call, make_operator, make_programme

PLANTED: dict[str, tuple[str, ...]] = {
    "grants.operator-gone": (
        "{operator}", "UPDATE organisation SET status = 'merged' WHERE id = {organisation}",
    ),
    "grants.call-without-area": ("{call}", "DELETE FROM grant_call_area WHERE call_id = {call}"),
    "grants.deadline-apart": (
        "{call}",
        "INSERT INTO grant_call_event (id, call_id, kind, before_at, after_at, reason, asked_at, confirmed_at) VALUES"
        " (9000, {call}, 'extension', {now}, '2099-01-01', '{{\"original\": \"pl\", \"sources\": {{}}, \"texts\": {{}}}}',"
        " {now}, {now})",
    ),
    "search.call-missing": ("{call}", "DELETE FROM search_document WHERE kind = 'call'"),
    "search.call-left": ("{call}", "UPDATE grant_call SET status = 'draft', published_at = NULL WHERE id = {call}"),
    "search.call-placeless": ("{call}", "DELETE FROM search_order"),
    "search.call-apart": ("{call}", "UPDATE grant_call SET slug = 'x' WHERE id = {call}"),
}  # fmt: skip


def things(organisation: Organisation) -> dict[str, object]:
    """An operator of micro-grants with a public call, by number."""
    operator = make_operator(of=organisation).id
    return {"operator": operator, "call": make_call(make_programme(of=organisation)).id}
