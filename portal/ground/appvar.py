"""What one application keeps: a typed place of its own for each thing, like a ContextVar for the context of a thread.

A process can hold several applications (the tests do), so what belongs to one is never a global of a module.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from flask import Flask, current_app

Kept = TypeVar("Kept")
_at_work: Callable[[], Flask] = current_app._get_current_object  # type: ignore[attr-defined]  # without its proxy


class AppVar(Generic[Kept]):
    """One thing of each application, under a name of its own. What has a `default` begins with that."""

    def __init__(self, name: str, default: Callable[[], Kept] | None = None) -> None:
        self._key = f"portal.{name}"
        self._default = default

    def set(self, app: Flask, kept: Kept) -> None:
        app.extensions[self._key] = kept

    def of(self, app: Flask) -> Kept:
        """What this application keeps. Raises KeyError when it keeps nothing here."""
        kept = app.extensions
        if self._default is not None and self._key not in kept:
            kept[self._key] = self._default()
        found: Kept = kept[self._key]
        return found

    def get(self) -> Kept:
        """What the application at work keeps."""
        return self.of(_at_work())
