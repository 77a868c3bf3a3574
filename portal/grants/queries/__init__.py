"""Named reads of micro-grants."""

from portal.grants.queries.operators import (
    is_operator,
    number_of_operators,
    open_operator,
    operator_by_number,
    operators,
)

__all__ = ["is_operator", "number_of_operators", "open_operator", "operator_by_number", "operators"]
