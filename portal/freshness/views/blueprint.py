"""The blueprint that the view modules of freshness share."""

from flask import Blueprint

bp = Blueprint("freshness", __name__)
