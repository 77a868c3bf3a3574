"""What is chosen of two profiles, field by field and language by language."""

from typing import Any

import pytest

from portal.ground.db import db
from portal.ground.errors import Refusals
from portal.organisations import services as organisations
from portal.organisations.combining import parts
from portal.organisations.models import Organisation
from portal.words.i18n import in_language
from tests.factories.organisations import fresh, translated
from tests.merging.test_merging import merge, two
from tests.organisations.test_history import save
from tests.organisations.test_logo import picture


def test_what_is_chosen_is_taken_text_by_text_and_language_by_language(app: Any) -> None:
    owner, kept, lost = two(summary="Krótko.", town="Zgierz")
    save(lost, owner, summary="O wiele dłużej i lepiej.", town="Łódź", website="https://lipa.example.org")
    organisations.translate(
        fresh(lost),
        by=owner,
        language="bg",
        version=fresh(lost).row_version,
        **translated(summary="По-дълго и по-добре."),
    )
    with in_language("pl"):
        found = {part.key: part.fuller for part in parts(fresh(kept), fresh(lost))}
    assert found == {
        "name_pl": "kept", "town": "kept", "summary_pl": "lost", "summary_bg": "lost", "website": "lost",
    }  # fmt: skip
    merge(kept, lost, owner, "summary_bg", "website")
    now = fresh(kept)
    assert (now.summary.source, now.summary.get("bg"), now.town) == ("Krótko.", "По-дълго и по-добре.", "Zgierz")
    assert now.summary.is_outdated("bg")  # it was made from other words
    assert now.website == "https://lipa.example.org"


def test_translation_that_comes_with_its_original_is_up_to_date(app: Any) -> None:
    owner, kept, lost = two(summary="Krótko.")
    organisations.translate(
        fresh(lost), by=owner, language="bg", version=fresh(lost).row_version, **translated(summary="Садим дървета.")
    )
    merge(kept, lost, owner, "summary_pl", "summary_bg")
    now = fresh(kept)
    assert (now.summary.source, now.summary.is_outdated("bg")) == ("Sadzimy drzewa.", False)


def test_choices_that_do_not_go_together_are_refused_and_nothing_happens(app: Any) -> None:
    owner, kept, lost = two(krs="0000123456")
    save(lost, owner, legal_form="pl-informal")
    with pytest.raises(Refusals):
        merge(kept, lost, owner, "legal_form")
    assert fresh(lost).status == "published"
    assert fresh(kept).merged_into_id is None


def test_logo_that_is_chosen_changes_places_and_no_file_is_lost(app: Any) -> None:
    owner, kept, lost = two()
    for one, alt in ((kept, "Stare logo"), (lost, "Nowe logo")):
        organisations.set_logo(fresh(one), by=owner, picture=picture()[0].getvalue(), alt=alt, decorative=False)
    numbers = [fresh(one).logo_id for one in (kept, lost)]
    with in_language("en"):
        assert [(part.key, part.kept, part.lost) for part in parts(fresh(kept), fresh(lost))][-1][0] == "logo"
    merge(kept, lost, owner, "logo")
    now, gone = fresh(kept), db.session.get_one(Organisation, lost.id)
    assert [now.logo_id, gone.logo_id] == [*reversed(numbers)]
    assert now.logo_alt and now.logo_alt.source == "Nowe logo"
