"""The use-cases of micro-grants. Only these write."""

from portal.grants.services.operators import end_operator, follow_closing, follow_merge, hand_over, name_operator

__all__ = ["end_operator", "follow_closing", "follow_merge", "hand_over", "name_operator"]
