"""A SPARQL 1.1 Protocol request read from HTTP: which query over which dataset.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.vocabulary import BASE

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|\\^`]*")
_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.\-]*:)[^<>\"{}|^`\\\s]*>")
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
METHODS = "GET, HEAD, POST, OPTIONS"
READ_ONLY = "this endpoint is read-only: it takes queries and no updates"
_PLAIN = ("default-graph-uri", "named-graph-uri")
_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")


class RequestError(Exception):
    """A request that cannot be served: an HTTP status and a sentence that says why."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Operation:
    """A query with its dataset; ``query`` is None where only a description is asked for.

    With ``default_graphs`` or ``named_graphs`` the dataset of the request is the whole one,
    whatever FROM says; both None leaves it to the query. ``format`` is the short name asked
    for, if any.
    """

    query: str | None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    union: bool = False
    format: str | None = None


def read(method: str, query_string: bytes, content_type: str | None, body: bytes) -> Operation:
    """The operation of a request; raises RequestError."""
    parameters = _pairs(query_string)
    text: str | None = None
    if method == "POST":
        media_type, charset = _media_type(content_type)
        if media_type == FORM:
            parameters += _pairs(body)
        elif media_type == QUERY:
            if any(name == "query" for name, _ in parameters):
                raise RequestError(400, "the query stands in the address and in the body")
            text = _utf8(body, charset)
        elif media_type == UPDATE:
            raise RequestError(403, READ_ONLY)
        else:
            raise RequestError(
                415,
                f"a query comes as {FORM} or as {QUERY}, not as {media_type or 'an unnamed type'}",
                {"Accept-Post": f"{FORM}, {QUERY}"},
            )
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    if any(name in values for name in _UPDATES):
        raise RequestError(403, READ_ONLY)
    if text is None:
        queries = values.get("query", [])
        if len(queries) > 1:
            raise RequestError(400, f"one query a request, not {len(queries)}")
        text = queries[0] if queries else None
        if text is None and (method == "POST" or any(name in values for name in _PLAIN)):
            raise RequestError(400, "the parameter 'query' is missing")
    for name in _PLAIN:
        for iri in values.get(name, []):
            if not _IRI.fullmatch(iri):
                raise RequestError(400, f"{name}: {iri!r} is not an absolute IRI")
    default, named = (values.get(name) for name in _PLAIN)
    given = default is not None or named is not None
    return Operation(
        _based(text),
        tuple(dict.fromkeys(default or ())) if given else None,
        tuple(dict.fromkeys(named or ())) if given else None,
        "union-default-graph" in values,
        values.get("format", [None])[-1],
    )


def _based(query: str | None) -> str | None:
    """The query with a base where it may need one: relative IRIs are relative to the graph's."""
    if query is None or not _RELATIVE.search(query):
        return query
    return f"BASE <{BASE}> {query}"


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000
        )
    except ValueError as error:
        raise RequestError(
            400, f"the parameters are not percent-encoded UTF-8 ({error})"
        ) from error


def _media_type(content_type: str | None) -> tuple[str, str]:
    media_type, _, rest = (content_type or "").partition(";")
    charset = _CHARSET.search(rest)
    return media_type.strip().lower(), charset[1].lower() if charset else "utf-8"


def _utf8(body: bytes, charset: str) -> str:
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise RequestError(415, f"a query is sent as UTF-8, not as {charset}")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, f"the query is not UTF-8 ({error})") from error
