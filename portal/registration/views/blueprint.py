"""The blueprint that all pages of registration hang on."""

from flask import Blueprint

bp = Blueprint("registration", __name__)
