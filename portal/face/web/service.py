"""Addresses for programs: is the process alive, is the portal ready, and the pictures."""

import shutil
from collections.abc import Mapping

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify

from portal.face.media import media_response
from portal.ground import clock, migrations
from portal.ground.authz import public
from portal.ground.config import CONFIG
from portal.ground.db import db
from portal.ground.jobs import HEARTBEAT_STALE, Heartbeat

bp = Blueprint("service", __name__)
bp.unlocalised = True  # type: ignore[attr-defined]

LEAST_DISK = 200 * 1024 * 1024  # bytes


@bp.get("/healthz")
@public
def health() -> Response:
    """The process answers. Nothing else is asked."""
    return _uncached({"status": "ok"}, 200)


@bp.get("/readyz")
@public
def ready() -> Response:
    """Database, schema, worker and disk; 503 names what is missing."""
    checks = {"database": _database(), "schema": _schema(), "worker": _worker(), "disk": _disk()}
    good = all(checks.values())
    answer = {
        "status": "ready" if good else "not ready",
        **{name: "ok" if fine else "failing" for name, fine in checks.items()},
    }
    response = _uncached(answer, 200 if good else 503)
    if not good:
        response.headers["Retry-After"] = "30"
    return response


@bp.get("/media/<path:key>")
@public
def media(key: str) -> Response:
    """A picture of a public page."""
    return media_response(key)


def _uncached(answer: Mapping[str, object], status: int) -> Response:
    response = jsonify(answer)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _database() -> bool:
    try:
        db.session.execute(sa.select(sa.literal(1)))
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return False
    return True


def _schema() -> bool:
    try:
        return migrations.fits(db.session.connection())
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return False


def _worker() -> bool:
    try:
        last = db.session.scalar(sa.select(sa.func.max(Heartbeat.at)))
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return False
    return last is not None and clock.now() - last < HEARTBEAT_STALE


def _disk() -> bool:
    return shutil.disk_usage(CONFIG.get().var).free > LEAST_DISK
