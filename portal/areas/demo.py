"""The areas of the demo: some fifty municipalities by code, name and what they lie in, with the villages of the demo.

The codes are those of TERC and EKATTE, so an import of the official lists finds them there.
"""

from portal.areas.models import AreaKind, Scheme
from portal.areas.services import import_lists
from portal.areas.sources import Lists, Row
from portal.declaration import Demo
from portal.words.i18n import Localized
from portal.words.text import transliterate

K = AreaKind
_COUNTIES = {
    "0264": (K.CITY_COUNTY, "Wrocław"), "0463": (K.CITY_COUNTY, "Toruń"), "0662": (K.CITY_COUNTY, "Chełm"),
    "0663": (K.CITY_COUNTY, "Lublin"), "1001": (K.COUNTY, "bełchatowski"), "1002": (K.COUNTY, "kutnowski"),
    "1006": (K.COUNTY, "łódzki wschodni"), "1008": (K.COUNTY, "pabianicki"), "1012": (K.COUNTY, "radomszczański"),
    "1014": (K.COUNTY, "sieradzki"), "1017": (K.COUNTY, "wieluński"), "1018": (K.COUNTY, "wieruszowski"),
    "1020": (K.COUNTY, "zgierski"), "1021": (K.COUNTY, "brzeziński"), "1061": (K.CITY_COUNTY, "Łódź"),
    "1062": (K.CITY_COUNTY, "Piotrków Trybunalski"), "1261": (K.CITY_COUNTY, "Kraków"),
    "1465": (K.CITY_COUNTY, "Warszawa"), "2261": (K.CITY_COUNTY, "Gdańsk"), "2601": (K.COUNTY, "buski"),
    "2661": (K.CITY_COUNTY, "Kielce"), "2804": (K.COUNTY, "elbląski"), "2814": (K.COUNTY, "olsztyński"),
    "2861": (K.CITY_COUNTY, "Elbląg"), "2862": (K.CITY_COUNTY, "Olsztyn"), "3007": (K.COUNTY, "kaliski"),
    "3064": (K.CITY_COUNTY, "Poznań"),
}  # fmt: skip
_GMINY = {
    "026401": (K.URBAN, "Wrocław", ""), "046301": (K.URBAN, "Toruń", ""), "066201": (K.URBAN, "Chełm", ""),
    "066301": (K.URBAN, "Lublin", ""), "100103": (K.RURAL, "Drużbice", "Wólka Łękawska|Suchcice|Rasy"),
    "100201": (K.URBAN, "Kutno", ""), "100206": (K.RURAL, "Kutno", ""), "100211": (K.MIXED, "Żychlin", "Dobrzelin"),
    "100610": (K.MIXED, "Rzgów", ""), "100802": (K.URBAN, "Pabianice", ""), "100807": (K.RURAL, "Pabianice", ""),
    "101204": (K.RURAL, "Gomunice", ""), "101208": (K.RURAL, "Lgota Wielka", ""), "101209": (K.RURAL, "Ładzice", ""),
    "101401": (K.URBAN, "Sieradz", ""), "101408": (K.RURAL, "Sieradz", ""), "101411": (K.MIXED, "Złoczew", ""),
    "101708": (K.RURAL, "Skomlin", ""), "101806": (K.RURAL, "Sokolniki", ""), "101807": (K.MIXED, "Wieruszów", ""),
    "102003": (K.URBAN, "Zgierz", ""), "102008": (K.MIXED, "Stryków", ""), "102009": (K.RURAL, "Zgierz", ""),
    "102101": (K.URBAN, "Brzeziny", ""), "102102": (K.RURAL, "Brzeziny", ""), "106101": (K.URBAN, "Łódź", ""),
    "106201": (K.URBAN, "Piotrków Trybunalski", ""), "126101": (K.URBAN, "Kraków", ""),
    "146501": (K.URBAN, "Warszawa", ""), "226101": (K.URBAN, "Gdańsk", ""),
    "260104": (K.MIXED, "Pacanów", "Biechów"), "266101": (K.URBAN, "Kielce", ""), "280401": (K.RURAL, "Elbląg", ""),
    "280406": (K.MIXED, "Młynary", ""), "281410": (K.RURAL, "Purda", ""), "286101": (K.URBAN, "Elbląg", ""),
    "286201": (K.URBAN, "Olsztyn", ""), "300702": (K.RURAL, "Brzeziny", ""), "306401": (K.URBAN, "Poznań", ""),
}  # fmt: skip
_OBSHTINI = {
    "GAB05": ("BG-07", "Габрово", ""), "PDV22": ("BG-16", "Пловдив", ""), "RSE04": ("BG-18", "Бяла", ""),
    "SOF46": ("BG-22", "Столична", "София"), "SZR04": ("BG-24", "Братя Даскалови", "Върбино"),
    "SZR07": ("BG-24", "Гълъбово", ""), "SZR12": ("BG-24", "Казанлък", "Енина|Шипка"), "SZR22": ("BG-24", "Мъглиж", ""),
    "SZR23": ("BG-24", "Опан", ""), "SZR24": ("BG-24", "Павел баня", ""), "SZR27": ("BG-24", "Раднево", ""),
    "SZR31": ("BG-24", "Стара Загора", ""), "SZR36": ("BG-24", "Чирпан", ""), "SZR37": ("BG-24", "Гурково", ""),
    "SZR38": ("BG-24", "Николаево", ""), "VAR05": ("BG-03", "Бяла", ""), "VAR06": ("BG-03", "Варна", ""),
    "VTR04": ("BG-04", "Велико Търново", ""),
}  # fmt: skip


def _rows() -> list[Row]:
    polish = [
        *(Row(Scheme.TERC, code, kind, f"PL-{code[:2]}", Localized.of("pl", name))
          for code, (kind, name) in _COUNTIES.items()),
        *(Row(Scheme.TERC, code, kind, code[:4], Localized.of("pl", name), _cut(others))
          for code, (kind, name, others) in _GMINY.items()),
    ]  # fmt: skip
    return [
        *polish,
        *(
            Row(Scheme.EKATTE, code, K.OBSHTINA, region, _bulgarian(name), _cut(others))
            for code, (region, name, others) in _OBSHTINI.items()
        ),
    ]


def _bulgarian(name: str) -> Localized:
    return Localized.of("bg", name, pl=transliterate(name), en=transliterate(name))


def _cut(others: str) -> tuple[str, ...]:
    return tuple(others.split("|")) if others else ()


def load(cast: object) -> None:
    """Add them; nobody else's are touched."""
    import_lists(Lists(rows={row.code: row for row in _rows()}))


DEMO = Demo(load=load)
