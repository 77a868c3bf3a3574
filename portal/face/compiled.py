"""Templates as Python code: short where a page does the same hundreds of times, and compiled once for all processes and
starts."""

import contextlib
import logging
from operator import call
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Call, Expr, Template
from markupsafe import Markup
from markupsafe import _escape_inner as _escape  # type: ignore[attr-defined]  # of one string, in C

__all__ = ["CompiledTemplates", "PageCode", "call", "escaped"]

log = logging.getLogger(__name__)


def escaped(value: object) -> str:
    """What `markupsafe.escape` gives, without its mark: the pieces of a page are only joined."""
    if type(value) is str:
        return _escape(value)
    if type(value) is Markup:
        return value
    html = getattr(value, "__html__", None)
    return _escape(str(value)) if html is None else str(html())


class PageCode(CodeGenerator):
    """Writes the calls of a template as plain calls, and prints with `escaped`.

    Jinja's own code asks of every callable whether it wants the context or the environment. No callable of a page gets
    them: whoever needs the page looks into the request.
    """

    def visit_Template(self, node: Template, frame: Frame | None = None) -> None:  # noqa: N802  (the name is of the node)
        self.writeline(f"from {__name__} import call, escaped")
        super().visit_Template(node, frame)

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        self.write("call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class CompiledTemplates(FileSystemBytecodeCache):
    """Keeps them in a directory that only this user may write, for they are run.

    A disk that is full or may not be written costs every process the time to compile a template, never a page. The names
    of the files say whose code it is: that of Jinja's own generator, which earlier releases kept here, is not `PageCode`.
    """

    def __init__(self, directory: Path) -> None:
        with contextlib.suppress(OSError):
            directory.mkdir(mode=0o700, exist_ok=True)
        super().__init__(str(directory), "page_%s.code")

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            super().dump_bytecode(bucket)
        except OSError as error:
            log.warning("a compiled template cannot be kept: %s", error)
