"""The process that sets one paper: `python -I typesetting.py '{"template": …}' < data > pdf`.

It is a program of its own because the typesetter cannot be stopped from outside: a template that goes wild takes memory until
its allocator ends the whole process, or time until somebody ends it. Here that ends nothing else. It imports nothing of
the portal, so that it starts and sets a page in a tenth of a second.

No font of the machine is looked for, no file outside the folder of the templates can be read, and a package of others is
asked from a proxy that is not there. The data come in as one value: whatever stands in it is text.
"""

import json
import resource
import sys
from typing import TypedDict

import typst


class Order(TypedDict):
    """Where the template and the fonts are, which is all that can be read; seconds of the epoch; bytes; seconds."""

    root: str
    template: str
    fonts: str
    made_at: int
    memory: int
    seconds: int


def paper(order: Order, data: str) -> tuple[bytes, list[str]]:
    """The PDF, and what the typesetter says about its making."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[order["fonts"]])
    compiler = typst.Compiler(
        order["template"], root=order["root"], font_paths=fonts, sys_inputs={"data": data},
        package_path=order["root"], package_cache_path=order["root"],
    )  # fmt: skip
    made, warnings = compiler.compile_with_warnings(
        format="pdf", pdf_standards=["ua-1"], timestamp=order["made_at"], pdf_tags=True
    )
    assert isinstance(made, bytes)  # a PDF is one file, however many pages it has
    return made, [one.message for one in warnings]


def main() -> int:
    order: Order = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    try:
        made, said = paper(order, sys.stdin.buffer.read().decode())
    except typst.TypstError as error:
        made, said = b"", [error.message, *error.hints]
    sys.stderr.write("\n".join(said))
    sys.stdout.buffer.write(made)
    return 0 if made else 1


if __name__ == "__main__":
    sys.exit(main())
