"""The pages of saved searches."""

from portal.saved.views import keeping, own
from portal.saved.views.blueprint import bp
from portal.saved.views.own import own_panel

__all__ = ["bp", "keeping", "own", "own_panel"]
