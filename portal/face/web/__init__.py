"""The web: how a view answers, and what every response has."""

from portal.face.web.addresses import absolute_url, is_safe_path, path_to, static_url
from portal.face.web.answers import Pagination, flash, page, private, redirect_to
from portal.face.web.client import client_ip
from portal.face.web.facets import Option
from portal.face.web.papers import paper_file
from portal.face.web.tables import table_file

__all__ = [
    "Option",
    "Pagination",
    "absolute_url",
    "client_ip",
    "flash",
    "is_safe_path",
    "page",
    "paper_file",
    "path_to",
    "private",
    "redirect_to",
    "static_url",
    "table_file",
]
