"""A browser in two words, such as "Firefox, Android": enough to know one's own again, too little to follow anybody."""

# The first that the header names; most browsers also name those whose pages they want to be served.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("YaBrowser/", "Yandex"),
    ("Vivaldi/", "Vivaldi"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
LONGEST_HEADER = 400  # characters that are looked at; those of real browsers have about 150
LONGEST = 40  # characters of the two words


def device_of(user_agent: str) -> str:
    """Browser and system out of a User-Agent header (RFC 9110, 10.1.5); empty for what is neither."""
    header = user_agent[:LONGEST_HEADER]
    return ", ".join(filter(None, (_first(BROWSERS, header), _first(SYSTEMS, header))))


def _first(known: tuple[tuple[str, str], ...], header: str) -> str:
    return next((name for mark, name in known if mark in header), "")
