"""How a relationship stood on a day, as SPARQL: what ``kg.resolution.summary.as_of`` computes."""

from __future__ import annotations

import calendar

from kg import vocabulary as v
from kg.dates import span
from kg.resolution.summary import OVER


def standing(r: str, day: str) -> list[str]:
    """The lines that keep what had begun and was not over; ``?begin_`` is bound already."""
    x, last = r.removeprefix("?"), span(day)[1].isoformat()
    over = ", ".join(f"<{v.SCHEME}status-{s.value}>" for s in sorted(OVER))
    return [
        f'FILTER(!BOUND(?begin_{x}) || ?begin_{x} <= "{last}")',
        f"FILTER NOT EXISTS {{ {r} aio:endDate ?end_{x} . {ended(f'?end_{x}', last)} }}",
        f"FILTER(NOT EXISTS {{ {r} aio:status ?now_{x} . FILTER(?now_{x} IN ({over})) }}\n"
        f"    || EXISTS {{ {r} aio:endDate ?any_end_{x} }}\n"
        f"    || NOT EXISTS {{ {status(r, day, over, 'gone')} }})",
    ]


def status(r: str, day: str, listed: str, name: str) -> str:
    """The pattern by which the last step known of on the day is one of some statuses."""
    x, last = f"{name}_{r.removeprefix('?')}", span(day)[1].isoformat()
    return (
        f"{r} aio:step ?step_{x} . ?step_{x} aio:position ?place_{x} ; aio:status ?had_{x} . "
        f"FILTER(?had_{x} IN ({listed})) {_taken(f'?step_{x}', last)} "
        f"FILTER NOT EXISTS {{ {r} aio:step ?next_{x} . ?next_{x} aio:position ?later_{x} . "
        f"FILTER(?later_{x} > ?place_{x}) {_taken(f'?next_{x}', last)} }}"
    )


def taken(step: str, day: str) -> str:
    """Filter: the step was known of on the day."""
    return _taken(step, span(day)[1].isoformat())


def _taken(step: str, last: str) -> str:
    """Filter: the step has a date by then, or else was reported by then (or nobody knows when)."""
    x = step.removeprefix("?")
    said = f"{step} aio:statedBy ?by_{x} . GRAPH ?in_{x} {{ ?by_{x} aio:published ?told_{x} }}"
    return (
        f"FILTER(EXISTS {{ {step} aio:date ?on_{x} . {_begun(f'?on_{x}', last)} }} || "
        f"(NOT EXISTS {{ {step} aio:date ?dated_{x} }} && "
        f"(EXISTS {{ {said} {_begun(f'?told_{x}', last)} }} || NOT EXISTS {{ {said} }})))"
    )


def _begun(date: str, last: str) -> str:
    return f'FILTER(SUBSTR(CONCAT(STR({date}), "-01-01"), 1, 10) <= "{last}")'


def ended(date: str, last: str) -> str:
    """Filter: the last day that a date may mean is not after another day.

    Every month is given 31 days, on both sides.
    """
    year, month, day = map(int, last.split("-"))
    if day == calendar.monthrange(year, month)[1]:
        last = f"{last[:8]}31"
    padded = (
        f'IF(STRLEN(STR({date})) = 4, CONCAT(STR({date}), "-12-31"), '
        f'IF(STRLEN(STR({date})) = 7, CONCAT(STR({date}), "-31"), STR({date})))'
    )
    return f'FILTER({padded} <= "{last}")'
