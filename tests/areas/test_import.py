"""The official lists: what they bring, a second run, what vanishes, and what is no list at all."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from portal.areas import queries, services
from portal.areas.cli import import_areas
from portal.areas.models import Area, AreaKind, AreaWithin
from portal.areas.sources import Lists, read
from portal.ground import audit
from portal.ground.db import db
from portal.words.tables import read_file
from tests.factories.areas import OBLASTS, OBSHTINI, SETTLEMENTS, TERC, area


def lists(**files: str) -> Lists:
    return read({name: read_file(text.encode()) for name, text in files.items()})


def stored(*files: str) -> services.Outcome:
    found = lists(**{f"file{number}": text for number, text in enumerate(files)})
    assert found.faults == []
    return services.import_lists(found)


def run(tmp_path: Path, *texts: str | bytes, options: tuple[str, ...] = ()) -> Result:
    paths = []
    for number, text in enumerate(texts):
        path = tmp_path / f"list{number}.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(str(path))
    return CliRunner().invoke(import_areas, [*paths, *options])


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Area)) or 0


def test_countries_and_regions_are_there_from_the_beginning(app: Any) -> None:
    kinds = dict(db.session.execute(sa.select(Area.kind, sa.func.count()).group_by(Area.kind)).all())
    assert kinds == {"country": 2, "voivodeship": 16, "oblast": 28}
    assert area("PL-10").name.texts == {"pl": "łódzkie", "bg": "Лодзко", "en": "Łódź"}
    assert not area("BG-24").name.is_outdated("pl")


def test_list_brings_counties_and_communes_and_no_parts_of_them(app: Any) -> None:
    outcome = stored(TERC)
    assert len(outcome.new) == 11 and not outcome.changed and not outcome.retired
    assert {code: area(code).kind for code in ("1001", "100103", "102101", "102102", "100607", "1061", "106101")} == {
        "1001": AreaKind.COUNTY, "100103": AreaKind.RURAL, "102101": AreaKind.URBAN, "102102": AreaKind.RURAL,
        "100607": AreaKind.MIXED, "1061": AreaKind.CITY_COUNTY, "106101": AreaKind.URBAN,
    }  # fmt: skip
    assert queries.by_code("106102") is None  # a delegature


def test_municipalities_of_bulgaria_are_in_latin_letters_too_and_found_by_their_villages(app: Any) -> None:
    stored(OBLASTS, OBSHTINI, SETTLEMENTS)
    assert area("SZR12").name.texts == {"bg": "Казанлък", "pl": "Kazanlak", "en": "Kazanlak"}
    assert area("SZR12").other_names == ("Енина",)
    assert area("SOF46").other_names == ("София",)


def test_official_english_name_comes_before_the_transliterated_one(app: Any) -> None:
    stored("obshtina,name,name_en\nSOF46,Столична,Capital\n")
    assert area("SOF46").name.texts == {"bg": "Столична", "pl": "Stolichna", "en": "Capital"}


def test_everything_in_a_region_is_one_read(app: Any) -> None:
    stored(TERC)
    codes = db.session.scalars(sa.select(Area.code).where(Area.id.in_(queries.within(area("PL-10").id)))).all()
    assert {"PL-10", "1001", "100103", "106101"} <= set(codes)
    assert "300702" not in codes and "3007" not in codes
    whole = db.session.scalars(sa.select(Area.code).where(Area.id.in_(queries.within(area("PL").id)))).all()
    assert {"PL", "PL-10", "PL-30", "300702"} <= set(whole) and "BG-24" not in whole


def test_second_run_changes_nothing(app: Any) -> None:
    stored(TERC, OBSHTINI, SETTLEMENTS)
    before = count()
    again = stored(TERC, OBSHTINI, SETTLEMENTS)
    assert (again.new, again.changed, again.retired, again.unchanged) == ([], [], [], 15)
    assert count() == before


def test_renamed_area_and_one_that_became_a_town_stay_the_same_area(app: Any) -> None:
    stored(TERC)
    number = area("100103").id
    later = TERC.replace("10;01;03;2;Drużbice;gmina wiejska", "10;01;03;3;Drużbice Wielkie;gmina miejsko-wiejska")
    assert stored(later).changed == ["100103"]
    assert (area("100103").id, area("100103").kind) == (number, "mixed")
    assert area("100103").name.get("pl") == "Drużbice Wielkie"
    assert [place.code for place in queries.find("druzbice wielkie")[0]] == ["100103"]


def test_villages_stay_when_a_later_run_does_not_name_them(app: Any) -> None:
    stored(OBSHTINI, SETTLEMENTS)
    assert stored(OBSHTINI).changed == []
    assert area("SZR12").other_names == ("Енина",)


def test_what_vanished_is_retired_and_comes_back_with_the_list(app: Any) -> None:
    stored(TERC)
    without = TERC.replace("10;21;01;1;Brzeziny;gmina miejska;2026-01-01\n", "")
    assert stored(without).retired == ["102101"]
    assert area("102101").retired_at is not None
    assert "102101" not in [place.code for place in queries.find("brzeziny")[0]]
    assert stored(TERC).changed == ["102101"]
    assert area("102101").retired_at is None


def test_list_of_one_voivodeship_retires_nothing_elsewhere(app: Any) -> None:
    stored(TERC)
    only = "".join(line for line in TERC.splitlines(keepends=True) if not line.startswith("30"))
    assert stored(only).retired == []


def test_half_a_list_is_refused_until_somebody_insists(app: Any, tmp_path: Path) -> None:
    gminy = "".join(f"30;07;{number};2;Wieś {number};gmina wiejska;2026-01-01\n" for number in range(10, 40))
    stored(TERC + gminy)
    refused = run(tmp_path, TERC)
    assert refused.exit_code == 1 and "--retire-many" in refused.output
    assert area("300710").retired_at is None
    assert run(tmp_path, TERC, options=("--retire-many",)).exit_code == 0
    assert area("300710").retired_at is not None


def test_dry_run_says_everything_and_stores_nothing(app: Any, tmp_path: Path) -> None:
    before = count()
    said = run(tmp_path, TERC, options=("--dry-run", "--json"))
    assert said.exit_code == 0
    assert len(json.loads(said.output)["new"]) == 11
    assert count() == before
    assert run(tmp_path, TERC).output == "11 new, 0 changed, 0 retired, 0 as they were.\n"


BAD = (
    "WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA\n"
    "10;;;;MAZOWIECKIE;województwo;x\n"  # that is 14
    "99;01;;;nowy;powiat;x\n"
    "10;01;;;bełchatowski;gubernia;x\n"
    "10;02;1;2;Bedlno;gmina wiejska;x\n"
    "10;02;02;7;Bedlno;gmina wiejska;x\n"
    "10;02;03;2;;gmina wiejska;x\n"
    "10;77;03;2;Nigdzie;gmina wiejska;x\n"
)


def test_every_bad_line_is_told_with_its_number_and_nothing_is_stored(app: Any, tmp_path: Path) -> None:
    before = count()
    said = run(tmp_path, BAD + "10;02;;;kutnowski;powiat;x\n")
    assert said.exit_code == 1
    for line in range(2, 8):
        assert f"line {line}: " in said.output
    assert "100203" not in said.output and "1077, which no list has" in said.output
    assert count() == before
    as_json = run(tmp_path, BAD, options=("--json",))
    assert {2, 3, 4, 5, 6, 7} <= {fault["line"] for fault in json.loads(as_json.stdout.partition("Error")[0])["faults"]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name;town\nx;y\n", "no list of TERC or EKATTE"), (b"PK\x03\x04 damaged", "cannot read this workbook"),
        ("", "no list of TERC or EKATTE"), (b"\xff\xfe\x00", "list0.csv"),
        ("obstina,name\nX1,Бяла\n", "three letters and two digits"), ("obstina,name\nXXX01,Бяла\n", "no oblast 'XXX'"),
        ("ekatte,t_v_m,name,obstina\n1,с.,Енина,SZR12\n", "give the file of municipalities"),
        (f"obstina,name\nSZR12,{'х' * 121}\n", "more than 120 characters"),
        ("obstina,name\nSZR12,Казанлък\nSZR12,Друг\n", "twice"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_sentence(app: Any, tmp_path: Path, text: str | bytes, says: str) -> None:
    said = run(tmp_path, text)
    assert said.exit_code == 1 and says in said.output, said.output


def test_size_is_asked_before_a_file_is_read(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(5_000_001)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("It was read"))
    said = CliRunner().invoke(import_areas, [str(large)])
    assert said.exit_code == 1 and "5000001 bytes" in said.output


def test_stopped_import_is_begun_again_and_goes_on(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    gminy = "".join(f"30;07;{number};2;Wieś {number};gmina wiejska;2026-01-01\n" for number in range(10, 99))
    stored_batches = iter(range(1))
    rooms = services.importing.lock_table

    def lock(model: type[Area]) -> None:
        if next(stored_batches, None) is None:
            raise KeyboardInterrupt
        rooms(model)

    monkeypatch.setattr(services.importing, "lock_table", lock)
    with pytest.raises(KeyboardInterrupt):
        stored(TERC + gminy)
    db.session.rollback()
    assert count() == 46 + services.BATCH
    monkeypatch.undo()
    assert stored(TERC + gminy).unchanged == services.BATCH
    assert count() == 46 + 11 + 89


def test_whole_country_takes_seconds(app: Any) -> None:
    """As many areas as the lists of 2024 have: 380 powiaty and 2,477 gminy, 265 общини."""
    lines = ["WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA"]
    for number in range(380):
        woj, county = ("10", "14", "30", "28", "06", "24")[number // 64], f"{number % 64 + 1:02}"
        lines.append(f"{woj};{county};;;powiatowski {number};powiat;x")
        lines += [f"{woj};{county};{gmi:02};2;Gmina {number} {gmi};gmina wiejska;x" for gmi in range(1, 8)]
    regions = ("BLG", "BGS", "VAR", "VTR", "VID", "SZR")
    obshtini = ["obstina,name", *(f"{regions[n // 45]}{n % 45 + 1:02},Община {n}" for n in range(265))]
    began = time.process_time()
    outcome = stored("\n".join(lines), "\n".join(obshtini))
    taken = time.process_time() - began
    assert len(outcome.new) == 380 * 8 + 265
    assert taken < 20, f"{taken:.1f} seconds of this processor"


def test_changed_and_retired_areas_stand_in_the_audit_trail(app: Any) -> None:
    stored(TERC)
    stored(TERC.replace("Drużbice", "Drużbice Nowe").replace("10;21;01;1;Brzeziny;gmina miejska;2026-01-01\n", ""))
    verbs = db.session.scalars(sa.select(audit.AuditEntry.verb)).all()
    assert sorted(verbs) == ["area.changed", "area.retired"]


def test_each_area_lies_within_itself_and_all_above(app: Any) -> None:
    stored(TERC)
    above = sa.select(Area.code).join(AreaWithin, AreaWithin.ancestor_id == Area.id)
    assert set(db.session.scalars(above.where(AreaWithin.area_id == area("100103").id))) == {
        "100103", "1001", "PL-10", "PL",
    }  # fmt: skip
