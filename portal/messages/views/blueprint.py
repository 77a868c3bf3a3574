"""The blueprint that the view modules of messages share."""

from flask import Blueprint

bp = Blueprint("messages", __name__)
