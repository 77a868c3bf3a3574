"""Large public files, made while they are sent: few at a time, and none that its reader has already."""

import contextlib
import hashlib
import threading
from collections.abc import Iterable, Iterator

from flask import Response, request, stream_with_context

from portal.ground.data_version import current_version
from portal.ground.errors import Busy
from portal.ground.migrations import head
from portal.words.i18n import current_language

AT_ONCE = 2  # files of a process: each holds one of the threads that read (`gateway.THREADS`)
_WAIT = 5.0  # seconds for somebody else's file
_slots = threading.BoundedSemaphore(AT_ONCE)


class Slot:
    """The right to make one file; given back once, however the answer ends."""

    def __init__(self) -> None:
        if not _slots.acquire(timeout=_WAIT):
            raise Busy()
        self._is_held = True

    def give_back(self) -> None:
        if self._is_held:
            self._is_held = False
            _slots.release()


def known() -> Response | None:
    """304 for whoever has the file of this address as the data are now, and None for everybody else."""
    tag = _tag()
    if tag is None or not any(one.partition(":")[0] == tag for one in _asked()):
        return None
    answer = Response(status=304)
    answer.set_etag(tag, weak=True)
    return answer


def sent(response: Response, slot: Slot) -> Response:
    """The file with what it can be recognised by (RFC 9110, 8.8.3); its slot is free again when it has been sent."""
    tag = _tag()
    if tag is not None:
        response.set_etag(tag, weak=True)
    response.call_on_close(slot.give_back)
    return response


def text_file(pieces: Iterable[bytes], kind: str, name: str) -> Response:
    """A file of text in pieces, to keep under a name."""
    response = Response(stream_with_context(iter(pieces)), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@contextlib.contextmanager
def slot() -> Iterator[Slot]:
    """A slot that is given back at once when the file cannot be begun."""
    held = Slot()
    try:
        yield held
    except BaseException:
        held.give_back()
        raise


def _asked() -> Iterable[str]:
    """The tags that the reader has; a compressed answer has the name of its coding behind ours."""
    return request.if_none_match.as_set(include_weak=True)


def _tag() -> str | None:
    """Of the data, the release and the address; None while nobody can say which data these are."""
    version = current_version()
    if version is None:
        return None
    parts = (version, str(head()), request.full_path, current_language())
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
