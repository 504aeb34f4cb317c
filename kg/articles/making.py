"""From text and metadata, as an input gives them, to an Article, or to the reason why not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from kg.articles.decoding import storable
from kg.articles.language import foreign
from kg.articles.source import ArticleError, Limits
from kg.dates import is_date
from kg.model import Article

_ISO = re.compile(r"(\d{4}(?:-\d\d){0,2})(?:[T ]\d\d:?\d\d.*)?")
_PATTERNS = (
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%B %Y",
    "%b %Y",
)
_SPACE = re.compile(r"\s+")


def article(
    text: str,
    place: str,
    limits: Limits,
    *,
    source: str,
    fields: Mapping[str, object] | None = None,
    strict: bool = False,
) -> Article:
    """An Article of that text exactly (but see ``storable``) with the metadata in ``fields``.

    ``fields`` may hold ``title``, ``url``, ``published`` (or ``date``), ``publisher``,
    ``retrieved`` and ``language``; empty ones count as absent. With ``strict`` a date that
    is none is an error, otherwise it is left out. Raises ArticleError for a text that is
    empty, too long or not English.
    """
    fields = fields or {}
    text = storable(text)
    if not text.strip():
        raise ArticleError(f"{place}: holds no text; check that the article's body is there")
    if len(text) > limits.text:
        raise ArticleError(
            f"{place}: {len(text):,} characters, more than the {limits.text:,} read as one article; "
            f"split it into articles or raise KG_LIMIT_TEXT"
        )
    if not limits.any_language and (language := foreign(text)):
        raise ArticleError(
            f"{place}: written in {language}; kg reads English: give a translation, "
            f"or set KG_LIMIT_ANY_LANGUAGE=1 to read it all the same"
        )
    return Article(
        text=text,
        source=storable(source),
        title=_line(fields.get("title")),
        url=_line(fields.get("url")),
        published=_date(fields, ("published", "date"), place, strict),
        publisher=_line(fields.get("publisher")),
        retrieved=_date(fields, ("retrieved",), place, strict),
        language=_line(fields.get("language")),
    )


def date(value: object) -> str | None:
    """An ISO 8601 date of the precision given, from the ways in which inputs write dates.

    >>> date("2024-02-26T09:00:00Z"), date("26 February 2024"), date("2024-02")
    ('2024-02-26', '2024-02-26', '2024-02')
    """
    text = _line(value)
    if not text or len(text) > 60:
        return None
    iso = _ISO.fullmatch(text)
    if iso:
        return iso[1] if is_date(iso[1]) else None
    for pattern in _PATTERNS:
        try:
            day = dt.datetime.strptime(text, pattern).date()
        except ValueError:
            continue
        return day.isoformat()[: 10 if "%d" in pattern else 7]
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _date(
    fields: Mapping[str, object], names: tuple[str, ...], place: str, strict: bool
) -> str | None:
    for name in names:
        value = _line(fields.get(name))
        if value:
            found = date(value)
            if found is None and strict:
                raise ArticleError(
                    f"{place}: {name} {value[:60]!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"
                )
            return found
    return None


def _line(value: object) -> str | None:
    """Metadata as one line of text, None where there is none."""
    if value is None or isinstance(value, (bool, list, dict)):
        return None
    return _SPACE.sub(" ", storable(str(value))).strip()[:2000] or None
