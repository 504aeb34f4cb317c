"""Trying a check on ever new inputs for a given time.

KG_FUZZ_SECONDS bounds each target (15 by default), KG_FUZZ_SEED repeats a run.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

SECONDS = float(os.environ.get("KG_FUZZ_SECONDS", "15"))
LONG = 20.0
"""Seconds of processor time after which one input counts as a way to stop the program."""

_EVERY_ROUND = settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)


def explore(name: str, check: Callable[..., object], *inputs: st.SearchStrategy[object]) -> int:
    """Try ``check`` until the time is up; returns how many inputs were tried.

    A failure is shrunk and told by Hypothesis, with the seed that finds it again.
    """
    first = int(os.environ.get("KG_FUZZ_SEED", str(random.SystemRandom().randrange(1 << 32))))
    until = time.monotonic() + SECONDS
    tried = rounds = 0

    def timed(values: tuple[object, ...]) -> None:
        nonlocal tried
        tried += 1
        started = time.process_time()
        check(*values)
        assert time.process_time() - started < LONG, "too slow"

    while rounds == 0 or time.monotonic() < until:
        seed(first + rounds)(_EVERY_ROUND(given(st.tuples(*inputs))(timed)))()
        rounds += 1
    print(f"\nfuzzed {name}: {tried} inputs in {SECONDS:g} s, KG_FUZZ_SEED={first}")
    return tried


TRAPS = [
    '"', "'", "\\", '"""', "'''", "\\u0022", "} UNION {", "# ", "<", ">", "&", "]]>", "<!--", "-->", "&#0;", "%00", "%22",
    "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\r\n", "\n", "\t", "\u00a0", "\u00ad", "\u200b", "\u200d", "\u200e",
    "\u202e", "\u2066", "\u2069", "\u2028", "\ufeff", "\ufffe", "\ufffd", "\U0001f469\u200d\U0001f680", "e\u0301", "\u0130", "ß",
    "=1+1", "@sum", "+1", "-1", "|", "$", "{{7*7}}", "${x}", "../", "//", "http://", "javascript:", "</script>", ";", "ʼ", "％",
]  # fmt: skip
"""Pieces that mean something to a language that a name may end up in."""

_WORDS = [
    "Mistral",
    "AI",
    "Open",
    "Microsoft",
    "the",
    "of",
    "GmbH",
    "Inc.",
    "1",
    "100%",
    "C++",
    ".NET",
    "Ü",
]

hostile = st.lists(
    st.sampled_from(TRAPS) | st.sampled_from(_WORDS) | st.text(max_size=6), min_size=1, max_size=6
).map(lambda parts: "".join(p + " " * (len(p) % 2) for p in parts))
"""Names and texts as an attacker would give them (no lone surrogates: Hypothesis makes none)."""
