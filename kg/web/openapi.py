"""The addresses in OpenAPI 3.1, for people who write programs and for programs that test."""

from __future__ import annotations

from functools import cache
from typing import Any

from kg.model import EntityKind, Kind
from kg.web.negotiation import GRAPHS, NAMES, SOLUTIONS

_TEXT = {"text/plain": {"schema": {"type": "string"}}}
_PAGE = {"text/html": {"schema": {"type": "string"}}}
_TWINS = {
    "application/ld+json": {"schema": {}},
    "text/turtle": {"schema": {"type": "string"}},
    "text/csv": {"schema": {"type": "string"}},
}


@cache
def api() -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "AI industry knowledge graph",
            "version": "1",
            "description": "Pages, the data behind them, and SPARQL 1.1. Reads only.",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "paths": {
            "/sparql": {"get": _sparql_get(), "post": _sparql_post()},
            "/": {"get": _get("What is new", {**_PAGE, **_TWINS})},
            "/id/{name}": {
                "get": _get(
                    "An entity, or a relationship by kind/subject/object",
                    {**_PAGE, **_TWINS},
                    _path("name", {"type": "string", "minLength": 1}),
                    missing=True,
                )
            },
            "/article/{name}": {
                "get": _get(
                    "An article with its facts",
                    {**_PAGE, **_TWINS},
                    _path("name", {"type": "string", "minLength": 1}),
                    missing=True,
                )
            },
            "/kind/{kind}": {
                "get": _get(
                    "Relationships of a kind",
                    {**_PAGE, **_TWINS},
                    _path("kind", {"enum": [k.value for k in Kind]}),
                    _query("page", {"type": "integer"}),
                    missing=True,
                )
            },
            "/entities/{kind}": {
                "get": _get(
                    "Entities of a kind",
                    {**_PAGE, **_TWINS},
                    _path("kind", {"enum": [k.value for k in EntityKind]}),
                    missing=True,
                )
            },
            "/regulators": {
                "get": _get(
                    "Regulator watch", {**_PAGE, **_TWINS}, _query("authority", {"type": "string"})
                )
            },
            "/conflicts": {"get": _get("Figures that contradict one another", {**_PAGE, **_TWINS})},
            "/search": {
                "get": _get("Search by name", {**_PAGE, **_TWINS}, _query("q", {"type": "string"}))
            },
            "/suggest": {
                "get": _get(
                    "Names that begin so",
                    {"application/json": {"schema": {"type": "array", "maxItems": 8}}},
                    _query("q", {"type": "string"}),
                )
            },
            "/ask": {
                "get": _get(
                    "A question in plain English",
                    {**_PAGE, "application/json": {"schema": {"type": "object"}}, **_TWINS},
                    _query("q", {"type": "string", "maxLength": 500}),
                    _query("in", {"type": "string", "pattern": "^[A-Za-z]{3}$"}),
                    _query("format", {"enum": ["json", "jsonld", "ttl", "csv"]}),
                )
            },
            "/explorer": {"get": _get("The graph explorer", _PAGE)},
            "/explorer/graph.json": {
                "get": _get(
                    "The graph as arrays", {"application/json": {"schema": {"type": "object"}}}
                )
            },
            "/ontology": {"get": _get("What the terms mean", _PAGE)},
        },
    }


def _get(
    summary: str, content: dict[str, Any], *parameters: dict[str, Any], missing: bool = False
) -> dict[str, Any]:
    """One address that is read."""
    responses: dict[str, Any] = {
        "200": {"description": summary, "content": content},
        "304": {"description": "Nothing has changed"},
        "400": {"description": "The request cannot be understood", "content": {**_TEXT, **_PAGE}},
        "429": {"description": "Too many requests", "content": _TEXT},
    }
    if missing:
        responses["302"] = responses["303"] = {"description": "It is elsewhere"}
        responses["404"] = {"description": "There is no such thing", "content": {**_TEXT, **_PAGE}}
    return {"summary": summary, "parameters": list(parameters), "responses": responses}


def _path(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _answers() -> dict[str, Any]:
    types: dict[str, Any] = {t: {"schema": {}} for t in (*SOLUTIONS, *GRAPHS)}
    return {
        "200": {
            "description": "The answer, or the service description",
            "content": {**types, **_PAGE},
        },
        "304": {"description": "Nothing has changed"},
        **{
            status: {"description": text, "content": {**_TEXT, **_PAGE}}
            for status, text in {
                "400": "The query or its parameters cannot be understood",
                "403": "An update, or a query that would ask another server",
                "406": "The answer cannot be had in any form asked for",
                "413": "The request is too large",
                "415": "A body of another type",
                "429": "Too many requests",
                "503": "No place became free in time",
                "504": "The query took longer than the server's limit",
            }.items()
        },
    }


def _sparql_get() -> dict[str, Any]:
    iris = {"type": "array", "items": {"type": "string", "format": "iri"}}
    return {
        "summary": "A SPARQL 1.1 query; without one, the service description",
        "parameters": [
            _query("query", {"type": "string"}),
            _query("default-graph-uri", iris),
            _query("named-graph-uri", iris),
            _query("format", {"enum": list(NAMES)}),
        ],
        "responses": _answers(),
    }


def _sparql_post() -> dict[str, Any]:
    form = {
        "type": "object",
        "properties": {"query": {"type": "string"}},
        "required": ["query"],
    }
    return {
        "summary": "A SPARQL 1.1 query",
        "requestBody": {
            "required": True,
            "content": {
                "application/x-www-form-urlencoded": {"schema": form},
                "application/sparql-query": {"schema": {"type": "string"}},
            },
        },
        "responses": _answers(),
    }
