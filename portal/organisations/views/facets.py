"""What the address of the directory says was chosen, and the links that choose more or less."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import quote_plus

from flask import request, url_for
from markupsafe import Markup, escape

from portal.declaration import facets
from portal.face.look import lang_of, spoken
from portal.face.web import Option
from portal.organisations.queries import Filters, Found
from portal.words.clean import one_line
from portal.words.facets import Facet, Words
from portal.words.i18n import Shown, _
from portal.words.text import fold

CODE = re.compile(r"[A-Za-z0-9._-]{1,100}")
DORMANT = "dormant"
NEWEST = "confirmed"  # the order of a list: else it is that of the alphabet
MOST = 60  # choices of one address; what stands behind them is not looked at
FEW = 8  # options of a facet whose codes lie in those of another, while nothing is chosen there
OPEN = 4  # groups that are open at first: the others say their heading
LONGEST_QUERY = 200
WORDS = "find_"  # before the name of a facet: words that its options are looked for by

Chosen = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Group:
    """A facet with the options that are offered. `words` are those that its options were looked for by."""

    facet: Facet
    heading: Words
    options: Sequence[Option]
    words: str = ""
    is_more: bool = False
    is_open: bool = False

    @property
    def id(self) -> str:
        return f"facet-{self.facet.name}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen of each facet. `is_cut`: the address has a code that no facet has (any more), or too many. `is_aside`:
    what is out of the list, which is a list without facets. `is_newest`: those first that were confirmed last."""

    path: str
    q: str = ""
    chosen: Chosen = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)  # of what was chosen
    is_cut: bool = False
    is_aside: bool = False
    is_newest: bool = False

    @classmethod
    def of_request(cls) -> "Choice":
        chosen: dict[str, tuple[str, ...]] = {}
        labels: dict[str, Mapping[str, Words]] = {}
        left, is_cut, is_aside = MOST, False, request.args.get("state") == DORMANT
        for facet in facets():
            asked = [code for code in request.args.getlist(facet.name)[: MOST + 1] if code]
            tried = list(dict.fromkeys(code for code in asked[:left] if CODE.fullmatch(code)))
            known = facet.labels(tried) if tried else {}
            left -= len(tried)
            codes = tuple(code for code in tried if code in known)
            is_cut = is_cut or len(codes) < len(set(asked))
            if codes:
                chosen[facet.name], labels[facet.name] = codes, known
        return cls(
            path=url_for("organisations.index"),
            q=one_line(request.args.get("q", ""), LONGEST_QUERY),
            chosen={} if is_aside else chosen,
            words={
                facet.name: words
                for facet in facets()
                if (words := one_line(request.args.get(WORDS + facet.name, ""), LONGEST_QUERY))
            },
            labels=labels,
            is_cut=is_cut,
            is_aside=is_aside,
            is_newest=not is_aside and request.args.get("sort") == NEWEST,
        )

    @property
    def filters(self) -> Filters:
        return Filters(self.q, self.chosen, is_aside=self.is_aside)

    @property
    def beside_words(self) -> dict[str, str | tuple[str, ...]]:
        """What the form that looks for an option has to keep."""
        return {**({"q": self.q} if self.q else {}), **self.beside}

    @property
    def beside(self) -> dict[str, str | tuple[str, ...]]:
        """What the form that looks for words has to keep."""
        return {**({"sort": NEWEST} if self.is_newest else {}), **self.chosen}

    def at(self, path: str) -> "Choice":
        """The same choice on another page of the directory, which has an order of its own."""
        return replace(self, path=path, is_newest=False)

    @property
    def url(self) -> str:
        """Its address."""
        return self._url(self.q, self.chosen)

    @property
    def cleared(self) -> str:
        """The address with the words alone."""
        return replace(self, is_aside=False)._url(self.q, {})

    @property
    def aside(self) -> str:
        """The address of what is out of the list, with the words."""
        return replace(self, is_aside=True, is_newest=False)._url(self.q, {})

    @property
    def other_order(self) -> str:
        """The address of the same list in the other order, from its first page."""
        return replace(self, is_newest=not self.is_newest).url

    @property
    def without_words(self) -> str:
        return self._url("", self.chosen)

    def toggled(self, name: str, codes: Sequence[str]) -> list[str]:
        """For each code the address with this choice more, or without it if it was made; on the first page of the list.

        A page has a hundred of them, which differ in the codes of one facet alone.
        """
        mine = self.chosen.get(name, ())
        marked = self._url(self.q, {**self.chosen, name: (_HERE,)}).split(f"{name}={_HERE}")
        before, after = marked[0], marked[1]
        made = []
        for code in codes:
            left = [one for one in mine if one != code] if code in mine else [*mine, code]
            there = "&".join([f"{name}={one}" for one in left])
            made.append(f"{before}{there}{after}" if there else _tidied(before, after))
        return made

    def _url(self, query: str, chosen: Chosen) -> str:
        """Codes need no quoting."""
        parts = [f"q={quote_plus(query)}"] if query else []
        parts += [f"state={DORMANT}"] if self.is_aside else []
        parts += [f"sort={NEWEST}"] if self.is_newest else []
        parts += [f"{facet.name}={code}" for facet in facets() for code in chosen.get(facet.name, ())]
        return f"{self.path}?{'&'.join(parts)}" if parts else self.path

    def file(self, ending: str) -> str:
        """The address of this list as a file."""
        return replace(self, path=f"{self.path}.{ending}", is_newest=False).url


