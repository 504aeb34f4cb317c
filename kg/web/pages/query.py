"""``/sparql`` for a person: an editor, example questions, and the answer as a table."""

from __future__ import annotations

import json
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from kg import vocabulary as v
from kg.queries import competency_questions
from kg.web.context import Context, client, context
from kg.web.highlighting import highlighted
from kg.web.negotiation import HTML
from kg.web.protocol import Operation, RequestError
from kg.web.rendering import here, render

_MOST = 1000
_START = """SELECT ?lab ?name WHERE {
  id:microsoft aio:investsIn ?lab .
  ?lab a aio:Lab ; skos:prefLabel ?name .
}
ORDER BY ?name
"""


async def query_page(request: Request, operation: Operation) -> Response:
    """The page with the query of the address and its answer, or with a query to begin with."""
    shared = context(request)
    values: dict[str, Any] = {
        "path": request.url.path,
        "q": "",
        "query": operation.query if operation.query is not None else _START,
        "error": None,
        "result": None,
        "twins": (),
        "share": None,
        "default_graphs": operation.default_graphs or (),
        "named_graphs": operation.named_graphs or (),
    }
    status = 200
    if operation.query is not None:
        pairs = [("query", operation.query)]
        pairs += [("default-graph-uri", g) for g in operation.default_graphs or ()]
        pairs += [("named-graph-uri", g) for g in operation.named_graphs or ()]
        values["share"] = f"/sparql?{urlencode(pairs)}"
        try:
            values["result"], formats = await _run(shared, operation, client(request))
            values["twins"] = [
                (label, f"{values['share']}&format={name}") for label, name in formats
            ]
        except RequestError as error:
            values["error"], status = error.message, error.status
    page = await run_sync(_render, values)
    return Response(page, status, {"Vary": "Accept", "Cache-Control": "no-cache"}, HTML)


def _render(values: dict[str, Any]) -> str:
    examples = [
        {
            "title": q.header["title"],
            "question": q.question,
            "address": f"/sparql?{urlencode([('query', q.sparql)])}",
        }
        for q in competency_questions().values()
    ]
    shown = highlighted(values["query"]) if values["share"] else None
    return render("sparql.html", {**values, "examples": examples, "shown": shown, "most": _MOST})


async def _run(
    shared: Context, operation: Operation, address: str
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The answer as a table of at most a thousand rows; raises RequestError."""
    from kg.web.sparql import lease, start

    async with AsyncExitStack() as stack:
        snapshot = await lease(shared, stack)
        running = await start(shared, stack, snapshot, operation, ("tsv", "turtle"), address)
        body = running.held
        complete = running.rest is None
        while running.rest is not None and len(body) < 1 << 20:
            piece = await run_sync(next, running.rest, b"", limiter=shared.threads)
            if not piece:
                complete = True
                break
            body += piece
    if running.kind == "graph":
        text = body.decode("utf-8", "replace")
        formats = [("Turtle", "turtle"), ("JSON-LD", "jsonld"), ("N-Triples", "ntriples")]
        return {"kind": "graph", "text": text, "complete": complete}, formats
    formats = [("JSON", "json"), ("CSV", "csv"), ("TSV", "tsv"), ("XML", "xml")]
    if running.kind == "ask":
        return {"kind": "ask", "text": "yes" if b"true" in body else "no"}, formats
    head, *lines = body.decode("utf-8", "replace").split("\n")
    if not complete and lines:
        lines.pop()  # cut somewhere within
    lines = [line for line in lines if line] if head else lines[:-1]
    rows = [[_cell(term) for term in line.split("\t")] for line in lines[:_MOST]]
    return {
        "kind": "select",
        "columns": [name.removeprefix("?") for name in head.split("\t")],
        "rows": rows,
        "total": len(lines) if complete else None,
    }, formats


def _cell(term: str) -> dict[str, str | None]:
    """A term of the TSV results for a table: its text, where it leads, and what it is."""
    if term.startswith("<") and term.endswith(">"):
        iri = term[1:-1]
        for prefix, namespace in v.PREFIXES.items():
            if iri.startswith(namespace) and len(iri) > len(namespace):
                local = here(iri)
                target = local if local.startswith("/") else None
                return {
                    "text": f"{prefix}:{iri.removeprefix(namespace)}",
                    "to": target,
                    "title": iri,
                }
        outside = iri if iri.startswith(("http://", "https://")) else None
        return {"text": iri, "to": outside, "title": None}
    if term.startswith('"'):
        text, _, kind = term.rpartition('"')
        try:
            text = json.loads(f'{text}"')
        except ValueError:
            text = text[1:]
        return {"text": text, "to": None, "title": kind.removeprefix("^^") or None}
    return {"text": term, "to": None, "title": None}
