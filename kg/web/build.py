"""``python -m kg.web.build``: bundle the graph explorer and the fonts with Node.js.

The libraries come from npm by the versions and checksums of ``frontend/package-lock.json``;
what is made goes to ``static/built/`` and never into the repository. A stamp beside it tells
what it was made from.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_HERE = Path(__file__).resolve().parent
SOURCE = _HERE / "frontend"
TARGET = _HERE / "static" / "built"
_LIMIT = 180
_BUNDLES = (("explorer.js", "esm"), ("layout-worker.js", "iife"), ("fonts.css", None))
_STAMP = "made-from.txt"


class BuildError(Exception):
    """The explorer cannot be built; the message says what is missing."""


def is_built(name: str = "explorer.js") -> bool:
    """Whether a file of the bundle is there to be served."""
    return (TARGET / name).is_file()


def is_current(target: Path = TARGET) -> bool:
    """Whether a folder holds what the sources as they are now would give."""
    stamp = target / _STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == _sources()


def build(target: Path = TARGET) -> None:
    """Bundle everything into a folder, all of it or nothing; raises BuildError."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise BuildError("Node.js 18 or later is needed; the rest works without the explorer")
    with tempfile.TemporaryDirectory(prefix="kg-explorer-") as place:
        work, made = Path(place) / "frontend", Path(place) / "built"
        shutil.copytree(SOURCE, work, ignore=shutil.ignore_patterns("node_modules"))
        flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        _run([npm, "ci", *flags, "--fetch-retries=1", "--fetch-timeout=30000"], work)
        for name, form in _BUNDLES:
            _run(
                [
                    node, "node_modules/esbuild/bin/esbuild", name, "--bundle", "--minify",
                    "--target=es2022", "--legal-comments=eof", "--loader:.woff2=file",
                    "--asset-names=[name]", f"--outfile={made / name}",
                    *([f"--format={form}"] if form else []),
                ],
                work,
            )  # fmt: skip
        (made / "licences.txt").write_text(_licences(work), encoding="utf-8")
        (made / _STAMP).write_text(_sources(), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made, target)


def _sources() -> str:
    """What the bundle is made from, as one checksum."""
    found = hashlib.sha256()
    for path in (Path(__file__), *sorted(SOURCE.iterdir())):
        if path.is_file():
            found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest() + "\n"


def _licences(work: Path) -> str:
    """The licences of the libraries and fonts that the bundle holds."""
    lock = json.loads((work / "package-lock.json").read_text(encoding="utf-8"))
    found = []
    for place, package in sorted(lock["packages"].items()):
        if not place or package.get("dev"):
            continue
        texts = [p for p in (work / place).glob("*") if p.stem.upper() in ("LICENSE", "LICENCE")]
        text = texts[0].read_text(encoding="utf-8") if texts else ""
        name = place.removeprefix("node_modules/")
        found.append(f"{name} {package['version']} ({package.get('license', '?')})\n\n{text}")
    return ("\n" + "-" * 72 + "\n").join(found)


def _run(command: list[str], place: Path) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - npm and node by their full paths
            command, cwd=place, capture_output=True, text=True, timeout=_LIMIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildError(f"{command[0]}: {error}") from error
    if done.returncode != 0:
        raise BuildError(f"{' '.join(command[:2])} failed: {(done.stderr or done.stdout).strip()}")


def main() -> int:
    """Build into the package; the exit code says how it went."""
    try:
        build()
    except BuildError as error:
        sys.stderr.write(f"the explorer cannot be built: {error}\n")
        return 1
    sys.stdout.write(f"{TARGET}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
