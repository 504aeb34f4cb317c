"""How a benchmark is taken and told.

Declare the promise in ``tests/benchmarks/registry.py`` (name, what, baseline, target), then::

    from tests.benchmarks.measure import report, take_turns

    pytestmark = pytest.mark.benchmark

    def test_bulk_loading():
        turns = take_turns(ours=load_with_kg, baseline=load_with_pyoxigraph, rounds=5)
        report("bulk-ingest", turns.ours, turns.baseline, note="a million quads")

``take_turns`` runs the two alternately, so that other work on the machine meets both, and gives
medians in seconds. ``command`` makes an action of a command line, ``peak_memory`` gives the
megabytes of a process of its own. ``report`` prints the ratio, hands it to ``make bench`` and
fails where the target is missed. Where one promise is measured on several things, name each with
``case``. Costs of any unit will do (``unit="MB"``), as long as less is better.

Run one file with ``python -m pytest -m benchmark -s FILE``, all of them with ``make bench``,
some of them with ``make bench BENCH="-k bulk"``.
"""

from __future__ import annotations

import datetime
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.registry import BY_NAME

RESULTS = "KG_BENCH_RESULTS"
"""Names the file that takes the results, one JSON object a line; set by ``make bench``."""


@dataclass(frozen=True, slots=True)
class Result:
    """One ratio as measured; ``ours`` and ``baseline`` in ``unit``, ``load`` of the machine."""

    name: str
    case: str
    ratio: float
    ours: float
    baseline: float
    unit: str
    note: str
    load: float
    date: str


@dataclass(frozen=True, slots=True)
class Turns:
    """Medians, in seconds, of actions that took turns."""

    ours: float
    baseline: float


def seconds(action: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def take_turns(
    *,
    ours: Callable[[], object],
    baseline: Callable[[], object],
    rounds: int = 7,
    warm: bool = True,
) -> Turns:
    """Both actions, alternately, ``rounds`` times each; once more before that if ``warm``."""
    if warm:
        baseline()
        ours()
    mine: list[float] = []
    theirs: list[float] = []
    for number in range(rounds):
        order = ((theirs, baseline), (mine, ours))
        for times, action in order if number % 2 else reversed(order):
            times.append(seconds(action))
    return Turns(statistics.median(mine), statistics.median(theirs))


def command(*arguments: str | Path, env: dict[str, str] | None = None) -> Callable[[], object]:
    """An action that runs a command to its end; it fails where the command fails."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KG_")} | (env or {})
    line = [str(argument) for argument in arguments]

    def run() -> object:
        return subprocess.run(line, check=True, stdout=subprocess.DEVNULL, env=environment)

    return run


_PEAK = """
import os, sys
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
print("peak", usage.ru_maxrss / scale)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def peak_memory(arguments: Sequence[str | Path], env: dict[str, str] | None = None) -> float:
    """Megabytes of memory (resident set) that a command takes at its highest."""
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, *map(str, arguments)],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | (env or {}),
    )
    return float(done.stdout.rpartition("peak ")[2])


def report(
    name: str, ours: float, baseline: float, *, case: str = "", unit: str = "s", note: str = ""
) -> float:
    """Tell one measurement, and fail where it breaks the promise ``name``; the ratio."""
    promise = BY_NAME[name]
    ratio = promise.ratio(ours, baseline)
    result = Result(
        name,
        case,
        ratio,
        ours,
        baseline,
        unit,
        note,
        os.getloadavg()[0],
        datetime.datetime.now(datetime.UTC).date().isoformat(),
    )
    title = f"{name} ({case})" if case else name
    print(
        f"\n{title}: {promise.what}: {amount(ours, unit)}; {promise.baseline}: "
        f"{amount(baseline, unit)}; ratio {ratio:.2f} {promise.target and f'({promise.target})'}"
        + (f"; {note}" if note else "")
    )
    if file := os.environ.get(RESULTS):
        with Path(file).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(result)) + "\n")
    assert promise.holds(ratio), f"{title}: {ratio:.3f} is not {promise.target}"
    return ratio


def amount(value: float, unit: str) -> str:
    """A cost as a person reads it."""
    if unit != "s":
        return f"{value:,.0f} {unit}"
    for scale, name in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if value * scale >= 1 or name == "µs":
            return f"{value * scale:.3g} {name}" if value < 1000 else f"{value:,.0f} s"
    raise AssertionError("not reached")
