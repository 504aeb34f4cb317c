"""How much room a text takes in a picture, without a font at hand.

The widths are the greater of those of Arial (and the many fonts made to its measure) and of
Source Sans Pro, so what fits here fits whichever of them draws it.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Final

FAMILY: Final = "'Source Sans Pro', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"

_WIDTHS: Final = {
    character: width
    for width, characters in {
        0.25: "'ij‘’",
        0.26: "l|",
        0.28: " ,.:;I",
        0.29: "!f",
        0.30: "[]",
        0.33: "()-{}",
        0.34: "t",
        0.35: "/\\r",
        0.42: '"*“”',
        0.50: "J^cksvxyz",
        0.54: "`",
        0.56: "#$0123456789?L_abdeghnopqu€£¥–",
        0.58: "+<=>~≥≤",
        0.61: "FTZ",
        0.67: "&ABEKPSVXY",
        0.72: "CDHNRUw",
        0.78: "GOQ",
        0.83: "Mm",
        0.89: "%",
        0.94: "W",
        1.00: "…—",
        1.02: "@",
    }.items()
    for character in characters
}
_BOLD: Final = 1.08
_SYMBOLS: Final = {"USD": "$", "EUR": "€", "GBP": "£"}
_SCALES: Final = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"), (10**3, "k"))
_ROLES: Final = {
    "round_total": "of a {} round",
    "cumulative": "{} in all",
    "tranche": "{} tranche",
    "proceeds": "{} proceeds",
    "fine": "{} fine",
    "valuation": "at a value of {}",
    "holding": "a holding worth {}",
}
_HEDGES: Final = {"about": "~", "at_least": "≥ ", "up_to": "≤ ", "less_than": "< "}


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of one line in the unit of ``size``."""
    return sum(map(_advance, text)) * size * (_BOLD if bold else 1.0)


def _advance(character: str) -> float:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    base = unicodedata.normalize("NFD", character)[0]
    return _WIDTHS.get(base, 0.72)


def wrapped(text: str, room: int = 18) -> tuple[str, ...]:
    """One line or two of about equal length; a third would be cut with an ellipsis."""
    if len(text) <= room:
        return (text,)
    words = text.split(" ")
    breaks = range(1, len(words))
    if not breaks:
        return (text if len(text) <= 2 * room else text[: 2 * room - 1] + "…",)
    best = min(breaks, key=lambda i: max(len(" ".join(words[:i])), len(" ".join(words[i:]))))
    lines = (" ".join(words[:best]), " ".join(words[best:]))
    return tuple(line if len(line) <= 2 * room else line[: 2 * room - 1] + "…" for line in lines)


def short_amount(
    value: Decimal | float, currency: str, qualifier: str = "exact", role: str = "committed"
) -> str:
    """``~ €15m`` or ``of a $13bn round`` as the label of an edge; file formats hold it in full."""
    number = Decimal(str(value))
    for scale, unit in _SCALES:
        if number >= scale:
            text = f"{float(number / scale):.4g}{unit}"
            break
    else:
        text = f"{number.normalize():f}"
    sum_of = f"{_HEDGES.get(qualifier, '')}{_SYMBOLS.get(currency, f'{currency} ')}{text}"
    return _ROLES.get(role, "{}").format(sum_of)
