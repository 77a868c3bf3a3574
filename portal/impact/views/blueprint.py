"""The one blueprint of figures."""

from flask import Blueprint

bp = Blueprint("impact", __name__)
