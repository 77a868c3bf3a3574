"""How words begin that stand alone on a line."""

from collections.abc import Iterable


def capital(words: str) -> str:
    """Words of a vocabulary, or of a date, as they begin a line: with a capital letter, the others as they are."""
    return words[:1].upper() + words[1:]


def capital_pairs(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """(code, words) of what is chosen from, each on a line of its own."""
    return [(code, capital(words)) for code, words in pairs]
