"""The table of facts and answers in docs/architecture.md: `python -m tools.facts` writes it anew from the declarations."""

import re
from pathlib import Path

from portal.features import FEATURES

PAGE = Path(__file__).resolve().parents[1] / "docs" / "architecture.md"
BLOCK = re.compile(r"(?<=<!-- facts -->\n).*?(?=<!-- end of facts -->)", re.DOTALL)


def table() -> str:
    """Each fact with the feature that announces it and those that answer it, in their order; * says beforehand."""
    rows = ["| fact | announced by | answered by |", "|---|---|---|"]
    for feature in FEATURES:
        for fact in feature.facts:
            answers = [
                other.name + "*" * any(kind is fact for kind, _ in other.previews)
                for other in FEATURES
                if any(kind is fact for kind, _ in other.answers)
            ]
            rows.append(f"| `{fact.__name__}` | {feature.name} | {', '.join(answers)} |")
    return "\n".join(rows) + "\n"


def written(page: str) -> str:
    """The page with the table of today."""
    return BLOCK.sub(lambda _: table(), page)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
