"""The pages of people about their own account."""

from portal.accounts.views import (
    consents,
    devices,
    entry,
    leaving,
    mail,
    own,
    password,
    sign_up,
    team,
    two_step,
    unused,
)
from portal.accounts.views.blueprint import bp
from portal.accounts.views.team import team_panel
from portal.accounts.views.unused import waiting

__all__ = [
    "bp",
    "consents",
    "devices",
    "entry",
    "leaving",
    "mail",
    "own",
    "password",
    "sign_up",
    "team",
    "team_panel",
    "two_step",
    "unused",
    "waiting",
]
