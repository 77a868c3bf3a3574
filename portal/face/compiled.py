"""Templates compiled once for all processes and starts."""

import contextlib
import logging
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

log = logging.getLogger(__name__)


class CompiledTemplates(FileSystemBytecodeCache):
    """Keeps them in a directory that only this user may write, for they are run.

    A disk that is full or may not be written costs every process the time to compile a template, never a page.
    """

    def __init__(self, directory: Path) -> None:
        with contextlib.suppress(OSError):
            directory.mkdir(mode=0o700, exist_ok=True)
        super().__init__(str(directory))

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            super().dump_bytecode(bucket)
        except OSError as error:
            log.warning("a compiled template cannot be kept: %s", error)
