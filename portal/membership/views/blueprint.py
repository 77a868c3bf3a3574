"""The blueprint that the view modules of membership share."""

from flask import Blueprint

bp = Blueprint("membership", __name__)
