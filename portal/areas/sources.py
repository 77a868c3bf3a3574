"""The official lists as tables, and the areas that they name: TERC of Statistics Poland, EKATTE of Bulgaria's NSI.

TERC is one CSV with a row for each voivodeship, powiat and gmina (WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA); towns and rural
parts of mixed gminy, districts and delegatures (RODZ 4, 5, 8, 9) are parts of a gmina and passed over. EKATTE is a file of
oblasts, one of municipalities and one of settlements; settlements become other names of their municipality. Which file is
which its first row says. Nothing is stored here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from portal.areas.models import AreaKind, Scheme
from portal.words.data import rows
from portal.words.i18n import Localized
from portal.words.tables import Line, Table, heads
from portal.words.text import fold, transliterate

LONGEST_NAME = 120
_GMINA = {"1": AreaKind.URBAN, "2": AreaKind.RURAL, "3": AreaKind.MIXED}
_PARTS_OF_GMINA = frozenset("4589")
_OBSHTINA = re.compile(r"[A-Z]{3}\d{2}")
_COLUMNS = {
    "woj": ("WOJ",), "pow": ("POW",), "gmi": ("GMI",), "rodz": ("RODZ",), "ekatte": ("ekatte",),
    "name": ("NAZWA", "name"), "extra": ("NAZWA_DOD",), "english": ("name_en",), "oblast": ("oblast",),
    "obshtina": ("obstina", "obshtina"), "type": ("t_v_m",), "region": ("region",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """An area as an official list has it, with the code of what it lies in. `aliases` are other names to be added."""

    scheme: str
    code: str
    kind: str
    parent: str
    name: Localized
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of a file; line 0 is the file itself."""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.says}" if self.line else f"{self.file}: {self.says}"


@dataclass
class Lists:
    """What some files say. Of each scheme `covered` are the codes of the regions whose areas they list in full."""

    rows: dict[str, Row] = field(default_factory=dict)
    covered: dict[str, set[str]] = field(default_factory=dict)
    settlements: dict[str, dict[str, None]] = field(default_factory=dict)  # code of a municipality -> names
    faults: list[Fault] = field(default_factory=list)


class _BadLine(Exception):
    """A line that no list has; the words say what is wrong with it."""


def read(tables: Mapping[str, Table]) -> Lists:
    """Everything that these files say, by their names."""
    lists = Lists()
    for file, table in tables.items():
        columns = heads(table, _COLUMNS) or {}
        take = _layout(columns)
        if take is None:
            lists.faults.append(Fault(file, 0, "This is no list of TERC or EKATTE: its first row names other columns."))
            continue
        for line in table.lines[1:]:
            try:
                take(lists, _cells(line, columns))
            except _BadLine as error:
                lists.faults.append(Fault(file, line.number, str(error)))
    _join(lists, ", ".join(tables))
    return lists


def _layout(columns: Mapping[str, int]) -> Callable[[Lists, Mapping[str, str]], None] | None:
    if {"woj", "pow", "gmi", "rodz", "name", "extra"} <= columns.keys():
        return _terc
    if {"ekatte", "type", "name", "obshtina"} <= columns.keys():
        return _settlement
    if {"obshtina", "name"} <= columns.keys():
        return _obshtina
    return _oblast if {"oblast", "name", "region"} <= columns.keys() else None


def _cells(line: Line, columns: Mapping[str, int]) -> dict[str, str]:
    return {name: line.cells[place] if place < len(line.cells) else "" for name, place in columns.items()}


def _join(lists: Lists, files: str) -> None:
    """Settlements to their municipalities; and nothing may lie in a powiat that the lists do not have."""
    for code, names in lists.settlements.items():
        row = lists.rows.get(code)
        if row is not None:
            lists.rows[code] = Row(row.scheme, code, row.kind, row.parent, row.name, _besides(row.name, names))
        else:
            says = f"The municipality {code} of some settlements is in no list: give the file of municipalities, too."
            lists.faults.append(Fault(files, 0, says))
    for row in lists.rows.values():
        if row.parent not in lists.rows and row.kind in _GMINA.values():
            lists.faults.append(
                Fault(files, 0, f"{row.code} ({row.name.source}) lies in {row.parent}, which no list has.")
            )


def _besides(name: Localized, names: Mapping[str, None]) -> tuple[str, ...]:
    return tuple(other for other in names if fold(other) != fold(name.source))


