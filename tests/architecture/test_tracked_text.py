"""No tracked file names a machine's paths, or a host that packages come from."""

import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOT

MACHINE = re.compile(
    r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|farm)/|/tmp/[a-z]|\.\./shared|"  # paths
    r"https?://[^\s\"'<>]*(?:pypi\.|pythonhosted|npmjs|registry\.|deb\.debian)"  # package hosts
)
NOT_OURS = re.compile(
    r"\.lock$|^package-lock\.json$|^portal/static/vendor/|\.(?:woff2?|png|jpe?g|webp|ico|pdf|ttf|gz)$|^bench/reference/"
)


def machine_names(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if match := MACHINE.search(line):
            yield f"{name}:{number} {match.group()}"


def test_tracked_text_names_no_machine() -> None:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    found = []
    for name in filter(None, names):
        path = ROOT / name
        if path.is_file() and not NOT_OURS.search(name) and name != "tests/architecture/test_tracked_text.py":
            found += machine_names(name, path.read_text(encoding="utf-8", errors="replace"))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "bad", ["see /work/main/x", "cd /root/", "open('/tmp/file')", "https://registry.npmjs.org/x", "../shared/a"]
)
def test_machine_name_is_rejected(bad: str) -> None:
    assert list(machine_names("example", bad))
