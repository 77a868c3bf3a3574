"""The pages of people about their own account."""

from portal.accounts.views import entry, own, password, sign_up, two_step
from portal.accounts.views.blueprint import bp

__all__ = ["bp", "entry", "own", "password", "sign_up", "two_step"]
