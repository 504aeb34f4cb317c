"""The explorer's bundle: made from npm where Node.js is, told about and left out where it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kg.web import build as bundle
from tests.conftest import ROOT


def wheel(tree: Path, folder: Path, path: str) -> tuple[set[str], str]:
    """The names in the wheel that is built with these programs at hand, and what was said."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, tree],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [found] = folder.glob("*.whl")
    return set(zipfile.ZipFile(found).namelist()), done.stdout + done.stderr


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The sources as a fresh clone has them: nothing built."""
    place = tmp_path / "tree"
    place.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "cli.py"):
        shutil.copy(ROOT / name, place)
    ignored = shutil.ignore_patterns("built", "__pycache__")
    for name in ("kg", "ontology", "data"):
        shutil.copytree(ROOT / name, place / name, ignore=ignored)
    return place


@pytest.mark.slow
def test_a_wheel_without_node_lacks_only_the_explorer(tree: Path, tmp_path: Path) -> None:
    names, said = wheel(tree, tmp_path / "out", str(tmp_path))
    assert "kg/web/static/style.css" in names
    assert "kg/web/frontend/package-lock.json" in names
    assert not [n for n in names if "/built/" in n]
    assert "Node.js 18 or later is needed" in said


@pytest.mark.interop
def test_a_wheel_with_node_holds_the_explorer(tree: Path, tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("Node.js is not here")
    names, _ = wheel(tree, tmp_path / "out", os.environ["PATH"])
    built = {n.rpartition("/")[2] for n in names if "/static/built/" in n}
    assert {"explorer.js", "layout-worker.js", "fonts.css", "licences.txt"} <= built
    assert len([n for n in built if n.endswith(".woff2")]) == 4
    assert not [n for n in names if "node_modules" in n]


def test_without_node_the_command_says_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bundle.main() == 1
    assert "Node.js" in capsys.readouterr().err


def test_a_bundle_of_other_sources_is_known(tmp_path: Path) -> None:
    assert not bundle.is_current(tmp_path)
    (tmp_path / "made-from.txt").write_text("something else\n", encoding="utf-8")
    assert not bundle.is_current(tmp_path)


def test_the_lock_file_names_versions_and_checksums_and_no_hosts() -> None:
    text = (ROOT / "kg/web/frontend/package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text
    assert text.count('"integrity"') > 10


def test_nothing_minified_is_in_the_sources() -> None:
    for path in (*bundle.SOURCE.glob("*.js"), *(bundle.TARGET.parent).glob("*.js")):
        longest = max(map(len, path.read_text(encoding="utf-8").splitlines()))
        assert longest < 400, path
