"""The blueprint that the view modules of organisations share."""

from flask import Blueprint

bp = Blueprint("organisations", __name__, url_prefix="/organisations")
