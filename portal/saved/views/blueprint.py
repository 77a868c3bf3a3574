"""The blueprint that the view modules of saved searches share."""

from flask import Blueprint

bp = Blueprint("saved", __name__, url_prefix="/searches")
