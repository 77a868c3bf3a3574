"""Addresses for programs: is the process alive, is the portal ready, and the pictures."""

import shutil
from collections.abc import Callable, Mapping

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify

from portal.face.media import media_response, store_answers
from portal.ground import jobs, migrations, redis_client
from portal.ground.appvar import AppVar
from portal.ground.authz import public
from portal.ground.config import CONFIG
from portal.ground.db import db

bp = Blueprint("service", __name__)
bp.unlocalised = True  # type: ignore[attr-defined]

PROBES: AppVar[Mapping[str, Callable[[], bool]]] = AppVar("probes")  # what rooms above say of themselves: is it fine?
LEAST_DISK = 200 * 1024 * 1024  # bytes


@bp.get("/healthz")
@public
def health() -> Response:
    """The process answers. Nothing else is asked."""
    return _uncached({"status": "ok"}, 200)


@bp.get("/readyz")
@public
def ready() -> Response:
    """Can this node serve? 503 without its database or schema. What else fails is told as "degraded", with 200: taking every
    node out of service would not bring the worker back."""
    needed = {"database": _database(), "schema": _schema()}
    beside = {"worker": _is_fine(jobs.lives), "redis": _redis(), "disk": _disk(), "media": store_answers()}
    beside |= {name: _is_fine(probe) for name, probe in PROBES.get().items()}
    good = all(needed.values())
    answer = {
        "status": "not ready" if not good else "ready" if all(beside.values()) else "degraded",
        **{name: "ok" if fine else "failing" for name, fine in {**needed, **beside}.items()},
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


def _redis() -> bool:
    url = CONFIG.get().redis_url
    return not url or redis_client.answers(url)


def _is_fine(probe: Callable[[], bool]) -> bool:
    try:
        return probe()
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return False


def _disk() -> bool:
    return shutil.disk_usage(CONFIG.get().var).free > LEAST_DISK
