"""What the loop of a process answers itself: pages that lie ready in its memory, without a thread for them."""

import re
from typing import TYPE_CHECKING

from portal.words.i18n import LANGUAGES

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_ASKED = "portal.at_once"
is_page = re.compile(rf"/(?:{'|'.join(LANGUAGES)})/").match


class NotAtOnce(Exception):
    """To answer takes more than to look: a thread has to."""


def asking(environ: "WSGIEnvironment") -> "WSGIEnvironment":
    """The same request, to be answered at once or not at all."""
    return {**environ, _ASKED: True}


def check(environ: "WSGIEnvironment") -> None:
    """Raises NotAtOnce where the loop asks, before anything is done that takes time or waits."""
    if _ASKED in environ:
        raise NotAtOnce
