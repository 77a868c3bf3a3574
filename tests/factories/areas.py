"""Areas for tests: official lists of our own making, and what the demo has."""

from portal.areas import demo, queries
from portal.areas.models import Area

TERC = """\ufeffWOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA
10;;;;ŁÓDZKIE;województwo;2026-01-01
10;01;;;bełchatowski;powiat;2026-01-01
10;01;03;2;Drużbice;gmina wiejska;2026-01-01
10;21;;;brzeziński;powiat;2026-01-01
10;21;01;1;Brzeziny;gmina miejska;2026-01-01
10;21;02;2;Brzeziny;gmina wiejska;2026-01-01
10;06;;;łódzki wschodni;powiat;2026-01-01
10;06;07;3;Koluszki;gmina miejsko-wiejska;2026-01-01
10;06;07;4;Koluszki;miasto;2026-01-01
10;06;07;5;Koluszki;obszar wiejski;2026-01-01
10;61;;;Łódź;miasto na prawach powiatu;2026-01-01
10;61;01;1;Łódź;gmina miejska;2026-01-01
10;61;02;9;Łódź-Bałuty;delegatura;2026-01-01
30;;;;WIELKOPOLSKIE;województwo;2026-01-01
30;07;;;kaliski;powiat;2026-01-01
30;07;02;2;Brzeziny;gmina wiejska;2026-01-01
"""
OBSHTINI = """obstina,ekatte,name,category,document,abc
SZR12,35167,Казанлък,2,1825,100
RSE04,07603,Бяла,3,1825,31
VAR05,07598,Бяла,4,1825,32
SOF46,68134,Столична,1,1825,200
"""
SETTLEMENTS = """ekatte,t_v_m,name,oblast,obstina,kmetstvo,kind,category,altitude,document,tsb,abc
35167,гр.,Казанлък,SZR,SZR12,SZR12-00,1,2,5,1825,23,1
27499,с.,Енина,SZR,SZR12,SZR12-03,3,5,5,1825,23,2
68134,гр.,София,SOF,SOF46,SOF46-00,1,0,6,1825,22,3
"""
OBLASTS = """oblast,ekatte,name,region,document,abc
SZR,68850,Стара Загора,BG34,1483,24
"""


def load_demo_areas() -> None:
    """The municipalities of the demo."""
    demo.load(None)


def area(code: str) -> Area:
    """The area with this code."""
    found = queries.by_code(code)
    assert found is not None, f"There is no area {code}"
    return found