_HERE = "*"  # no code is written so


def _tidied(before: str, after: str) -> str:
    """An address from which the only choice of a facet was taken: with one `&` less, or without its `?`."""
    if after:
        return before + after.removeprefix("&")
    return before.rstrip("?&")


class Chip(NamedTuple):
    """One choice that was made: in words, the address without it, and how many organisations are found there."""

    words: str
    url: str
    number: int


def chips(choice: Choice, found: Found) -> list[Chip]:
    """Every choice that was made, in the order of the facets."""
    if choice.is_aside:
        return [Chip(_("No longer in the list"), choice.cleared, 0)]
    made = []
    for facet in facets():
        if codes := choice.chosen.get(facet.name):
            counts = found.counts(facet, codes)
            for code, words in choice.labels[facet.name].items():
                (url,) = choice.toggled(facet.name, [code])
                made.append(Chip(_chip(_heading(facet, choice), words), url, counts[code]))
    return made


def ways_out(choice: Choice, found: Found, made: Sequence[Chip]) -> list[Chip]:
    """What can be taken away from a choice that leaves nothing, so that something is found."""
    words = (
        Chip(_("Words: %(query)s", query=choice.q), choice.without_words, found.without_words()) if choice.q else None
    )
    return [chip for chip in (words, *made) if chip is not None and chip.number]


def groups(choice: Choice, found: Found) -> list[Group]:
    """The facets that have something to choose."""
    made: list[Group] = []
    if choice.is_aside:
        return made
    for facet in facets():
        group = _group(facet, choice, found, is_open=len(made) < OPEN)
        if group.words or _has_choice(group.options, found.total):
            made.append(group)
    return made


def _has_choice(options: Sequence[Option], total: int) -> bool:
    """Does any of them change the list?"""
    return any(option.is_chosen or option.number != total for option in options)


def _group(facet: Facet, choice: Choice, found: Found, *, is_open: bool) -> Group:
    chosen, words = choice.chosen.get(facet.name, ()), choice.words.get(facet.name, "")
    outer = choice.chosen.get(facet.within, ())
    codes = _offered(facet, found.codes_of(facet), outer, chosen)
    if words:
        codes = [*_named(facet, codes, words), *(code for code in chosen if code in codes)]
    counts = found.counts(facet, dict.fromkeys(codes))
    most = facet.most if outer or not facet.within else FEW
    nothing = found.total if chosen else 0  # so many are there with an option that adds nobody
    offered = (code for code in counts if code in chosen or counts[code] != nothing)
    shown = sorted(offered, key=lambda code: (-counts[code], code))
    is_more = len(shown) > most
    kept = {*shown[:most], *chosen}
    labels = facet.labels(kept)
    order = [code for code in shown if code in kept and code in labels] if facet.found else list(labels)
    urls = choice.toggled(facet.name, order)
    return Group(
        facet,
        _heading(facet, choice),
        [Option(labels[code], counts[code], url, code in chosen) for code, url in zip(order, urls, strict=True)],
        words,
        is_more,
        is_open or bool(chosen or words),
    )


def _offered(facet: Facet, codes: Collection[str], outer: Collection[str], chosen: Collection[str]) -> list[str]:
    """The codes that lie in what is chosen of the outer facet; those that were chosen are among them."""
    if not facet.within or (not outer and not facet.by_parent):
        return [*codes, *(code for code in chosen if code not in codes)]
    inside = [code for code in codes if facet.parent(code) in outer and code not in chosen]
    return [*inside, *chosen]


def _named(facet: Facet, codes: Collection[str], words: str) -> Iterator[str]:
    """The codes whose names have all of these words."""
    if facet.found is not None:
        known = facet.found(words)
        yield from (code for code in codes if code in known)
        return
    wanted = fold(words).split()
    for code, name in facet.labels(codes).items():
        folded = fold(spoken(name).text)
        if wanted and all(word in folded for word in wanted):
            yield code


def _heading(facet: Facet, choice: Choice) -> Words:
    """What the facet is called; where what is chosen outside of it has a name of its own for it, that."""
    outer = choice.chosen.get(facet.within, ())
    return facet.headings.get(outer[0], facet.heading) if len(outer) == 1 else facet.heading


def _chip(heading: Words, words: Words) -> str:
    name = spoken(words)
    marked = _marked(name) if name.is_fallback else escape(name.text)
    return Markup(_("%(facet)s: %(name)s", facet=escape(str(heading)), name=marked))  # noqa: S704  (our sentence)


def _marked(name: Shown) -> Markup:
    """A name with its language where that is not the one of the page."""
    return Markup("<span{}>{}</span>").format(lang_of(name), name.text)
