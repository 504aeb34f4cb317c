"""Where a company's shares are traded, told before its name: ``Nasdaq-listed X``, ``Hong Kong-traded Y``.

The exchange is no party to what X does; nor is the country of a ``Tunisian-born and London-based Z``.
"""

from __future__ import annotations

import re

_PLACE = r"\b(?!(?:The|A|An|Its|His|Her|Their)\b)[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}"
_LISTED = re.compile(
    rf"{_PLACE}-(?:listed|traded)\b|{_PLACE}-(?:born|founded|bred) (?:and|but),? (?={_PLACE}-(?:based|headquartered))"
)


def listed_at(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places in ``text[start:end]`` where it is told so."""
    if text.find("-", start, end) < 0:
        return []
    return [m.span() for m in _LISTED.finditer(text, start, end)]
