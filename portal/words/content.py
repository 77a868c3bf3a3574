"""Words that ship with the portal in a TOML file beside a module: those of the demo."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from portal.words.i18n import Localized


@cache
def content(package: str, name: str) -> dict[str, Any]:
    """The content of `<name>.toml` of a package."""
    return tomllib.loads(resources.files(package).joinpath(f"{name}.toml").read_text("utf-8"))


def localized(texts: dict[str, str]) -> Localized:
    """A text of such a file, a table of languages: its first language is the original."""
    (language, words), *others = texts.items()
    return Localized.of(language, words, **dict(others))
