"""The page of a log: what its reader asked to see of it. Whose log it is, and who may read it, its feature knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from portal.face.web import Pagination
from portal.mail import log
from portal.mail.outbox import Mail


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of a log: its mails, how many there are of each state, and the state that is shown, empty for all."""

    rows: Sequence[Mail]
    pages: Pagination
    counts: Mapping[str, int]
    chosen: str


def log_page(concerns: str) -> LogPage:
    """What is asked for of the mails that concern one thing."""
    counts, chosen = log.counted(concerns), request.args.get("state", "")
    chosen = chosen if chosen in counts else ""
    pages = Pagination.of_request(counts[chosen] if chosen else sum(counts.values()), log.PAGE)
    return LogPage(log.concerning(concerns, chosen, offset=pages.offset), pages, counts, chosen)
