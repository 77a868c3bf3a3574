"""The blueprint that the view modules of micro-grants share."""

from flask import Blueprint

bp = Blueprint("grants", __name__)
