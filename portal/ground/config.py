"""Settings: read from the environment once, into one frozen object. Nothing else in the portal reads the environment."""

import base64
import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from portal.ground.appvar import AppVar
from portal.ground.hosts import driver_url

Environment = Literal["demo", "production"]

DEMO_SECRET = "demo-secret-do-not-use-in-production"  # noqa: S105  (production refuses it by name)
DEMO_DATA_KEY = "ZGVtby1kYXRhLWtleS1vZi0zMi1ieXRlcy1sb25nISE="
DEMO_TICKET_KEY = "demo-ticket-key"
NUMBERS: Mapping[str, tuple[int, int]] = {
    "port": (1, 65535), "workers": (1, 64), "proxies": (0, 5), "page_cache": (0, 1024), "body_seconds": (1, 600),
    "statement_seconds": (1, 600), "database_pool": (1, 100), "database_overflow": (0, 100),
}  # least and most of each setting that is a number  # fmt: skip
ADDRESSES = {  # how other addresses begin, and whether they name a host
    "redis_url": (("redis", "rediss", "unix"), False),
    "media_url": (("file", "s3"), False),
    "smtp_url": (("smtp", "smtp+starttls", "smtps"), True),
}
PASSWORD = re.compile(r"(?<=[?&])(password=)[^&]*")
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class ConfigError(ValueError):
    """One or more settings do not fit; the message names each of them."""


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of the portal. `sources` says for each field whether it came from the environment or is a default."""

    env: Environment = "demo"
    base_url: str = "http://127.0.0.1:8000"
    bind: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    body_seconds: int = 20
    statement_seconds: int = 15
    proxies: int = 0
    page_cache: int = 16
    var: Path = Path("var")
    database_url: str = ""
    database_pool: int = 8
    database_overflow: int = 8
    redis_url: str = ""
    media_url: str = ""
    smtp_url: str = ""
    smtp_utf8: bool = False
    mail_from: str = "Synergia <portal@example.org>"
    secret_key: str = DEMO_SECRET
    data_keys: tuple[str, ...] = (DEMO_DATA_KEY,)
    ticket_keys: tuple[str, ...] = (DEMO_TICKET_KEY,)  # production demands them with the first feature that reads them
    demo_public: bool = False
    sources: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    SECRETS = ("secret_key", "data_keys", "ticket_keys")

    @property
    def is_demo(self) -> bool:
        return self.env == "demo"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, or None on PostgreSQL."""
        return Path(self.database_url.removeprefix("sqlite:///")) if self.is_sqlite else None

    @property
    def trusted_hosts(self) -> list[str]:
        """Host names that a request may ask for; a demo answers on both loopback names of its port."""
        host = urlsplit(self.base_url).hostname or ""
        return [host, *LOOPBACK_NAMES] if self.is_demo else [host]

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """Read and check all settings. Raises ConfigError naming every setting that does not fit."""
        environ = os.environ if environ is None else environ
        problems: list[str] = []
        values, sources = _read(environ, problems)
        var = Path(values.get("var", "var")).absolute()  # type: ignore[arg-type]
        values["var"] = var
        values.setdefault("base_url", f"http://127.0.0.1:{values.get('port', 8000)}")
        values["base_url"] = str(values["base_url"]).rstrip("/")
        if not values.get("database_url"):
            values["database_url"] = f"sqlite:///{var / 'synergia.db'}"
        values.setdefault("media_url", f"file://{var / 'media'}")
        config = cls(**values, sources=sources)  # type: ignore[arg-type]
        problems += config._problems()
        if problems:
            raise ConfigError("\n".join(problems))
        return config

    def _problems(self) -> list[str]:
        found = []
        if self.env not in ("demo", "production"):
            found.append("PORTAL_ENV must be demo or production.")
        if not self.base_url.startswith(("http://", "https://")) or not urlsplit(self.base_url).hostname:
            found.append("PORTAL_BASE_URL must be an absolute http or https address.")
        if not self.data_keys or not all(map(_is_data_key, self.data_keys)):
            found.append("PORTAL_DATA_KEYS must be keys of 32 random bytes in URL-safe base64, separated by commas.")
        if self.env == "production":
            found += self._production_problems()
        elif not self.demo_public and not _is_loopback(self.bind):
            found.append("PORTAL_BIND: a demo listens on loopback only; set PORTAL_DEMO_PUBLIC=1 to show it to others.")
        return found

    def _production_problems(self) -> list[str]:
        found = []
        if not self.is_https:
            found.append("PORTAL_BASE_URL must be https in production.")
        for name, demo in (
            ("secret_key", DEMO_SECRET),
            ("data_keys", (DEMO_DATA_KEY,)),
        ):
            value = getattr(self, name)
            if (
                name not in self.sources
                or not value
                or value == demo
                or (isinstance(value, tuple) and demo[0] in value)
            ):
                found.append(f"PORTAL_{name.upper()} is missing or is the demo value.")
        if self.secret_key != DEMO_SECRET and len(self.secret_key) < 32:
            found.append("PORTAL_SECRET_KEY is shorter than 32 characters.")
        if not self.smtp_url:
            found.append("PORTAL_SMTP_URL is missing.")
        return found

    def described(self) -> list[tuple[str, str, str]]:
        """(setting, value, source) of every setting, secrets masked."""
        rows = []
        for spec in fields(self):
            if spec.name == "sources":
                continue
            value = getattr(self, spec.name)
            shown = "********" if spec.name in self.SECRETS else _masked(value)
            rows.append((f"PORTAL_{spec.name.upper()}", shown, self.sources.get(spec.name, "default")))
        return rows


