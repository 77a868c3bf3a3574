"""The blueprints that the view modules of pages share: pages for people, and addresses for programs."""

from flask import Blueprint

bp = Blueprint("pages", __name__)
programs = Blueprint("programs", __name__)
programs.unlocalised = True  # type: ignore[attr-defined]
