"""``python -m kg.web.build``: bundle the graph explorer with Node.js.

The libraries come from npm by the versions and checksums of ``frontend/package-lock.json``;
what is made goes to ``static/built/`` and never into the repository.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_HERE = Path(__file__).resolve().parent
SOURCE = _HERE / "frontend"
TARGET = _HERE / "static" / "built"
_SCRIPTS = ("explorer.js", "layout-worker.js")
_LIMIT = 180


class BuildError(Exception):
    """The explorer cannot be built; the message says what is missing."""


def build(target: Path = TARGET) -> None:
    """Bundle the explorer into a folder; raises BuildError."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise BuildError("Node.js 18 or later is needed; the rest works without the explorer")
    with tempfile.TemporaryDirectory(prefix="kg-explorer-") as place:
        work = Path(place) / "frontend"
        shutil.copytree(SOURCE, work, ignore=shutil.ignore_patterns("node_modules"))
        _run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], work)
        made = Path(place) / "built"
        for name in _SCRIPTS:
            form = "esm" if name == "explorer.js" else "iife"
            _run(
                [
                    node, "node_modules/esbuild/bin/esbuild", name, "--bundle", "--minify",
                    f"--format={form}", "--target=es2022", "--legal-comments=eof",
                    f"--outfile={made / name}",
                ],
                work,
            )  # fmt: skip
        target.mkdir(parents=True, exist_ok=True)
        for name in _SCRIPTS:
            shutil.copyfile(made / name, target / name)


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
