"""From a paper to its bytes, in a process of its own (`typesetting.py` says why).

How much there is to set is known before it starts; then that process has little memory and little time, and only one of each
web process works at a time. Whatever happens in there becomes a sentence.
"""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from portal.face.pdf.paper import Data, Paper
from portal.ground.errors import Busy, Refusal
from portal.words.i18n import _l

log = logging.getLogger(__name__)

PAPERS = Path(__file__).parents[2] / "papers"
MOST_ROWS = 2_000  # lines of tables and lists: 50 pages and more, set in less than a second of processor
MOST_BYTES = 1 << 20  # of the data
SECONDS = 5  # of processor
MEMORY = 512 << 20  # bytes that the process may ask for, its libraries included
LONGEST = 20  # seconds by the clock, on a machine that is busy with something else
_WAIT = 5  # seconds for somebody else's paper
_SETTER = Path(__file__).with_name("typesetting.py")
# A package of others would be fetched: by way of a proxy at the port of RFC 863, where nobody is. One thread, so that neither
# memory nor time depends on how many processors there are.
_ENVIRONMENT = {
    "RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1", "HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9",
}  # fmt: skip

_one_at_a_time = threading.Lock()


class TooLong(Refusal):
    """More than one paper may hold."""

    status = 413

    def __init__(self) -> None:
        super().__init__(_l("This is too long for a PDF file. Go back and print the page instead."))


class NotMade(Refusal):
    """The typesetter has failed, or was stopped; the log says how."""

    status = 503
    retry_after = 60

    def __init__(self) -> None:
        super().__init__(
            _l("The PDF file could not be made. Try again in a minute, or go back and print the page instead.")
        )


def pdf_of(paper: Paper) -> bytes:
    """The paper as PDF/UA-1, in the language of the moment. Takes a fifth of a second for a page: call it outside a transaction.

    Raises TooLong before anything is set, Busy when others' papers are being set, and NotMade.
    """
    if paper.rows > MOST_ROWS:
        raise TooLong()
    return compiled(PAPERS, paper.template, paper.data(), int(paper.made_at.timestamp()))


def compiled(root: Path, template: str, data: Mapping[str, Data], made_at: int) -> bytes:
    """A template of the folder `root`, which is all that it can read, with its data. `made_at`: seconds of the epoch."""
    written = json.dumps(data, ensure_ascii=False).encode()
    if len(written) > MOST_BYTES:
        raise TooLong()
    if not _one_at_a_time.acquire(timeout=_WAIT):
        raise Busy()
    try:
        return _set(root, template, written, made_at)
    finally:
        _one_at_a_time.release()


def _set(root: Path, template: str, data: bytes, made_at: int) -> bytes:
    order = {
        "root": str(root), "template": str(root / template), "fonts": str(PAPERS / "fonts"), "made_at": made_at,
        "memory": MEMORY, "seconds": SECONDS,
    }  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603  (our own file, and nothing that anybody typed in the arguments)
            [sys.executable, "-I", str(_SETTER), json.dumps(order)],
            input=data, capture_output=True, timeout=LONGEST, check=False, env=_ENVIRONMENT,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        log.error("a paper took too long: %s", template)
        raise NotMade() from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        log.error("a paper was not made: %s, ended with %s: %s", template, done.returncode, _last(done.stderr))
        raise NotMade()
    if done.stderr:
        log.warning("a paper was made with a warning: %s: %s", template, _last(done.stderr))
    return done.stdout


def _last(said: bytes) -> str:
    """What the typesetter said of the template: never of the data, which it does not quote."""
    return said[:500].decode(errors="replace").replace("\n", "; ")
