"""The demo: a small living portal, built through the same services as everything else.

Each feature brings its part (`portal/<feature>/demo`). Its content comes from the programmes that Synergia serves; its
people are invented. Everything is there for whoever looks: one, two and three languages, outdated translations, empty,
full and cancelled things, very long words.
"""

from portal.demo.loading import enlarge, is_empty, load
from portal.demo.people import accounts

__all__ = ["accounts", "enlarge", "is_empty", "load"]
