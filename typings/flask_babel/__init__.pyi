"""What the portal uses of Flask-Babel, which has no types of its own."""

from collections.abc import Callable

from flask import Flask

class Babel:
    def __init__(self, app: Flask, *, configure_jinja: bool, locale_selector: Callable[[], str]) -> None: ...
