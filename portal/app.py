"""The application: the rooms, and what the declarations of all features give them."""

import datetime as dt
from collections.abc import Mapping, Sequence

from flask import Blueprint, Flask
from flask_babel import Babel
from flask_compress import Compress
from jinja2 import StrictUndefined

from portal import mail, privacy
from portal.declaration import Feature, join_features
from portal.face.compiled import CompiledTemplates
from portal.face.templating import PageEnvironment, init_templates
from portal.face.web import service
from portal.face.web.addresses import STATIC, init_addresses
from portal.face.web.budget import init_budget
from portal.face.web.client import init_proxies
from portal.face.web.failures import init_failures
from portal.face.web.moved import join_moves
from portal.face.web.page_cache import init_page_cache
from portal.face.web.security import init_security
from portal.face.web.static import static_files
from portal.features import FEATURES
from portal.ground import authz, facts, jobs, sights
from portal.ground.config import CONFIG, Config
from portal.ground.cookies import Sessions, cookie_name
from portal.ground.data_version import watch_writes
from portal.ground.db import db, init_db
from portal.ground.logs import init_logs
from portal.privacy import consents, own
from portal.words import slugs
from portal.words.i18n import current_language

# Views of libraries, by endpoint, with their access: there is no template of a library among them.
LIBRARY_VIEWS: Mapping[str, str] = {}


def create_app(config: Config) -> Flask:
    """Build the portal from its settings. Touches neither the database nor the network."""
    app = Flask("portal", static_folder=None, template_folder="templates")
    config.var.mkdir(parents=True, exist_ok=True)
    CONFIG.set(app, config)
    app.config.update(_flask_settings(config))
    app.session_interface = Sessions()
    app.jinja_environment = PageEnvironment
    app.jinja_options = {"bytecode_cache": CompiledTemplates(config.var / "templates")}
    app.jinja_env.undefined = StrictUndefined
    Babel(app, configure_jinja=False, locale_selector=current_language)
    init_db(app, config)
    with app.app_context():
        watch_writes(db.engine)
    _init_rooms(app, config, FEATURES)
    for feature in FEATURES:
        feature.init(app, config)
    for blueprint in (service.bp, *(blueprint for feature in FEATURES for blueprint in feature.blueprints)):
        _register(app, blueprint)
    authz.check_marks(app, LIBRARY_VIEWS)
    sights.check_sights(app, authz.RULES.of(app))
    Compress(app)
    init_page_cache(app, config)
    app.wsgi_app = static_files(app.wsgi_app, STATIC, config.var / "static")  # type: ignore[method-assign]
    init_proxies(app, config)
    return app


def _init_rooms(app: Flask, config: Config, features: Sequence[Feature]) -> None:
    """Give each room below the features what they declare for it."""
    join_features(app, features)
    init_addresses(app, home=next(feature.home for feature in features if feature.home))
    init_failures(app)
    join_moves(app, *(feature.moves for feature in features))
    init_budget(app)
    init_logs(app, config)
    init_security(app, config)
    init_templates(
        app, [entry for feature in features for entry in feature.menu], [e for f in features for e in f.footer]
    )
    slugs.reserve(app, {word for feature in features for word in feature.reserved})
    authz.join_rules(app, *(feature.rules for feature in features))
    sights.join_sights(app, *(feature.sights for feature in features))
    authz.identify(app, next(feature.identity for feature in features if feature.identity))
    facts.join_answers(app, [a for f in features for a in f.answers], [p for f in features for p in f.previews])
    privacy.join_parts(app, [*(feature.privacy for feature in features if feature.privacy), own.PART])
    consents.join_consents(app, [text for feature in features for text in feature.consents])
    pages = next(feature.mail_pages for feature in features if feature.mail_pages)
    mail.join_kinds(app, [kind for feature in features for kind in feature.mail_kinds], pages)
    service.PROBES.set(app, {"mail": mail.keeps_up})
    jobs.init_jobs(app)


def _register(app: Flask, blueprint: Blueprint) -> None:
    """Pages live under their language; a blueprint marked `unlocalised` has addresses for programs."""
    prefix = "" if getattr(blueprint, "unlocalised", False) else "/<lang:lang>"
    app.register_blueprint(blueprint, url_prefix=prefix + (blueprint.url_prefix or ""))


def _flask_settings(config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key,
        "SESSION_COOKIE_NAME": cookie_name("session", config),
        "SESSION_COOKIE_SECURE": config.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": dt.timedelta(days=14),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_I18N_ENABLED": False,
        "BABEL_TRANSLATION_DIRECTORIES": str(STATIC.parents[1] / "translations"),
        "COMPRESS_ALGORITHM": ["zstd", "br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_ZSTD_LEVEL": 6,
        "COMPRESS_MIN_SIZE": 800,
        "TEMPLATES_AUTO_RELOAD": False,
    }
