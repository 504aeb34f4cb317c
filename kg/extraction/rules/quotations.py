"""What stands between quotation marks."""

from __future__ import annotations

_MARKS = {"“": True, "”": False}


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places between quotation marks in a sentence; one left open reaches to the end."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for place in range(start, end):
        mark = text[place]
        if mark == '"':
            begins = opened is None
        elif mark in _MARKS:
            begins = _MARKS[mark]
        else:
            continue
        if begins and opened is None:
            opened = place
        elif not begins:
            spans.append((start if opened is None else opened, place))
            opened = None
    if opened is not None:
        spans.append((opened, end))
    return spans
