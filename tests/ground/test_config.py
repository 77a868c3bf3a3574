"""Settings: typed, checked all at once, secrets masked, production strict."""

import pytest
from cryptography.fernet import Fernet

from portal.ground.config import Config, ConfigError
from portal.ground.db import engine_options

KEYS = [Fernet.generate_key().decode() for _ in range(2)]
PRODUCTION = {
    "PORTAL_ENV": "production",
    "PORTAL_BASE_URL": "https://portal.example.org",
    "PORTAL_SECRET_KEY": "x" * 40,
    "PORTAL_DATA_KEYS": ",".join(KEYS),
    "PORTAL_SMTP_URL": "smtp://mail.example.org",
}


def test_defaults_are_a_demo_on_loopback() -> None:
    config = Config.from_environment({})
    assert config.is_demo
    assert config.base_url == "http://127.0.0.1:8000"
    assert config.is_sqlite


def test_base_url_follows_the_port() -> None:
    assert Config.from_environment({"PORTAL_PORT": "8123"}).base_url == "http://127.0.0.1:8123"


def test_production_starts_with_everything_set() -> None:
    config = Config.from_environment(PRODUCTION)
    assert config.data_keys == tuple(KEYS)
    assert config.is_https


@pytest.mark.parametrize("name", ["PORTAL_BASE_URL", "PORTAL_SECRET_KEY", "PORTAL_DATA_KEYS", "PORTAL_SMTP_URL"])
def test_production_refuses_a_missing_setting_by_name(name: str) -> None:
    with pytest.raises(ConfigError, match=name):
        Config.from_environment({key: value for key, value in PRODUCTION.items() if key != name})


def test_production_refuses_demo_secrets_and_plain_http_at_once() -> None:
    demo = Config()
    settings = PRODUCTION | {
        "PORTAL_BASE_URL": "http://portal.example.org",
        "PORTAL_SECRET_KEY": demo.secret_key,
        "PORTAL_DATA_KEYS": f"{KEYS[0]},{demo.data_keys[0]}",
    }
    with pytest.raises(ConfigError) as caught:
        Config.from_environment(settings)
    for name in ("PORTAL_BASE_URL", "PORTAL_SECRET_KEY", "PORTAL_DATA_KEYS"):
        assert name in str(caught.value)


def test_short_secret_is_refused() -> None:
    with pytest.raises(ConfigError, match="shorter"):
        Config.from_environment(PRODUCTION | {"PORTAL_SECRET_KEY": "short"})


@pytest.mark.parametrize("bind", ["0.0.0.0", "192.0.2.1", "::"])
def test_demo_refuses_to_be_public_unless_asked(bind: str) -> None:
    with pytest.raises(ConfigError, match="PORTAL_DEMO_PUBLIC"):
        Config.from_environment({"PORTAL_BIND": bind})
    assert Config.from_environment({"PORTAL_BIND": bind, "PORTAL_DEMO_PUBLIC": "1"}).bind == bind


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_PORT", "http"),
        ("PORTAL_PORT", "99999"),
        ("PORTAL_WORKERS", "0"),
        ("PORTAL_ENV", "test"),
        ("PORTAL_PROXIES", "-1"),
        ("PORTAL_SMTP_URL", "mail.example.org:587"),
        ("PORTAL_SMTP_URL", "smtp+tls://mail.example.org"),
        ("PORTAL_SMTP_URL", "smtp://mail.example.org:99999"),
        ("PORTAL_SMTP_URL", "smtp://"),
        ("PORTAL_REDIS_URL", "localhost:6379"),
        ("PORTAL_REDIS_URL", "redis://localhost:x/0"),
        ("PORTAL_MEDIA_URL", "https://bucket.example.org"),
        ("PORTAL_DATABASE_URL", "mysql://u@h/db"),
        ("PORTAL_DATABASE_URL", "postgresql://u@h:99999/db"),
        ("PORTAL_DATABASE_POOL", "0"),
        ("PORTAL_DATABASE_OVERFLOW", "-1"),
    ],
)
def test_nonsense_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        Config.from_environment({name: value})


def test_description_masks_secrets() -> None:
    config = Config.from_environment(PRODUCTION | {"PORTAL_DATABASE_URL": "postgresql://u:hidden@db/x"})
    text = str(config.described())
    assert "x" * 40 not in text
    assert "hidden" not in text
    assert KEYS[0] not in text
    assert ("PORTAL_ENV", "production", "environment") in config.described()
    assert config.database_url.startswith("postgresql+psycopg://")
    elsewhere = Config.from_environment({"PORTAL_DATABASE_URL": "postgresql://u@h/db?password=hidden&sslmode=require"})
    assert "hidden" not in str(elsewhere.described())


def test_pool_is_as_large_as_the_operator_says() -> None:
    settings = {
        "PORTAL_DATABASE_URL": "postgresql://u@h/db",
        "PORTAL_DATABASE_POOL": "3",
        "PORTAL_DATABASE_OVERFLOW": "0",
    }
    options = engine_options(Config.from_environment(settings))
    assert (options["pool_size"], options["max_overflow"]) == (3, 0)
