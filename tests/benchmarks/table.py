"""The page of benchmarks: a row a promise, with the last figures beside the new ones."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.measure import Result, amount
from tests.benchmarks.registry import ALL, BY_NAME

WORSE = 0.2
"""From this share on, a figure that is worse than the last is pointed out."""

BUSY = 1.5 * (os.cpu_count() or 1)
"""From this load on, the machine had so much else to do that a ratio says little."""

PACKAGES = ("pyoxigraph", "rdflib", "networkx", "spacy", "pyshacl", "click", "pyspark")

HEAD = """# Benchmarks

Every ratio that the project promises, measured against a named baseline in the same run.
`make bench` measures them all and writes this page; `make bench BENCH="-k bulk"` measures some and keeps
the other rows. A ratio with a target `>=` is baseline / ours, every other ours / baseline. Ratios
marked *busy* were taken while other programs used the machine and are to be measured again.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """The page, the figures to compare with next time, and what a person must be told."""

    text: str
    results: tuple[Result, ...]
    problems: tuple[str, ...]

    @staticmethod
    def as_dict(result: Result) -> dict[str, object]:
        """A result as JSON, its figures to four digits."""
        return {
            key: float(f"{value:.4g}") if isinstance(value, float) else value
            for key, value in asdict(result).items()
        }


def page(
    new: Sequence[Result], last: Sequence[Result], machine: str, versions: str, *, everything: bool
) -> Page:
    """The page of ``new`` results, those of ``last`` where there is no new one.

    ``everything`` says that all benchmarks were to run: what was not measured is a problem then,
    and results of cases that no longer exist are dropped.
    """
    before = {(one.name, one.case): one for one in last if one.name in BY_NAME}
    now = {(one.name, one.case): one for one in new}
    measured = {one.name for one in new}
    kept = {k: v for k, v in before.items() if not (everything and k[0] in measured)}
    rows, problems = [], []
    results: list[Result] = []
    for promise in ALL:
        mine = [v for k, v in (kept | now).items() if k[0] == promise.name]
        if promise.name not in measured and everything:
            problems.append(f"{promise.name}: was not measured")
        if not mine:
            rows.append(
                [
                    promise.name,
                    promise.what,
                    promise.baseline,
                    "",
                    promise.target,
                    "not measured",
                    "",
                    "",
                ]
            )
        for one in mine:
            results.append(one)
            old = before.get((one.name, one.case)) if one in new else None
            change = promise.worse(one.ratio, old.ratio) if old else 0.0
            title = f"{one.name}: {one.case}" if one.case else one.name
            if not promise.holds(one.ratio):
                problems.append(f"{title}: {one.ratio:.2f} is not {promise.target}")
            if change > WORSE:
                problems.append(
                    f"{title}: {one.ratio:.2f} is {change:.0%} worse than the last, {old.ratio:.2f}"  # type: ignore[union-attr]
                )
            rows.append(
                [
                    title,
                    promise.what + (f" ({one.note})" if one.note else ""),
                    promise.baseline,
                    f"{amount(one.ours, one.unit)} / {amount(one.baseline, one.unit)}",
                    promise.target,
                    f"{one.ratio:.2f}"
                    + ("" if promise.holds(one.ratio) else " **missed**")
                    + (f" (busy: load {one.load:.0f})" if one.load > BUSY else ""),
                    f"{old.ratio:.2f}" + (" **worse**" if change > WORSE else "") if old else "",
                    one.date,
                ]
            )
    names = ["benchmark", "ours", "baseline", "costs", "target", "ratio", "last", "measured"]
    lines = [HEAD, f"{machine}. {versions}.", "", _row(names), _row(["---"] * len(names))]
    lines += map(_row, rows)
    return Page("\n".join(lines) + "\n", tuple(results), tuple(problems))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def machine() -> str:
    """The machine in a line: processor, cores, memory, system, how busy it was."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists() and (match := re.search(r"model name\s*: (.*)", info.read_text())):
        cpu = match[1]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return (
        f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} "
        f"{platform.release().partition('-')[0]}, load {os.getloadavg()[1]:.1f}"
    )


def versions() -> str:
    """Versions of what takes part."""
    found = [f"Python {platform.python_version()}"]
    for name in PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    try:
        done = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False)
        if match := re.search(r'version "([^"]+)"', done.stderr):
            found.append(f"Java {match[1]}")
    except FileNotFoundError:
        pass
    return ", ".join(found)
