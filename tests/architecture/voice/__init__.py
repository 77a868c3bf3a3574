"""How the portal speaks, as 25 rules that a program can check in the Polish and Bulgarian catalogues.

Each rule has a number, a check and at least one bad example that it must reject. Messages are read with their
placeholders written `{name}`.
"""

from tests.architecture.voice import grammar, signs, structure, words
from tests.architecture.voice.rules import RULES, Entry, Rule, read_catalogue

__all__ = ["RULES", "Entry", "Rule", "grammar", "read_catalogue", "signs", "structure", "words"]
