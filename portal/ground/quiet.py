"""Errors of the database, without what they repeat of people's words."""

import re

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError

# PostgreSQL repeats the row that it refuses, and the value that it cannot read.
_REPEATED = re.compile(r"\s*\n(?:DETAIL|CONTEXT|HINT|LINE \d+):.*", re.DOTALL)
_VALUE = re.compile(r'(?<=: )".*"', re.DOTALL)


def keep_values_out_of_errors(engine: sa.Engine) -> None:
    """An error of the database says what was wrong and never with which values: it goes into the log.

    What was bound to a statement is left out by `hide_parameters`; this is for what the database itself repeats.
    """

    @event.listens_for(engine, "handle_error")
    def handle_error(context: ExceptionContext) -> None:
        original, wrapped = context.original_exception, context.sqlalchemy_exception
        said = without_values(str(original))
        original.args = (said, *original.args[1:])
        if isinstance(wrapped, DBAPIError):
            kind = type(original)
            wrapped.args = (f"({kind.__module__}.{kind.__name__}) {said}",)


def without_values(message: str) -> str:
    """What a database says about an error, without the part that repeats what it was given."""
    return _VALUE.sub('"…"', _REPEATED.sub("", message))
