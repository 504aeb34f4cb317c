"""Queries that would make requests over the network, found before they run.

pyoxigraph fetches what SERVICE and LOAD name and cannot be told not to. So the text is
read token by token: the words count only where they are keywords, not inside strings,
comments, IRIs or names. pyoxigraph's parser needs no space around a keyword
(``trueSERVICE<...>`` and ``SERVICE:x`` are clauses to it), and ``<`` may begin an IRI or mean
"less than"; wherever the text can be read in two ways this module takes the dangerous one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from kg.store.errors import QueryRefusedError

_WORDS = re.compile(r"service|load", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_NAME = r"(?:[^\W]|[.\-·])"
_TOKEN = re.compile(
    r"(?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*'''|\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\""
    r"|'(?:[^'\\\n\r]|\\.)*'|\"(?:[^\"\\\n\r]|\\.)*\")"
    r"|(?P<iri><[^<>\"{}|^`\x00-\x20]*>)"
    r"|(?P<comment>\#[^\n\r]*)"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<language>@[A-Za-z][A-Za-z0-9\-]*)"
    rf"|(?P<name>(?:\w{_NAME}*)?:(?:{_NAME}|:|%[0-9a-fA-F]{{2}}|\\.)*)"
    rf"|(?P<word>\w{_NAME}*)"
    r"|(?P<space>\s+)"
    r"|(?P<mark>\\?.)",
    re.DOTALL,
)
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_REMEDY = (
    "the store answers from its own data only; fetch the other data first, or name the host "
    "in `allow_service`"
)
_DOUBT = (
    "the query holds '<' where it can begin an IRI or mean \"less than\", and later the word "
    "SERVICE or LOAD; write a space after a '<' that means \"less than\", and relative IRIs in full"
)


def refuse_outbound(sparql: str, allow_service: Iterable[str] = ()) -> None:
    """Raise QueryRefusedError if the query or update could make a request over the network.

    A SERVICE clause is let through if it names, as a full IRI, one of the hosts in
    ``allow_service``.
    """
    if sparql.isascii():  # what nearly every query is can be looked through faster
        lowered = sparql.lower()
        if "service" not in lowered and "load" not in lowered and "\\" not in sparql:
            return
    elif not _WORDS.search(sparql) and "\\" not in sparql:
        return
    hosts = frozenset(host.lower() for host in allow_service)
    _check(sparql, hosts)
    unescaped = _ESCAPE.sub(_character, sparql)  # some servers undo escapes before they parse
    if unescaped != sparql:
        _check(unescaped, hosts)


def tokens(sparql: str) -> Iterator[tuple[str, str, int]]:
    """The tokens of a query that are neither space nor comment: kind, text, where it ends."""
    for match in _TOKEN.finditer(sparql):
        kind = match.lastgroup or ""
        if kind not in ("space", "comment"):
            yield kind, match[0], match.end()


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]


def _check(sparql: str, hosts: frozenset[str]) -> None:
    if not _WORDS.search(sparql):
        return
    found: list[tuple[str, str]] = []
    doubtful = False
    for match in _TOKEN.finditer(sparql):
        kind, text = match.lastgroup or "", match[0]
        if kind == "iri":
            doubtful |= ("'" in text or "#" in text) and not _ABSOLUTE.match(text)
        elif text == "<":
            doubtful |= sparql[match.end() : match.end() + 1] not in " \t\r\n="
        if kind in ("iri", "comment", "string") and doubtful and _WORDS.search(text):
            raise QueryRefusedError(_DOUBT)
        if kind not in ("space", "comment"):
            found.append((kind, text))
    found += [("end", ""), ("end", "")]
    for position, (kind, text) in enumerate(found[:-2]):
        after = found[position + 1]
        if kind == "word":
            word = text.lower().rstrip(".-·")
            if word.endswith(("service", "servicesilent")):
                if after[0] == "word" and after[1].lower() == "silent":
                    after = found[position + 2]
                _check_service(after, hosts)
            elif "service" in word or word.endswith(("load", "loadsilent", "loadinto")):
                raise QueryRefusedError(f"the query holds the keyword in {text!r}: {_REMEDY}")
        elif kind == "name" and _is_clause(text, after[1], found[max(0, position - 3) : position]):
            raise QueryRefusedError(
                f"the query holds a SERVICE or LOAD clause at {text!r}: {_REMEDY}"
            )


def _is_clause(name: str, after: str, before: list[tuple[str, str]]) -> bool:
    """Whether a prefixed name may be a keyword followed at once by a name without prefix."""
    prefix = name.partition(":")[0].lower()
    last = ["", "", "", *(text.lower() for _, text in before[-3:])][-3:]
    if last[2] in ("prefix", "graph"):
        return False
    if prefix.endswith(("service", "servicesilent")):
        return after == "{"
    first = last[2] in ("", ";") or last[1] == "base" or last[0] == "prefix"
    return first and prefix.endswith(("load", "loadsilent"))


def _check_service(target: tuple[str, str], hosts: frozenset[str]) -> None:
    kind, text = target
    host = urlsplit(text[1:-1]).hostname if kind == "iri" else None
    if host is None or host.lower() not in hosts:
        raise QueryRefusedError(f"the query asks another server (SERVICE {text}): {_REMEDY}")
