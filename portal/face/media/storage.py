"""The object store: a directory, or a bucket that speaks S3; names are the hash of what they hold."""

import contextlib
import datetime as dt
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import obstore
from flask import Flask, current_app
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from portal.ground.appvar import AppVar
from portal.ground.config import CONFIG
from portal.ground.errors import Busy

log = logging.getLogger(__name__)
_STORES: AppVar[dict[tuple[int, str], ObjectStore]] = AppVar("media", dict)


def media_store(app: Flask | None = None) -> ObjectStore:
    """The store of the application, made once per process (a store does not survive a fork)."""
    app = app or current_app
    stores = _STORES.of(app)
    config = CONFIG.of(app)
    key = (os.getpid(), config.media_url)
    if key not in stores:
        stores[key] = open_store(config.media_url)
    return stores[key]


def open_store(url: str) -> ObjectStore:
    """file:///directory or s3://bucket/prefix; credentials of a bucket come from where its owner keeps them."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        directory = Path(unquote(parts.path))
        directory.mkdir(parents=True, exist_ok=True)
        return LocalStore(directory)
    # A request waits five seconds for a bucket and tries again only where it failed sooner. Whether the line is encrypted
    # says the endpoint, which the operator gives.
    return from_url(
        url,
        client_options={"timeout": "5s", "connect_timeout": "2s", "allow_http": True},
        retry_config={"max_retries": 2, "retry_timeout": dt.timedelta(seconds=5)},
    )


@contextlib.contextmanager
def _reached() -> Iterator[None]:
    """A store that is away is Busy, like a database that is away."""
    try:
        yield
    except FileNotFoundError:
        raise
    except BaseError as error:
        log.exception("the object store is away")
        raise Busy() from error


def put(key: str, content: bytes) -> None:
    """Keep `content`. The same key always holds the same bytes, so writing it twice changes nothing. Raises Busy."""
    with _reached():
        obstore.put(media_store(), key, content)


def get(key: str) -> bytes | None:
    """What is kept under `key`, or None. Raises Busy."""
    try:
        with _reached():
            return bytes(obstore.get(media_store(), key).bytes())
    except FileNotFoundError:
        return None


def delete(key: str) -> None:
    """Keep it no longer. What cannot be deleted now is found by `files.remove_unused`."""
    with contextlib.suppress(FileNotFoundError, Busy), _reached():
        obstore.delete(media_store(), key)


def answers() -> bool:
    """Can pictures be read at this moment? Asked of a bucket it costs a request."""
    try:
        with contextlib.suppress(FileNotFoundError), _reached():
            obstore.head(media_store(), "readyz")
    except Busy:
        return False
    return True


def stored_keys() -> Iterator[str]:
    """Everything that is kept."""
    for chunk in obstore.list(media_store()):
        for entry in chunk:
            yield entry["path"]
