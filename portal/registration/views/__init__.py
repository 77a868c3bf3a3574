"""The pages of registration: the form, what stands behind the links of its mails, and the list for those who run it."""

from portal.registration.views import letters, own, public, staff
from portal.registration.views.blueprint import bp
from portal.registration.views.public import home_panel

__all__ = ["bp", "home_panel", "letters", "own", "public", "staff"]