# --- TERC --------------------------------------------------------------------------------------------------------


def _terc(lists: Lists, cells: Mapping[str, str]) -> None:
    woj, pow_, gmi, rodz = (cells[name] for name in ("woj", "pow", "gmi", "rodz"))
    region = f"PL-{woj}"
    if region not in _voivodeships():
        raise _BadLine(f"There is no voivodeship {woj!r}.")
    if any(not re.fullmatch(r"[0-9]{2}", code) for code in (pow_, gmi) if code) or (gmi and not pow_):
        raise _BadLine(f"POW and GMI have two digits each, not {pow_!r} and {gmi!r}.")
    if not pow_:
        if fold(cells["name"]) != fold(_voivodeships()[region]):
            raise _BadLine(f"{woj} is {_voivodeships()[region]}, not {cells['name']!r}.")
        lists.covered.setdefault(Scheme.TERC, set()).add(region)
    elif not gmi:
        _add(lists, Row(Scheme.TERC, woj + pow_, _county(cells["extra"]), region, _polish(cells["name"])))
    elif rodz not in _PARTS_OF_GMINA:
        if rodz not in _GMINA:
            raise _BadLine(f"RODZ of a gmina is 1, 2 or 3, not {rodz!r}.")
        _add(lists, Row(Scheme.TERC, woj + pow_ + gmi, _GMINA[rodz], woj + pow_, _polish(cells["name"])))


def _county(extra: str) -> AreaKind:
    if "na prawach powiatu" in extra.lower():
        return AreaKind.CITY_COUNTY
    if extra.lower() != "powiat":
        raise _BadLine(f"NAZWA_DOD of a powiat is 'powiat' or 'miasto na prawach powiatu', not {extra!r}.")
    return AreaKind.COUNTY


def _polish(name: str) -> Localized:
    """A Polish name is called so in English and Bulgarian, too, and says that it is Polish; other spellings are found."""
    return Localized.of("pl", _named(name))


# --- EKATTE ------------------------------------------------------------------------------------------------------


def _oblast(lists: Lists, cells: Mapping[str, str]) -> None:
    region = _region(cells["oblast"])
    lists.covered.setdefault(Scheme.EKATTE, set()).add(region)


def _obshtina(lists: Lists, cells: Mapping[str, str]) -> None:
    code = cells["obshtina"]
    if not _OBSHTINA.fullmatch(code):
        raise _BadLine(f"The code of a municipality is three letters and two digits, not {code!r}.")
    region = _region(code[:3])
    name = _named(cells["name"])
    latin = transliterate(name)
    english = cells.get("english", "")[:LONGEST_NAME] or latin
    _add(lists, Row(Scheme.EKATTE, code, AreaKind.OBSHTINA, region, Localized.of("bg", name, pl=latin, en=english)))
    lists.covered.setdefault(Scheme.EKATTE, set()).add(region)


def _settlement(lists: Lists, cells: Mapping[str, str]) -> None:
    code = cells["obshtina"]
    if not _OBSHTINA.fullmatch(code):
        raise _BadLine(f"The code of a municipality is three letters and two digits, not {code!r}.")
    lists.settlements.setdefault(code, {})[_named(cells["name"])] = None


def _region(letters: str) -> str:
    region = _oblasts().get(letters)
    if region is None:
        raise _BadLine(f"There is no oblast {letters!r}.")
    return region


# --- both --------------------------------------------------------------------------------------------------------


def _add(lists: Lists, row: Row) -> None:
    if lists.rows.setdefault(row.code, row) != row:
        raise _BadLine(
            f"{row.code} stands in the lists twice, as {lists.rows[row.code].name.source} and {row.name.source}."
        )


def _named(name: str) -> str:
    if not name:
        raise _BadLine("The name is missing.")
    if len(name) > LONGEST_NAME:
        raise _BadLine(f"The name has more than {LONGEST_NAME} characters.")
    return name


@cache
def _voivodeships() -> Mapping[str, str]:
    return {row["iso_3166_2"]: row["pl"] for row in rows("pl_voivodeships")}


@cache
def _oblasts() -> Mapping[str, str]:
    """The three letters that Bulgaria's lists have for a region -> its code of ISO 3166-2."""
    return {row["code"]: row["iso_3166_2"] for row in rows("bg_oblasts")}
