"""The chain of migrations, read from their files: without Alembic, because every web process asks at its start.

Expand and contract: a migration only adds, so the code of the release before runs on the new schema, and nodes are
exchanged one by one. What it must remove was last used by a release before: `last_used` in the migration says by which,
and the code of that release and of older ones no longer runs on the schema.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DIRECTORY = Path(__file__).resolve().parents[3] / "migrations"
_REVISION = re.compile(r'^revision = "(.+)"$', re.MULTILINE)
_DOWN_REVISION = re.compile(r'^down_revision = "(.+)"$', re.MULTILINE)
_LAST_USED = re.compile(r'^last_used = "(.+)"$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """A migration. `last_used` is the release that was the last to use what it removes; None when it only adds."""

    revision: str
    before: str | None
    last_used: str | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """All migrations, and the revision that each release was made at, oldest release first."""

    steps: Mapping[str, Step]
    releases: Mapping[str, str]

    @property
    def head(self) -> str | None:
        """The newest revision: the one that no other builds on."""
        built_on = {step.before for step in self.steps.values()}
        return next((revision for revision in self.steps if revision not in built_on), None)

    def line(self, revision: str | None) -> list[str]:
        """This revision and all that it builds on, newest first."""
        found = []
        while revision is not None:
            found.append(revision)
            revision = self.steps[revision].before
        return found

    def runs_with(self, revision: str) -> list[str]:
        """The revisions whose code runs on the schema of this one, itself first.

        They go back to the first release, or to the first one that did without what was removed since.
        """
        line = self.line(revision)
        oldest = next((line.index(head) for head in self.releases.values() if head in line), 0)
        for step in (self.steps[one] for one in line):
            if step.last_used is not None:
                oldest = min(oldest, line.index(self.free_of(step) or revision))
        return line[: oldest + 1]

    def free_of(self, step: Step) -> str | None:
        """The revision of the first release that no longer used what the step removes; None when none is out yet."""
        names = list(self.releases)
        if step.last_used not in names:
            return None
        later = names[names.index(step.last_used) + 1 :]
        line = self.line(step.before)
        return next((self.releases[name] for name in later if self.releases[name] in line), None)


def chain() -> Chain:
    """All migrations that this code has."""
    steps = {}
    for path in (DIRECTORY / "versions").glob("*.py"):
        text = path.read_text("utf-8")
        revision, before, last_used = (rule.search(text) for rule in (_REVISION, _DOWN_REVISION, _LAST_USED))
        if revision:
            step = Step(revision[1], before and before[1], last_used and last_used[1])
            steps[step.revision] = step
    with (DIRECTORY / "releases.csv").open(encoding="utf-8", newline="") as lines:
        return Chain(steps, {row["release"]: row["revision"] for row in csv.DictReader(lines)})


def head() -> str | None:
    """The newest revision that this code knows."""
    return chain().head


def is_known(revision: str) -> bool:
    """Does this code have the migration that leads to the revision?"""
    return revision in chain().steps


def releases() -> Mapping[str, str]:
    """Each release with the revision of its schema, oldest first."""
    return chain().releases


def runs_with(revision: str) -> list[str]:
    """The revisions whose code runs on the schema of this one, itself first."""
    return chain().runs_with(revision)
