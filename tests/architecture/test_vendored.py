"""What others made and we serve is what their packages hold, with the licence beside it; icons asked for are there."""

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from portal.face.icons import icon_names

ROOT = Path(__file__).resolve().parents[2]
PORTAL = ROOT / "portal"
STATIC = PORTAL / "static"
TEMPLATES = ROOT / "portal" / "templates"
ICON_CALL = re.compile(r"""\bicon\(\s*["']([\w-]+)["']""")


def changed(manifest: list[dict[str, str]], folder: Path) -> list[str]:
    """The files that are not what the manifest says."""
    return [
        entry["file"]
        for entry in manifest
        if not (path := folder / entry["file"]).is_file()
        or hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]
    ]


def unknown_icons(templates: Iterable[tuple[str, str]]) -> list[str]:
    """Icons that a template asks for and the folder does not have."""
    known = icon_names()
    return [f"{name}: {icon}" for name, text in templates for icon in ICON_CALL.findall(text) if icon not in known]


def manifest() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((STATIC / "vendor" / "manifest.json").read_text(encoding="utf-8"))
    return found


def test_vendored_files_are_those_of_the_manifest() -> None:
    assert changed(manifest(), PORTAL) == []


def test_vendored_file_edited_by_hand_is_rejected(tmp_path: Path) -> None:
    entry = next(entry for entry in manifest() if entry["file"].endswith("sprite.svg"))
    copy = tmp_path / entry["file"]
    copy.parent.mkdir(parents=True)
    copy.write_text((PORTAL / entry["file"]).read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert changed([entry], tmp_path) == [entry["file"]]


def test_vendored_folders_each_have_a_licence() -> None:
    folders = {Path(entry["file"]).parent for entry in manifest()}
    assert all((PORTAL / folder / "LICENSE").is_file() for folder in folders)
    assert {path.name for path in (STATIC / "fonts").glob("*.txt")} == {"OFL-commissioner.txt", "OFL-vollkorn.txt"}


def test_vendored_files_equal_the_packages() -> None:
    node = shutil.which("node")
    assert node, "Node is one of the real parts that `make test` installs"
    run = subprocess.run([node, "tools/vendor.mjs", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_icons_of_templates_are_vendored() -> None:
    assert unknown_icons((str(path), path.read_text(encoding="utf-8")) for path in TEMPLATES.rglob("*.html")) == []


def test_icon_that_is_not_vendored_is_rejected() -> None:
    assert unknown_icons([("news/show.html", '{{ icon("clock") }}{{ icon("rocket") }}')]) == ["news/show.html: rocket"]


def test_stylesheet_files_exist() -> None:
    css = (STATIC / "look.css").read_text(encoding="utf-8")
    assert [name for name in re.findall(r"url\(([^)]+)\)", css) if not (STATIC / name).is_file()] == []
