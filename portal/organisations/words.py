"""What a profile says of itself without anybody having written it: labels, dates, languages."""

import datetime as dt
from collections.abc import Sequence
from urllib.parse import urlsplit

from portal.ground import clock
from portal.words.i18n import LANGUAGES, Localized, Shown, _, formats
from portal.words.text import capital
from portal.words.vocabularies import label, vocabulary

OLD_AFTER = 13  # months: then a reader is told since when nobody has looked at the details
TWO_LINES = 160  # characters
ZONE = "Europe/Warsaw"

Fact = tuple[str, bool]  # (words, is it old)


def theme_labels(codes: Sequence[str]) -> list[str]:
    return [label("icnpo", code) for code in codes]


def kind(legal_form: str) -> str:
    """The legal form as it stands alone on a line: with a capital letter."""
    return capital(label("legal_forms", legal_form))


def two_lines(summary: Localized) -> Shown:
    """The beginning of a summary, cut between words: a list shows two lines of it."""
    shown = summary.shown()
    if len(shown.text) <= TWO_LINES:
        return shown
    cut = shown.text[: TWO_LINES - 1]
    return shown._replace(text=(cut.rpartition(" ")[0] or cut).rstrip(" ,;:–-") + "…")


def dated_facts(confirmed_at: dt.datetime | None, dormant_since: dt.datetime | None = None) -> list[Fact]:
    """When the organisation last said that its details are right, and what has followed from a long silence."""
    if confirmed_at is None:
        return []
    date = formats.date(confirmed_at, ZONE)
    if dormant_since is not None:
        return [(_("Not in the list of organisations: details not confirmed since %(date)s", date=date), True)]
    if _months_since(confirmed_at) < OLD_AFTER:
        return [(_("Details confirmed: %(date)s", date=date), False)]
    return [(_("Details not confirmed since: %(date)s", date=date), True)]


def year_began() -> dt.datetime:
    """The moment from which a confirmation is one of "this year"."""
    return clock.from_wall(dt.datetime.combine(clock.today(ZONE).replace(month=1, day=1), dt.time.min), ZONE)


def _months_since(moment: dt.datetime) -> int:
    then, now = clock.in_zone(moment, ZONE), clock.in_zone(clock.now(), ZONE)
    return (now.year - then.year) * 12 + now.month - then.month - (now.day < then.day)


def languages_written(*texts: Localized) -> tuple[str, ...]:
    """The languages that at least one of these texts exists in."""
    written = {language for text in texts for language in text.languages}
    return tuple(language for language in LANGUAGES if language in written)


def website_name(url: str) -> str:
    """An address as people say it: without the scheme and an empty path."""
    parts = urlsplit(url)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"


def verb(code: str) -> str:
    """What somebody did, in the words of the page; verbs of releases to come are told without them."""
    name = code.replace(".", "-").replace("_", "-")
    known = {term.code: term.label for term in vocabulary("audit_verb")}
    return known.get(name) or _("something else was done")
