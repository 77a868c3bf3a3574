"""What areas are called: always with what they lie in, for 468 communes of Poland share 227 names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.areas.models import AreaKind
from portal.words.i18n import Localized, _, current_language

K = AreaKind


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a place: its kind and its name."""

    kind: str
    name: Localized


@dataclass(frozen=True, slots=True)
class Place:
    """An area as it is shown and chosen: `levels` begin with itself and end with its country."""

    id: int
    code: str
    levels: Sequence[Level]
    is_retired: bool = False

    @property
    def kind(self) -> str:
        return self.levels[0].kind

    @property
    def name(self) -> Localized:
        return self.levels[0].name

    @property
    def words(self) -> Markup:
        """“gmina Drużbice, powiat bełchatowski, łódzkie”: foreign names say their language. A city that is a county of its
        own is said once."""
        above = [level for level in self.levels[1:] if level.kind not in (K.COUNTRY, K.CITY_COUNTY)]
        parts = [_said(self.levels[0]), *(_above(level) for level in above)]
        return Markup(", ").join(parts)

    @property
    def text(self) -> str:
        """The same without a mark, for a title."""
        return self.words.striptags()


def _kinds() -> Mapping[str, Callable[[Markup], str]]:
    return {
        K.COUNTRY: lambda name: _("the whole country: %(name)s", name=name),
        K.VOIVODESHIP: lambda name: _("%(name)s Voivodeship", name=name),
        K.COUNTY: lambda name: _("%(name)s County", name=name),
        K.CITY_COUNTY: lambda name: _("%(name)s, city with county rights", name=name),
        K.URBAN: lambda name: _("town of %(name)s", name=name),
        K.RURAL: lambda name: _("%(name)s commune", name=name),
        K.MIXED: lambda name: _("%(name)s commune", name=name),
        K.OBLAST: lambda name: _("%(name)s oblast", name=name),
        K.OBSHTINA: lambda name: _("%(name)s municipality", name=name),
    }


_SAID = _kinds()


def _said(level: Level) -> Markup:
    """A name with the word for what it is."""
    return Markup(_SAID[level.kind](_name(level.name)))  # noqa: S704  (our sentence around an escaped name)


def _above(level: Level) -> Markup:
    """A voivodeship is known by its name alone; an oblast has that of its town, and says that it is one."""
    return _name(level.name) if level.kind == K.VOIVODESHIP else _said(level)


def _name(name: Localized) -> Markup:
    shown = name.shown_in(current_language())
    if shown.is_fallback:
        return Markup('<span lang="{}">{}</span>').format(shown.lang, shown.text)
    return escape(shown.text)
