"""A profile that says everything that one can say."""

from collections.abc import Mapping
from typing import Any

LINKS_OF = {
    "facebook": "https://www.facebook.com/lipa", "instagram": "https://www.instagram.com/lipa",
    "youtube": "https://www.youtube.com/@lipa", "linkedin": "https://www.linkedin.com/company/lipa",
    **dict.fromkeys(("mastodon", "accessibility", "donation", "fundraiser"), "https://lipa.example.org/strona"),
}  # fmt: skip
EVERYWHERE = {
    "size": "small", "settlement_type": "rural", "venue_access": ("step-free", "lift"), "sdg": ("4", "11"),
    "target_groups": ("seniors", "rural-residents"), "spoken": ("pl", "pso", "bg"), "subgroups": ("1100", "3100"),
    **LINKS_OF,
}  # fmt: skip
SAID: Mapping[str, Mapping[str, Any]] = {
    "PL": {
        **EVERYWHERE, "art4": ("1", "1a", "16"), "iban": "PL61109010140000071219812874", "public_benefit": True,
        "tax_purpose": "Klub Wiedzy",
        "bip": "https://lipa.example.org/bip",
    },
    "BG": {**EVERYWHERE, "art38": ("38.1.1", "38.1.3"), "iban": "BG80BNBG96611020345678"},
}  # fmt: skip
CONTACTS = (
    ("email", "biuro@lipa.example.org", "registered", "Biuro"),
    ("phone", "+48 42 000 00 00", "network", "Do południa"),
    ("address", "ul. Lipowa 1, Łódź", "public"),
)
