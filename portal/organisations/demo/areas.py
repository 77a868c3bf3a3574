"""Where the organisations of the demo have their seat and work, by the codes of the official lists."""

SEATS = {  # by town
    "Brzeziny": "102101", "Chełm": "066201", "Drużbice": "100103", "Elbląg": "286101", "Gdańsk": "226101",
    "Gomunice": "101204", "Kielce": "266101", "Kraków": "126101", "Kutno": "100201", "Lgota Wielka": "101208",
    "Lublin": "066301", "Olsztyn": "286201", "Pabianice": "100802", "Piotrków Trybunalski": "106201",
    "Poznań": "306401", "Purda": "281410", "Rzgów": "100610", "Sieradz": "101401", "Skomlin": "101708",
    "Sokolniki": "101806", "Stryków": "102008", "Toruń": "046301", "Warszawa": "146501", "Wieruszów": "101807",
    "Wrocław": "026401", "Złoczew": "101411", "Ładzice": "101209", "Łódź": "106101",
    "Братя Даскалови": "SZR04", "Варна": "VAR06", "Велико Търново": "VTR04", "Гурково": "SZR37", "Гълъбово": "SZR07",
    "Казанлък": "SZR12", "Мъглиж": "SZR22", "Николаево": "SZR38", "Опан": "SZR23", "Павел баня": "SZR24",
    "Пловдив": "PDV22", "Раднево": "SZR27", "Стара Загора": "SZR31", "Чирпан": "SZR36",
}  # fmt: skip
WORKS = {  # by name
    "Stowarzyszenie Pracownia Sąsiedzka": ("PL-10", "2804", "300702"),
    "Koło Gospodyń Wiejskich „Kalina”": ("100103",),
    "Fundacja Most nad Dunajem": ("PL", "BG-18", "RSE04"),
    "Клуб „Открита общност“": ("SZR12", "SZR22", "SZR24", "SZR37", "SZR38"),
}
