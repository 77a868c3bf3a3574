"""Views: denied unless declared, thin, and a GET writes nothing."""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.app import LIBRARY_VIEWS, create_app
from portal.ground import authz, sights
from portal.ground.config import Config
from portal.ground.db import db, transaction
from tests.architecture import views
from tests.architecture.sources import Source, python
from tests.architecture.templates import all_templates

Rule = Callable[[Source], Iterator[str]]
GET_AND_POST = "@bp.route('/x', methods=['GET', 'POST'])\ndef edit():\n"
RULES: list[tuple[Rule, list[str]]] = [
    (views.fat_views, ["@bp.get('/x')\ndef show():\n" + "    x = 1\n" * 28]),
    (
        views.writes_on_get,
        [
            "@bp.get('/x')\ndef show():\n    services.touch()",
            "@bp.route('/x')\ndef show():\n    with form.refusals():\n        services.touch()",
            GET_AND_POST + "    services.touch()\n    if form.validate_on_submit():\n        return 1",
            GET_AND_POST + "    if form.validate_on_submit():\n        return 1\n    return services.touch()",
        ],
    ),
    (views.eager_addresses, ["x = request.host_url", "x = url_for('a', _external=True)"]),
]


@pytest.fixture(scope="module")
def plain_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, without a database."""
    return create_app(Config.from_environment({"PORTAL_VAR": str(tmp_path_factory.mktemp("plain"))}))


@pytest.mark.parametrize(("rule", "bad"), RULES, ids=lambda value: getattr(value, "__name__", ""))
def test_views_keep_rule(rule: Rule, bad: list[str]) -> None:
    found = [fault for source in views.view_sources() for fault in rule(source)]
    assert not found, f"{rule.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize(("rule", "bad"), [(rule, bad) for rule, examples in RULES for bad in examples])
def test_rule_rejects_its_bad_example(rule: Rule, bad: str) -> None:
    assert list(rule(Source("portal/news/views.py", bad)))


@pytest.mark.parametrize(
    "good",
    [
        "    if form.validate_on_submit():\n        with form.refusals():\n            services.touch()\n    return 1",
        "    if request.method != 'POST':\n        return 1\n    services.touch()",
    ],
)
def test_service_behind_a_test_for_post_is_accepted(good: str) -> None:
    assert not list(views.writes_on_get(Source("portal/news/views.py", GET_AND_POST + good)))


def test_every_view_has_one_mark(plain_app: Flask) -> None:
    for endpoint, view in plain_app.view_functions.items():
        assert endpoint in LIBRARY_VIEWS or isinstance(getattr(view, "access", None), authz.Access), endpoint


def test_unmarked_view_does_not_start() -> None:
    app = Flask("bad")
    app.add_url_rule("/x", "x", lambda: "x")
    with pytest.raises(authz.MissingMark):
        authz.check_marks(app, {})


def test_two_marks_do_not_start() -> None:
    with pytest.raises(RuntimeError):
        authz.public(authz.signed_in(lambda: "x"))


def test_permission_declared_twice_does_not_start() -> None:
    class First(StrEnum):
        EDIT = "news:edit"

    rules: authz.Rules = {First.EDIT: lambda person, obj: True}
    with pytest.raises(RuntimeError):
        authz.join_rules(Flask("bad"), rules, rules)


class Sighted(StrEnum):
    SEE = "news:see"


def loaded(slug: str) -> Source | None:
    """A loader that says what it returns."""


def unsaid(slug: str):  # type: ignore[no-untyped-def]
    """A loader that does not."""


def either(slug: str) -> Source | Config | None:
    """A loader of two kinds of things."""


def start(view: authz.View, *tables: sights.Sights) -> None:
    app = Flask("example")
    authz.join_rules(app, {Sighted.SEE: lambda person, obj: True})
    sights.join_sights(app, *tables)
    app.add_url_rule("/<slug>", "example", view)
    sights.check_sights(app, authz.RULES.of(app))


@pytest.mark.parametrize("loader", [unsaid, either, loaded], ids=["unsaid", "either", "no sight"])
def test_object_without_a_sight_does_not_start(loader: Callable[..., object]) -> None:
    with pytest.raises(sights.MissingSight):
        start(authz.requires(Sighted.SEE, on=loader)(lambda obj: "x"))


def test_object_with_a_sight_starts() -> None:
    start(authz.requires(Sighted.SEE, on=loaded)(lambda obj: "x"), {Source: Sighted.SEE})
    start(authz.requires(Sighted.SEE, on=unsaid, see=sights.Everybody("a timetable"))(lambda obj: "x"))


def test_sight_that_no_rule_answers_does_not_start() -> None:
    class Other(StrEnum):
        SEE = "news:glimpse"

    with pytest.raises(sights.MissingSight):
        start(authz.requires(Sighted.SEE, on=loaded)(lambda obj: "x"), {Source: sights.AfterSignIn(Other.SEE)})


def test_sight_declared_twice_does_not_start() -> None:
    with pytest.raises(RuntimeError):
        start(authz.public(lambda: "x"), {Source: Sighted.SEE}, {Source: Sighted.SEE})


def test_no_view_of_a_library_is_served_unlisted(plain_app: Flask) -> None:
    for endpoint, view in plain_app.view_functions.items():
        module = getattr(view, "__module__", "")
        assert module.startswith("portal.") or endpoint in LIBRARY_VIEWS, f"{endpoint} comes from {module}"


def unused_templates(templates: Iterable[str], texts: Iterable[str]) -> set[str]:
    """Templates whose name, without its folder, no view, mail or other template says in quotation marks."""
    said = set(re.findall(r"[\"'/]([\w-]+)(?:\.html|\.txt|\.xml)?[\"']", "\n".join(texts)))
    return {name for name in templates if name.rpartition("/")[2].partition(".")[0] not in said}


def test_every_template_is_a_page_or_a_part_of_one(plain_app: Flask) -> None:
    names = [name for name, _ in all_templates()]
    texts = [text for _, text in all_templates()] + [source.text for source in python("portal")]
    assert not unused_templates(names, texts)


def test_forgotten_template_is_seen() -> None:
    assert unused_templates(["news/old.html"], ["{% extends 'base.html' %}"]) == {"news/old.html"}
    assert not unused_templates(["news/mail/sent.txt"], ['template="news/mail/sent"'])


def test_transaction_in_a_get_is_refused(app: Flask) -> None:
    with app.test_request_context("/en/"), pytest.raises(RuntimeError, match="never writes"), transaction():
        pass


def test_connection_outside_a_transaction_refuses_to_write(app: Flask) -> None:
    with pytest.raises(sa.exc.DBAPIError, match=r"(?i)read-?only"):
        db.session.execute(sa.text("DELETE FROM limit_hit"))
    db.session.rollback()
