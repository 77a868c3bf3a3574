"""A disk that is full or may not be written: whoever only reads notices nothing, whoever writes gets a sentence.

The tests may run as root, whom no mode keeps from writing. So a file stands where a directory should be, and the kernel
lets a running process write no more bytes (RLIMIT_FSIZE).
"""

import contextlib
import resource
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.app import create_app
from portal.face.web.addresses import STATIC
from portal.face.web.static import compressed
from portal.ground.config import CONFIG, Config
from portal.ground.db import db, transaction
from portal.ground.errors import Busy
from tests.fixtures.live import MakeLive
from tests.support.servers import LivePortal

PAGES = (
    "/pl/",
    "/bg/organisations",
    "/en/events",
    "/pl/news",
    "/en/search?q=lipa",
    "/en/account/sign-in",
    "/sitemap.xml",
)


def in_the_way(directory: Path) -> None:
    """Nothing can be read or written below it."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.touch()


@contextlib.contextmanager
def beside(app: Flask, var: Path) -> Iterator[FlaskClient]:
    """A browser of another application on the same database, with a directory of its own."""
    settings = {"PORTAL_VAR": str(var), "PORTAL_DATABASE_URL": CONFIG.of(app).database_url}
    other = create_app(Config.from_environment(settings))
    yield other.test_client()
    with other.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_start_and_pages_need_no_cache(app: Flask, tmp_path: Path) -> None:
    for name in ("templates", "static"):
        in_the_way(tmp_path / name)
    with beside(app, tmp_path) as without:
        for path in PAGES:
            assert without.get(path).status_code == 200, path
        assert without.get("/static/look.css").status_code == 200


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_templates_that_can_no_longer_be_kept_are_compiled_all_the_same(app: Flask, tmp_path: Path) -> None:
    with beside(app, tmp_path) as started:
        in_the_way(tmp_path / "templates")
        for path in PAGES:
            assert started.get(path).status_code == 200, path


def test_static_files_are_compressed_as_soon_as_they_can_be(tmp_path: Path) -> None:
    in_the_way(tmp_path / "static")
    assert compressed(STATIC, tmp_path / "static") == STATIC
    (tmp_path / "static").unlink()
    assert (compressed(STATIC, tmp_path / "static") / "look.css.br").is_file()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_use_case_on_a_disk_that_may_not_be_written_is_refused(app: Flask) -> None:
    lock = Path(f"{CONFIG.of(app).sqlite_path}.lock")
    lock.unlink(missing_ok=True)
    lock.mkdir()
    try:
        with pytest.raises(Busy), transaction():
            pass
    finally:
        lock.rmdir()
    with transaction():
        pass


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_full_disk_stops_no_page_of_a_running_portal(make_live: MakeLive, engine: str) -> None:
    portal = make_live(engine, workers=1).start(worker=False)
    with urllib.request.urlopen(portal.base_url + "/en/", timeout=15) as page:
        assert page.status == 200  # SQLite has made the files beside its own
    shutil.rmtree(Path(portal.environ["PORTAL_VAR"]) / "templates")
    full(portal)
    for path in PAGES:
        with urllib.request.urlopen(portal.base_url + path, timeout=15) as page:
            assert page.status == 200, path
    with urllib.request.urlopen(portal.base_url + "/healthz", timeout=5) as alive:
        assert alive.status == 200


def full(portal: LivePortal) -> None:
    """No file of the web processes can grow any more."""
    for process in psutil.Process(portal.web_pid).children():
        with contextlib.suppress(psutil.NoSuchProcess):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, 0))
