"""Synergia: a portal for networks of civil-society organisations, in Polish, Bulgarian and English."""

import sys

try:  # One SQLite for the whole process: two copies of the library on one file break each other's POSIX locks.
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:  # no wheel for this platform: the interpreter's own SQLite, `portal config` warns below 3.51.3
    pass
