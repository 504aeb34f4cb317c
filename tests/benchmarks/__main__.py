"""Run the benchmarks and write docs/benchmarks.md, beside the figures of the last time.

    python -m tests.benchmarks [ARGUMENTS OF PYTEST]

Exit code 1 where a promise is broken, or where all were to run and one was not measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import RESULTS, Result
from tests.benchmarks.table import machine, page, versions
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
FIGURES = ROOT / "docs" / "benchmarks.json"


def main(arguments: list[str]) -> int:
    """Run, write, tell; the exit code."""
    last = [Result(**one) for one in json.loads(FIGURES.read_text())] if FIGURES.exists() else []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "results.jsonl"
        file.touch()
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-m", "benchmark", "-s", *(arguments or ["tests"])],
            cwd=ROOT,
            env=os.environ | {RESULTS: str(file)},
            check=False,
        ).returncode
        new = [Result(**json.loads(line)) for line in file.read_text().splitlines()]
    written = page(new, last, machine(), versions(), everything=not arguments)
    PAGE.write_text(written.text, encoding="utf-8")
    FIGURES.write_text(
        json.dumps([written.as_dict(result) for result in written.results], indent=1) + "\n"
    )
    print(written.text)
    for problem in written.problems:
        print(problem, file=sys.stderr)
    return 1 if written.problems or ended else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
