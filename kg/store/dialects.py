"""Where SPARQL servers differ, in one place.

=================  =======================  ==========================  =======================
                   Oxigraph                 Fuseki and the standard     Virtuoso 7
=================  =======================  ==========================  =======================
update at          ``/update``              ``/update``                 ``/sparql-auth``
graphs at          ``/store``               ``/data``                   ``/sparql-graph-crud-auth``
default graph      its own                  its own                     none: a named one stands in
union of graphs    ``union-default-graph``  ``urn:x-arq:UnionGraph``    what it does unasked
ASK in JSON        boolean                  boolean                     a row ``__ASK_RETVAL``
quads per request  any                      any                         about 4,900
rows per answer    any                      any                         10,000 unless configured
update request     all or nothing           all or nothing              one operation at a time
DELETE DATA        of any graphs            of any graphs               of one graph: of a second
                                                                        it leaves tagged literals
GRAPH <...>        any                      any                         with a default graph told,
                                                                        those told as named
=================  =======================  ==========================  =======================
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from kg.vocabulary import BASE


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one kind of server is spoken to.

    ``query``, ``update`` and ``data`` are addresses; ``default_graph`` is the IRI of the graph that
    stands in for the default graph where the server has none; ``limit`` is the number of
    quads that go into one update request; ``hidden`` are graphs of the server itself;
    ``page`` is the number of rows asked for at a time where answers are limited;
    ``apart`` is whether what goes from different graphs goes in operations of its own.
    """

    name: str
    query: str
    update: str
    data: str
    union: tuple[tuple[str, str], ...] = ()
    default_graph: str | None = None
    limit: int = 20_000
    hidden: frozenset[str] = frozenset()
    page: int | None = None
    apart: bool = False


_VIRTUOSO_GRAPHS = frozenset(
    {
        "http://www.openlinksw.com/schemas/virtrdf#",
        "http://www.w3.org/ns/ldp#",
        "http://www.w3.org/2002/07/owl#",
        "http://localuriqaserver/sparql",
        "http://localhost:8890/DAV/",
        "http://localhost:8890/sparql",
    }
)


def recognise(url: str, headers: Mapping[str, str], *, signed_in: bool) -> Dialect:
    """The dialect of the server that answered at ``url`` with these headers."""
    server = headers.get("Server", "").lower()
    if "oxigraph" in server:
        root = re.sub(r"/(query|update|store)?$", "", url)
        return Dialect(
            "oxigraph",
            f"{root}/query",
            f"{root}/update",
            f"{root}/store",
            (("union-default-graph", "true"),),
        )
    if "virtuoso" in server:
        parts = urlsplit(url)
        root = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
        suffix = "-auth" if signed_in else ""
        return Dialect(
            "virtuoso",
            f"{root}/sparql{suffix}",
            f"{root}/sparql-auth",
            f"{root}/sparql-graph-crud{suffix}",
            default_graph=BASE + "graph/default",
            limit=2_000,
            hidden=_VIRTUOSO_GRAPHS,
            page=5_000,
            apart=True,
        )
    fuseki = any(name.lower() == "fuseki-request-id" for name in headers)
    match = re.fullmatch(r"(.*)/(?:query|sparql)", url)
    if match:
        query, update, data = url, f"{match[1]}/update", f"{match[1]}/data"
    else:
        query = update = data = url
    union = (("default-graph-uri", "urn:x-arq:UnionGraph"),) if fuseki else ()
    return Dialect("fuseki" if fuseki else "standard", query, update, data, union)


_ASK_ROW = re.compile(rb'"__ASK_RETVAL"')


def ask_result(body: bytes) -> bytes:
    """An ASK result as the standard has it."""
    if not _ASK_ROW.search(body):
        return body
    rows = json.loads(body)["results"]["bindings"]
    answer = bool(rows) and rows[0]["__ASK_RETVAL"]["value"] == "1"
    return json.dumps({"head": {}, "boolean": answer}).encode()
