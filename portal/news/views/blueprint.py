"""The blueprint that all pages of news hang on."""

from flask import Blueprint

bp = Blueprint("news", __name__)
