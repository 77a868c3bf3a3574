"""A ZIP with everything that names a person: made while it is sent, and never stored."""

import datetime as dt
import json
import zipfile
from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from portal.ground import clock
from portal.ground.db import db
from portal.privacy.holdings import Holding, Subject, parts
from portal.words.i18n import Localized, LocalizedText, _, formats
from portal.words.i18n.language import in_language

README = "README.txt"
NAMES = ("title", "name")  # the columns in which things carry the name that people know them by


def archive(subject: Subject) -> Iterator[bytes]:
    """The bytes of the ZIP, file by file: README.txt in the person's language, then JSON, one file for each table."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:  # type: ignore[call-overload]
        told = {}
        for part in parts():
            for holding in part.holdings:
                rows = rows_of(holding, subject)
                if rows:
                    name = f"{holding.table.name}.json"
                    told[name] = holding
                    packed.writestr(_entry(name), json.dumps(rows, ensure_ascii=False, indent=2))
                    yield sink.taken()
        packed.writestr(_entry(README), _readme(told, subject.locale))
    yield sink.taken()


def rows_of(holding: Holding, subject: Subject) -> list[dict[str, object]]:
    """The rows of one table that name the person. Beside the number of a thing stands its name."""
    table = holding.table
    query = sa.select(*(column for column in table.columns if column.name not in holding.secret))
    rows = db.session.execute(query.where(holding.found(subject)).order_by(*table.primary_key.columns)).mappings()
    found: list[dict[str, object]] = [dict(row) for row in rows]
    for column in table.columns:
        if column.name.endswith("_id") and column.foreign_keys and column.name not in holding.secret:
            names = _names(column, {row[column.name] for row in found})
            for row in found:
                if row[column.name] in names:
                    row[column.name.removesuffix("_id")] = names[row[column.name]]
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _names(column: sa.Column[object], numbers: set[object]) -> Mapping[object, Localized]:
    """What the things behind a foreign key are called."""
    (key,) = column.foreign_keys
    known = key.column.table.columns
    named = [known[name] for name in NAMES if name in known and isinstance(known[name].type, LocalizedText)]
    numbers.discard(None)
    if not named or not numbers:
        return {}
    rows = db.session.execute(sa.select(key.column, named[0]).where(key.column.in_(numbers)))
    return {row[0]: row[1] for row in rows}


def _plain(value: object) -> object:
    """As JSON has it."""
    if isinstance(value, Localized):
        return value.as_json()
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value if isinstance(value, str | int | bool | list | dict | None) else str(value)


def _readme(told: Mapping[str, Holding], language: str) -> str:
    with in_language(language):
        lines = [
            _("What the Synergia portal holds about you"),
            _("Created: %(moment)s", moment=formats.date_time(clock.now(), "UTC")),
            "",
            _("The files hold the rows of the database that name you, in the JSON format, which any program can read."),
            _("The password and the keys of the second step are left out, because they would open the account."),
            "",
            *(f"{name}: {holding.about}" for name, holding in told.items()),
        ]
    return "\r\n".join(lines) + "\r\n"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=clock.now().timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


class _Sink:
    """Where the ZIP is written to: it keeps what nobody has taken yet."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, content: bytes) -> int:
        self._waiting.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        content = b"".join(self._waiting)
        self._waiting.clear()
        return content
