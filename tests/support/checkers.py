"""Checkers of other people: axe-core for accessibility, the Nu checker for HTML and CSS. Both come from npm."""

import json
import subprocess
import tempfile
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

MODULES = Path(__file__).resolve().parents[2] / "node_modules"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


BRIEFLY = """only => 'axe' in window && axe.run(document, {resultTypes: ['violations'], selectors: false, runOnly: only})
  .then(found => found.violations.length)"""
AT_LENGTH = "only => axe.run(document, {resultTypes: ['violations'], runOnly: only})"


@cache
def axe_source() -> str:
    """The script that `axe` needs in a page; it brings it along where it is missing, which takes a quarter of its time."""
    return (MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def axe(page: Page, rules: Collection[str] = ()) -> list[str]:
    """What axe-core finds wrong with the page as it stands in the browser (with JavaScript on); all rules, or only some."""
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": STANDARDS}
    count = page.evaluate(BRIEFLY, only)
    if count is False:
        page.evaluate(axe_source())
        count = page.evaluate(BRIEFLY, only)
    if not count:  # to say where takes a third of the time, so it is asked for only when there is something
        return []
    result: dict[str, Any] = page.evaluate(AT_LENGTH, only)
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '').strip()}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def nu(pages: Mapping[str, str]) -> list[str]:
    """What the Nu checker says about pages (name: HTML), errors and warnings. One start of Java for all of them."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    with tempfile.TemporaryDirectory() as directory:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(directory) / f"{number}.html"
            path.write_text(html, encoding="utf-8")
            names[path.name] = name
        # compiled once and simply, half the work for a run of seconds; the schemas want more than the stack that this leaves
        java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"]
        command = [*java, "-jar", str(jar), "--format", "json", "--exit-zero-always", directory]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{names[Path(message['url']).name]}:{message.get('lastLine', 0)}: {message['message']}"
        for message in messages
        if message["type"] == "error" or message.get("subType") == "warning"
    ]
