"""Index and counters are made anew: the same as before they broke."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask

from portal import rebuilding
from portal.commands.derived import counters_group, search_group
from portal.declaration import declared
from portal.events.models import Event
from portal.ground import derived, migrations
from portal.ground.authz import PORTAL
from portal.ground.db import db, transaction
from portal.news.models import Post
from portal.organisations.models import Organisation, OrganisationStatus
from portal.organisations.services import change_status
from portal.registration.models import EventSeats
from portal.words.search import SearchDocument, SearchOrder, rules
from tests.support.rebuilding import quietly, state


def broken() -> None:
    """Damage everything that can be made anew."""
    with transaction() as session:
        for statement in (
            "UPDATE search_document SET fold = '  nothing  ', url = 'lost' WHERE id % 3 = 0",
            "DELETE FROM search_order WHERE id % 4 = 1",
            "DELETE FROM search_document WHERE id % 5 = 1",
            "DELETE FROM organisation_listing WHERE organisation_id % 2 = 0",
            "UPDATE directory_terms SET terms = 'listed:yes theme:lost' WHERE organisation_id % 3 = 0",
            "DELETE FROM directory_terms WHERE organisation_id % 3 = 1",
            "DELETE FROM directory_change WHERE organisation_id % 2 = 0",
            "DELETE FROM directory_bitmap WHERE term LIKE 'region:%'",
            "UPDATE directory_mark SET value = 'others'",
            "UPDATE network_size SET members = 99",
            "UPDATE session_seats SET taken = 0",
            "DELETE FROM event_seats",
        ):
            session.execute(sa.text(statement))
        session.execute(sa.update(Organisation.__table__).values(sort_pl=b"x", updated_at=Organisation.updated_at))
        lost = session.scalars(sa.select(SearchDocument).limit(1)).one()
        values = {c.name: getattr(lost, c.name) for c in SearchDocument.__table__.columns}
        values |= {"id": 16 * 99_999 + lost.id % 16, "object_id": 99_999}
        session.execute(sa.insert(SearchDocument), values)  # of something that is gone
        if db.engine.dialect.name == "sqlite":
            session.execute(sa.text("INSERT INTO search_word(search_word) VALUES ('delete-all')"))


def test_broken_data_is_as_before_after_a_rebuild(filled: Flask) -> None:
    before = state()
    broken()
    damaged = state()
    assert all(damaged[name] != before[name] for name in before if name not in ("siec", "w"))
    for group in (search_group, counters_group):
        told = CliRunner().invoke(group, ["rebuild"])
        assert (told.exit_code, told.stderr) == (0, "")
    assert state() == before


def test_rebuild_of_what_is_right_changes_nothing(filled: Flask) -> None:
    before = state()
    rebuilding.rebuild_search(quietly)
    rebuilding.rebuild_counters(quietly)
    assert state() == before


def test_posts_of_a_profile_that_is_off_the_site_stay_unfound(filled: Flask) -> None:
    posts = sa.select(Post.organisation_id).where(Post.status == "published", Post.organisation_id.is_not(None))
    profile = db.session.get_one(Organisation, db.session.scalars(posts.limit(1)).one())
    change_status(profile, OrganisationStatus.HIDDEN, by=PORTAL)
    before = state()
    rebuilding.rebuild_search(quietly)
    assert state() == before


def test_bad_row_is_told_and_the_others_are_made_anew(filled: Flask) -> None:
    before = state()
    bad = db.session.scalars(sa.select(Organisation.id).where(Organisation.status == "published").limit(1)).one()
    event = db.session.scalars(sa.select(EventSeats.event_id).where(EventSeats.taken > 1).limit(1)).one()
    db.session.rollback()
    broken()
    with transaction() as session:
        session.execute(sa.text("UPDATE organisation SET summary = 'no text of ours' WHERE id = :id"), {"id": bad})
        session.execute(sa.update(Event.__table__).where(Event.id == event).values(seats=1))
        session.execute(sa.delete(migrations.Note).where(migrations.Note.key == rebuilding.RULES))
    told = CliRunner().invoke(search_group, ["rebuild"])
    assert told.exit_code == 1
    assert f"organisations: these could not be made anew, the log says why: {bad}\n" in told.stderr
    told = CliRunner().invoke(counters_group, ["rebuild"])
    assert told.exit_code == 1
    assert f"seats: these could not be made anew, the log says why: {event}\n" in told.stderr
    with db.engine.connect() as connection:
        assert migrations.note(connection, rebuilding.RULES) == ""  # the next upgrade tries again
    with transaction() as session:
        lost = sa.select(SearchOrder.id).where(SearchOrder.id == 16 * bad + 1)
        kept = {row.id for row in before["search_order"]} - set(session.scalars(lost))  # type: ignore[attr-defined]
        assert kept - {16 * bad + 1} <= set(session.scalars(sa.select(SearchOrder.id)))


def test_more_rows_than_a_batch_are_all_gone_through(filled: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "BATCH", 4)
    before = state()
    broken()
    done = rebuilding.rebuild_search(quietly)
    rebuilding.rebuild_counters(quietly)
    assert state() == before
    number = len(before["organisation"]) + 1  # type: ignore[arg-type]  # and the one that is gone
    assert next(one.rows for one in done if one.name == "organisations") in (number, number - 1)


def test_changed_rules_make_the_index_anew(filled: Flask) -> None:
    assert rebuilding.follow_rules(quietly) == ()
    before = state()
    broken()
    assert rebuilding.follow_rules(quietly) == ()
    with transaction() as session:
        migrations.take_note(session.connection(), rebuilding.RULES, "those of yesterday")
    assert {one.name for one in rebuilding.follow_rules(quietly)} > {"full text", "organisations", "posts"}
    assert state()["search_document"] == before["search_document"]
    assert rebuilding.follow_rules(quietly) == ()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_kind_that_is_found_can_be_made_anew(app: Flask) -> None:
    lacking = [
        feature.name for feature in declared() if feature.findables and len(feature.findables) != len(feature.indexes)
    ]
    assert lacking == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_search_asks_without_a_name_and_for_the_word_rebuild_with_one(filled: Flask) -> None:
    asked = CliRunner().invoke(search_group, ["--lang", "pl", "lodz"])
    assert (asked.exit_code, asked.output) == (0, CliRunner().invoke(search_group, ["lodz", "--lang", "pl"]).output)
    assert "Łód" in asked.output
    assert CliRunner().invoke(search_group, ["query", "rebuild"]).output == ""


def test_digest_follows_rules_and_not_remarks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "findable.py"

    def of(text: str) -> str:
        module.write_text(text)
        return rules.digest([module])

    first = of('"""One."""\n\ndef found():\n    """Two."""\n    return 1  # three\n')
    assert first == of('"""Other."""\ndef found():\n    return (1)\n')
    assert first != of('"""One."""\n\ndef found():\n    """Two."""\n    return 2  # three\n')

    shutil.copytree(rules.WORDS, tmp_path / "words")
    whole = rules.digest()
    monkeypatch.setattr(rules, "WORDS", tmp_path / "words")
    assert rules.digest() == whole
    for name in ("text/folding.py", "text/collation.py", "search/terms.py", "data/pl_city_aliases.csv"):
        path = tmp_path / "words" / name
        kept = path.read_text("utf-8")
        path.write_text(kept + "\nMORE = 1\n", "utf-8")
        assert rules.digest() != whole, name
        path.write_text(kept, "utf-8")
