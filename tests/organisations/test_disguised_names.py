"""Letters that look alike in names: whoever types one is told which word it is, wherever a name is typed."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground.authz import PORTAL
from portal.ground.db import transaction
from portal.ground.errors import Refusals
from portal.organisations import queries, services
from portal.organisations.models import Organisation
from portal.organisations.services.importing import ready
from portal.words.i18n import Localized
from tests.factories.organisations import fresh, make_organisation, translated, words
from tests.factories.people import make_person

BAD = "Fundаcja Lipa"  # the second a is Cyrillic
SAID = "The word “Fundаcja” has letters of two alphabets that look alike."


def create(organisation: Organisation) -> None:
    services.create(by=make_person(), language="pl", country="PL", **words(name=BAD))


def rename(organisation: Organisation) -> None:
    services.update(organisation, by=PORTAL, version=organisation.row_version, name=BAD)


def translate(organisation: Organisation) -> None:
    given = translated(name=BAD)
    services.translate(organisation, by=PORTAL, language="en", version=organisation.row_version, **given)


def add(organisation: Organisation) -> None:
    services.add_name(organisation, by=PORTAL, kind="alias", text=BAD)


@pytest.mark.parametrize("typed", [create, rename, translate, add])
def test_name_that_only_looks_like_one_alphabet_is_refused_and_nothing_changes(
    app: Any, typed: Callable[[Organisation], None]
) -> None:
    organisation = make_organisation(name="Lipa")
    before = fresh(organisation).row_version
    with pytest.raises(Refusals) as refused:
        typed(fresh(organisation))
    assert [part.field for part in refused.value.parts] == ["text" if typed is add else "name"]
    with app.test_request_context("/en/"):
        assert str(refused.value.parts[0].reason).startswith(SAID)
    assert (fresh(organisation).row_version, fresh(organisation).name.texts) == (before, {"pl": "Lipa"})
    assert queries.names_of(organisation) == [] and queries.by_slug("fundacja-lipa") is None


def test_row_of_a_list_is_told_like_a_form() -> None:
    _given, faults = ready(words(name=BAD), "PL")
    assert [fault.field for fault in faults] == ["name"]


def test_whoever_has_such_a_name_already_may_edit_the_rest(app: Any) -> None:
    """A name from before the rule, or from a register that made the mistake, stands in nobody's way."""
    organisation = make_organisation(name="Lipa")
    with transaction() as session:
        session.execute(sa.update(Organisation).values(name=Localized.of("pl", BAD)))
    stored = fresh(organisation)
    services.update(stored, by=PORTAL, version=stored.row_version, **words(name=BAD, summary="Nowe zdanie."))
    assert fresh(organisation).summary.source == "Nowe zdanie."


def test_page_keeps_what_was_typed_and_says_what_to_do(app: Any, as_person: Any) -> None:
    owner = make_person()
    organisation = make_organisation(owner, name="Lipa")
    answer = as_person(owner).submit(f"/en/organisations/{organisation.slug}/edit/who", {"name": BAD})
    assert answer.status_code == 422
    assert "Type it again on one keyboard layout" in answer.text and f'value="{BAD}"' in answer.text