def _read(environ: Mapping[str, str], problems: list[str]) -> tuple[dict[str, object], dict[str, str]]:
    values: dict[str, object] = {}
    sources: dict[str, str] = {}
    for spec in fields(Config):
        raw = environ.get(f"PORTAL_{spec.name.upper()}", "").strip()
        if spec.name == "sources" or not raw:
            continue
        try:
            values[spec.name] = _parse(spec.name, raw)
            sources[spec.name] = "environment"
        except ValueError as error:
            problems.append(f"PORTAL_{spec.name.upper()}: {error}")
    return values, sources


def _parse(name: str, raw: str) -> object:
    if name in NUMBERS:
        least, most = NUMBERS[name]
        if not raw.isdigit() or not least <= int(raw) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}.")
        return int(raw)
    if name == "database_url":
        return driver_url(raw)
    if name in ADDRESSES:
        return _checked_address(raw, *ADDRESSES[name])
    if name in ("data_keys", "ticket_keys"):
        return tuple(key.strip() for key in raw.split(",") if key.strip())
    if name in ("demo_public", "smtp_utf8"):
        return raw == "1"
    return raw


def _checked_address(raw: str, schemes: tuple[str, ...], names_host: bool) -> str:
    """An address that begins as it should and has a port that is one. Raises ValueError with a sentence."""
    ways = " or ".join(f"{scheme}://" for scheme in schemes)
    try:
        parts = urlsplit(raw)
        fits = parts.scheme in schemes and "://" in raw and (parts.hostname is not None or not names_host)
        _number = parts.port  # raises where it is none
    except ValueError as error:
        raise ValueError("is not an address: its host or its port cannot be read.") from error
    if not fits:
        raise ValueError(f"must begin with {ways}" + (" and name a host." if names_host else "."))
    return raw


def _is_data_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == 32
    except ValueError:
        return False


def _is_loopback(bind: str) -> bool:
    try:
        return ipaddress.ip_address(bind).is_loopback
    except ValueError:
        return bind == "localhost"


def _masked(value: object) -> str:
    """A password inside an address is a secret too."""
    text = PASSWORD.sub(r"\1********", str(value))
    parts = urlsplit(text) if "://" in text else None
    if parts and parts.password:
        return text.replace(f":{parts.password}@", ":********@")
    return text


CONFIG: AppVar[Config] = AppVar("config")
