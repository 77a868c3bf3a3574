"""How much memory a process keeps."""

import contextlib
import ctypes

HEAPS = 2
_M_ARENA_MAX = -8  # of malloc.h


def share_heaps() -> None:
    """Have all threads of this process share two heaps. Call it before there are threads.

    glibc gives each thread a heap of its own, up to eight for each core, and hardly gives anything back: memory grows
    with the number of threads. `mallopt(3)`; on a system with another library there is nothing to do.
    """
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, HEAPS)
