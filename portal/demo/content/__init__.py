"""The words of the demo, one TOML file for each kind of thing."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def content(name: str) -> dict[str, Any]:
    """The content of `<name>.toml`."""
    return tomllib.loads(resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
