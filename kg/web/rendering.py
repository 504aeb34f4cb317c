"""Templates into pages. Every value is escaped; nothing an article says can become markup."""

from __future__ import annotations

import calendar
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from kg import vocabulary as v
from kg.web.build import is_built

_CONTROL = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FOLDER = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The templates of this folder; an undefined name is an error, never an empty place."""
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=select_autoescape(default_for_string=True, default=True),
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"here": here, "outside": outside, "words": words, "day": day}
    made.globals |= {"link": link, "count": count, "fonts": is_built("fonts.css")}
    return made


def _visible(value: object) -> object:
    """Characters that turn the direction of writing are shown, not obeyed."""
    if isinstance(value, str) and not isinstance(value, Markup) and _CONTROL.search(value):
        return _CONTROL.sub(lambda match: f"[U+{ord(match[0]):04X}]", value)
    return value


def here(iri: str) -> str:
    """The address on this server of something that has an IRI of ours."""
    for namespace, start in ((v.ID, "/id/"), (v.ARTICLE, "/article/")):
        if iri.startswith(namespace):
            return start + quote(iri.removeprefix(namespace), safe="/.-_~")
    return iri


def outside(url: str | None) -> str | None:
    """An address of the web that may be linked to: http or https, else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def link(path: str, /, **parameters: object) -> str:
    """A path with the parameters that are not empty."""
    pairs = [(k, str(x)) for k, x in parameters.items() if x not in (None, "", False)]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def words(code: object) -> str:
    """``information_requested`` and ``cloud-provider`` as words."""
    return str(code).replace("_", " ").replace("-", " ")


_MONTHS = calendar.month_name[1:]


def day(date: str | None) -> str:
    """``2024-02-26`` as ``26 February 2024``, as exact as it is known."""
    if not date:
        return ""
    parts = date.split("-")
    if not all(p.isdigit() for p in parts) or len(parts) > 3:
        return date
    month = _MONTHS[int(parts[1]) - 1] if len(parts) > 1 and 1 <= int(parts[1]) <= 12 else ""
    return " ".join(p for p in (str(int(parts[2])) if len(parts) > 2 else "", month, parts[0]) if p)


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 statement``, ``2 statements``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def render(name: str, values: dict[str, Any]) -> str:
    """One template with its values."""
    return environment().get_template(name).render(values)
