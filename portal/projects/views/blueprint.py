"""The blueprint that the view modules of projects share."""

from flask import Blueprint

bp = Blueprint("projects", __name__)
