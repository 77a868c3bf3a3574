"""The blueprint that the view modules of trust share."""

from flask import Blueprint

bp = Blueprint("trust", __name__)
