"""The blueprints that the view modules of organisations share."""

from flask import Blueprint

bp = Blueprint("organisations", __name__, url_prefix="/organisations")
files = Blueprint("directory", __name__)  # the directory as a file: its address ends in what the file is
