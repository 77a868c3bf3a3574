"""The pages of people about their own account."""

from portal.accounts.views.blueprint import bp

__all__ = ["bp"]
