"""Two profiles of one organisation, field by field: where they differ, which of both says more, and what one profile of
both would say."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from portal.ground.sentences import Sentence
from portal.organisations.fields import LOGO_ALT, PROFILE
from portal.organisations.history import PROFILE_HISTORY
from portal.organisations.models import Organisation
from portal.revisions.differences import shown
from portal.revisions.history import Data
from portal.words.fields import Field, Kind
from portal.words.i18n import LANGUAGES, Localized, _l
from portal.words.richtext import plain

LOGO = "logo"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that two profiles say differently: `key` names it, `language` is that of a translated text."""

    key: str
    field: Field
    label: Sentence
    language: str
    kept: str
    lost: str

    @property
    def fuller(self) -> str:
        """Which of both says more: `kept`, unless it says nothing or, of a text, clearly less."""
        if not self.kept:
            return "lost"
        is_text = self.field.kind in (Kind.LINES, Kind.RICH)
        return "lost" if is_text and len(self.lost) > 1.2 * len(self.kept) else "kept"


def parts(kept: Organisation, lost: Organisation) -> list[Part]:
    """Where two profiles differ, in the order in which it is asked for."""
    return [*_parts(kept, lost)]


def _parts(kept: Organisation, lost: Organisation) -> Iterator[Part]:
    one, other = PROFILE_HISTORY.snapshot(kept), PROFILE_HISTORY.snapshot(lost)
    for field in PROFILE_HISTORY.fields:
        if field.name == LOGO_ALT.name or PROFILE_HISTORY.said(field, one) == PROFILE_HISTORY.said(field, other):
            continue
        if field.translated:
            for language in LANGUAGES:
                words = _words(field, one, language), _words(field, other, language)
                if words[0] != words[1]:
                    yield Part(f"{field.name}_{language}", field, field.label, language, *words)
        else:
            yield Part(field.name, field, field.label, "", shown(field, one), shown(field, other))
    if kept.logo_id != lost.logo_id:
        signs = [str(_l("A picture")) if logo else "" for logo in (kept.logo_id, lost.logo_id)]
        yield Part(LOGO, LOGO_ALT, _l("Logo"), "", *signs)


def _words(field: Field, data: Data, language: str) -> str:
    text = PROFILE_HISTORY.text(data, field).get(language)
    return plain(text) if field.kind is Kind.RICH else text


def combined(kept: Organisation, lost: Organisation, taken: Collection[str]) -> dict[str, object]:
    """The columns of the profile that is made of both. Its original language is that of the kept one."""
    found: dict[str, object] = {}
    for field in PROFILE:
        mine, theirs = getattr(kept, field.stored), getattr(lost, field.stored)
        if field.translated:
            found[field.stored] = _both(mine, theirs, {one for one in LANGUAGES if f"{field.name}_{one}" in taken})
        else:
            found[field.stored] = theirs if field.name in taken else mine
    return found


def _both(kept: Localized, lost: Localized, taken: set[str]) -> Localized:
    """The texts of both by language. A translation counts as up to date only beside the original that it was made from."""
    if not taken:
        return kept
    original = kept.original if kept else lost.original
    texts = {one: (lost if one in taken else kept).get(one) for one in LANGUAGES}
    found = Localized.of(original, texts[original])
    sources = {}
    for language in LANGUAGES:
        side = lost if language in taken else kept
        if language != original and texts[language]:
            is_of_it = side.original == original and side.source == texts[original]
            sources[language] = side.sources.get(language, "") if is_of_it else ""
    return Localized(original, {**found.texts, **{one: text for one, text in texts.items() if text}}, sources)
