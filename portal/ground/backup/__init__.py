"""Backup and restore: one format for both databases, made without their tools.

A tar with `manifest.json` (schema revision, columns and number of rows of each table, sha256 of every part), each table's
rows as JSON lines from one consistent snapshot, and the media. It restores into an empty database, on either engine; one
of an older release is brought up to this one.
"""

from portal.ground.backup.archive import BackupError
from portal.ground.backup.making import Store, backup
from portal.ground.backup.restoring import restore
from portal.ground.backup.rows import LEFT_OUT

__all__ = ["LEFT_OUT", "BackupError", "Store", "backup", "restore"]
