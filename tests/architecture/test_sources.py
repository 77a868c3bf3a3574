"""How the code is written: sizes, time, settings, translation at import."""

from collections.abc import Callable, Iterator

import pytest

from tests.architecture import sources
from tests.architecture.sources import Source

Rule = Callable[[Source], Iterator[str]]

EVERYWHERE = ("portal", "tests", "tools", "bench")
RULES: list[tuple[Rule, tuple[str, ...], list[str]]] = [
    (sources.long_parts, EVERYWHERE, ["\n" * 301, "def f():\n" + "    x = 1\n" * 41]),
    (
        sources.eager_gettext,
        ("portal",),
        ["TITLE = _('Title')", "class A:\n    label = _p('button', 'Save')", "def f(a=_('x')): pass"],
    ),
    (sources.environment_reads, ("portal",), ["import os\nx = os.environ['HOME']", "from os import getenv"]),
    (
        sources.other_clocks,
        ("portal",),
        ["x = dt.datetime.now()", "x = datetime.date.today()", "x = sa.func.now()"],
    ),
    (sources.commits, ("portal",), ["def f():\n    db.session.commit()"]),
    (sources.mass_assignment, ("portal",), ["def f(form, x):\n    form.populate_obj(x)"]),
    (
        sources.unversioned_edits,
        ("portal",),
        ["class EditNoteForm(NoteFields):\n    pass", "class NoteEditForm(Form): pass"],
    ),
    (sources.untyped_places, ("portal",), ['app.extensions["portal.rules"] = {}']),
    (sources.untidy_names, ("portal", "tools"), ["# TO" + "DO later"]),
]


@pytest.mark.parametrize(("rule", "folders", "bad"), RULES, ids=lambda value: getattr(value, "__name__", ""))
def test_sources_keep_rule(rule: Rule, folders: tuple[str, ...], bad: list[str]) -> None:
    found = [fault for source in sources.python(*folders) for fault in rule(source)]
    assert not found, f"{rule.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "bad"),
    [(rule, bad) for rule, _, examples in RULES for bad in examples],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_rule_rejects_its_bad_example(rule: Rule, bad: str) -> None:
    assert list(rule(Source("portal/news/example.py", bad)))


def test_rule_rejects_a_transaction_in_a_view_and_a_drawer() -> None:
    assert list(
        sources.commits(Source("portal/news/views/manage.py", "def f():\n    with transaction() as session: pass"))
    )
    assert list(sources.untidy_names(Source("portal/news/utils.py", "")))
    assert list(sources.untidy_names(Source("portal/news/services/common.py", "")))


def test_lazy_gettext_at_import_is_accepted() -> None:
    assert not list(
        sources.eager_gettext(Source("portal/x.py", "TITLE = _l('Title')\ndef f():\n    return _('Title')"))
    )
