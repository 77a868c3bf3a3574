"""Lists from the console: the same as the page, and as sparing."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from portal.ground.db import db
from portal.imports.models import ImportBatch
from portal.organisations.models import Organisation
from tests.factories.imports import HEAD, row


@pytest.fixture
def run(app: Any) -> Any:
    """`run("import", …)` answers what the console does."""
    from portal.imports.cli import organisations

    def answer(*arguments: str) -> Any:
        return app.test_cli_runner().invoke(organisations, list(arguments))

    return answer


def names() -> list[str]:
    db.session.rollback()
    return sorted(one.source for one in db.session.scalars(sa.select(Organisation.name)))


def batches() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(ImportBatch)) or 0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "lista.csv"
    made.write_text("\n".join([HEAD, row(1, krs="1"), row(2), "Zła;coś;Zgierz;łódzkie;1;;;"]), encoding="cp1250")
    return made


def test_file_is_imported_reported_and_undone(run: Any, file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    told = run("import", str(file), "--lang", "en", "--report", str(report))
    assert told.exit_code == 0, told.output
    assert "2 profiles were made." in told.output and names() == ["Stowarzyszenie Klon 1", "Stowarzyszenie Klon 2"]
    rows = list(csv.reader(io.StringIO(report.read_text("utf-8-sig"))))
    assert [line[0] for line in rows[1:]] == ["2", "3", "4"] and "coś" in rows[3][3]
    number = told.output.split()[1]
    assert "2 profiles were taken back." in run("undo", number, "--lang", "en").output and names() == []
    assert run("undo", "999").exit_code == 1


def test_dry_run_makes_nothing_and_leaves_nothing(run: Any, file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    told = run("import", str(file), "--lang", "en", "--dry-run", "--report", str(report))
    assert "2 rows can be made into profiles." in told.output and report.exists()
    assert names() == [] and batches() == 0


def test_mapping_and_starts_are_those_of_the_command(run: Any, tmp_path: Path) -> None:
    file, mapping = tmp_path / "a.csv", tmp_path / "m.json"
    file.write_text("x;y\nLipa;Zgierz", encoding="utf-8")
    mapping.write_text(json.dumps({"name": 1, "town": 2}))
    starts = [part for pair in ("region=PL-10", "legal_form=pl-foundation", "themes=5") for part in ("--start", pair)]
    assert run("import", str(file), "--mapping", str(mapping), *starts, "--public").exit_code == 0
    (made,) = db.session.scalars(sa.select(Organisation)).all()
    assert (made.name.source, made.region, made.status, made.imported_from) == ("Lipa", "PL-10", "published", "a.csv")


def test_list_of_which_nothing_can_be_made_is_reported(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"{HEAD}\nZła;coś;Zgierz;łódzkie;1;;;", encoding="utf-8")
    told = run("import", str(file), "--lang", "en")
    assert told.exit_code == 0 and "1 row needs a correction." in told.output and batches() == 0


@pytest.mark.parametrize("mapping", ["[1]", "{", '{"name": "x"}'])
def test_mapping_that_is_none_is_refused(run: Any, file: Path, tmp_path: Path, mapping: str) -> None:
    given = tmp_path / "m.json"
    given.write_text(mapping)
    assert run("import", str(file), "--mapping", str(given)).exit_code != 0 and names() == []
