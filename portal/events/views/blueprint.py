"""The blueprint that all pages of events hang on."""

from flask import Blueprint

bp = Blueprint("events", __name__)
