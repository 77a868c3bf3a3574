"""The use-cases of figures and reports. Only these write."""

from portal.impact.services.aiming import set_aim
from portal.impact.services.counting import FIGURES, hand_over, recount
from portal.impact.services.freezing import checksum, freeze

__all__ = ["FIGURES", "checksum", "freeze", "hand_over", "recount", "set_aim"]
