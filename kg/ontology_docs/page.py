"""The page itself: one HTML document with everything in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from kg import vocabulary as v
from kg.ontology import edges, rules
from kg.ontology_docs import diagram
from kg.ontology_docs.style import STYLE
from kg.ontology_docs.terms import Ontology, Term
from kg.queries import competency_questions
from kg.validation import compact

_SECTIONS = (
    ("classes", "Classes", "class"),
    ("properties", "Properties", "property"),
    ("schemes", "Concept schemes", "scheme"),
    ("annotations", "Annotation properties", "annotation"),
)


def html() -> str:
    """The whole page. The same ontology gives the same page, byte for byte."""
    ontology = Ontology()
    header = ontology.header
    body = [
        f"<header><h1>{escape(header['title'])}</h1>",
        f"<p class='lead'>{escape(header['description'])}</p>",
        _facts(
            [
                ("IRI", _code(v.BASE + "ontology")),
                ("Version", f"{escape(header['versionInfo'])}, {_code(header['versionIRI'])}"),
                ("Prefix", _code(f"aio: {v.AIO}")),
                ("Licence", f"<a href='{escape(header['license'])}'>CC BY 4.0</a>"),
                ("Profile", "OWL 2 RL, without inverse properties"),
                (
                    "Files",
                    ", ".join(
                        f"<a href='{n}'>{n}</a>"
                        for n in (
                            "ai-industry.ttl",
                            "shapes.ttl",
                            "alignments.ttl",
                            "context.jsonld",
                        )
                    ),
                ),
            ]
        ),
        f"<p>{escape(header['scopeNote'])}</p></header>",
        _contents(ontology),
        _section("overview", "Overview", _overview(ontology)),
    ]
    for anchor, title, kind in _SECTIONS:
        terms = ontology.of_kind(kind)
        content = "".join(_term(ontology, term) for term in terms)
        body.append(_section(anchor, f"{title} ({len(terms)})", content))
    for anchor, title, articles in (
        ("rules", "Rules", _rules(ontology)),
        ("questions", "Competency questions", _questions(ontology)),
    ):
        body.append(_section(anchor, f"{title} ({len(articles)})", "".join(articles)))
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(header['title'])}</title><style>{STYLE}</style></head>\n"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _contents(ontology: Ontology) -> str:
    links = []
    for anchor, title, kind in _SECTIONS:
        names = "".join(
            f"<li><a href='#{t.anchor}'>{escape(t.name)}</a></li>" for t in ontology.of_kind(kind)
        )
        links.append(
            f"<details><summary><a href='#{anchor}'>{title}</a></summary><ul>{names}</ul></details>"
        )
    others = "<p><a href='#rules'>Rules</a> <a href='#questions'>Competency questions</a></p>"
    return f"<nav aria-label='Contents'>{''.join(links)}{others}</nav>"


def _overview(ontology: Ontology) -> str:
    return (
        "<p>A relationship is a node of its own. Its roles lead to the entities in one step, "
        "and it lists the statements it rests on; each statement stands in an article and "
        "points at the words that say it.</p>"
        f"<figure>{diagram.evidence(ontology)}<figcaption>From an article's words to a "
        "relationship. Every arrow is a property; none has an inverse.</figcaption></figure>"
        f"<figure>{diagram.relationships(ontology)}<figcaption>Each kind of relationship with "
        "its two main roles, and the words under which it is drawn as an edge."
        "</figcaption></figure>"
        f"<h3>Classes</h3>{_tree(ontology)}"
    )


def _tree(ontology: Ontology) -> str:
    classes = ontology.of_kind("class")

    def branch(term: Term) -> str:
        below = [ontology.terms[i] for i in term.below if i in ontology.terms]
        inner = f"<ul>{''.join(map(branch, below))}</ul>" if below else ""
        return f"<li><a href='#{term.anchor}'>{escape(term.name)}</a>{inner}</li>"

    roots = [c for c in classes if not any(i in ontology.terms for i in c.above)]
    return f"<ul class='tree'>{''.join(map(branch, roots))}</ul>"


def _term(ontology: Ontology, term: Term) -> str:
    rows = [
        ("IRI", _code(term.iri)),
        ("Example", escape(term.example)),
        ("Note", _prose(ontology, term.note or "")),
        ("Above", _links(ontology, term.above)),
        ("Below", _links(ontology, term.below)),
        ("Of", _links(ontology, term.domain)),
        ("Leads to", _links(ontology, term.range)),
        ("Drawn", _drawn(ontology, term)),
        ("Is", ", ".join(term.traits)),
        ("Demands", _list(escape(rule) for rule in term.rules)),
        (
            "Near",
            _list(
                f"{_code(m.relation)} <a href='{escape(m.target)}'>{_code(compact(m.target))}</a>: "
                f"{escape(m.reason)} "
                f"<span class='small'>({escape(m.source)})</span>"
                for m in term.matches
            ),
        ),
        ("Asked in", ", ".join(f"<a href='#q-{q}'>{escape(q)}</a>" for q in term.questions)),
    ]
    members = "".join(
        f"<tr id='{ontology.terms[i].anchor}'><td>{_code(ontology.terms[i].name)}</td>"
        f"<td>{escape(ontology.terms[i].definition)}</td>"
        f"<td>{escape(ontology.terms[i].example)}</td></tr>"
        for i in term.members
        if not term.iri.endswith(("/over", "/under-review"))
    )
    if members:
        members = (
            f"<table><tr><th>Concept</th><th>Definition</th><th>Example</th></tr>{members}</table>"
        )
    elif term.members:
        members = f"<p>{_links(ontology, term.members)}</p>"
    return (
        f"<article id='{term.anchor}'><h3>{escape(term.name)} "
        f"<span class='small'>{escape(term.label)}</span></h3>"
        f"<p>{escape(term.definition)}</p>{_facts(rows)}{members}</article>"
    )


def _drawn(ontology: Ontology, term: Term) -> str:
    edge = edges().get(term.iri)
    if edge is None:
        return ""
    source, target, direct = (
        _links(ontology, [i]) for i in (edge.source, edge.target, edge.direct)
    )
    return f"from {source} to {target} as \u201c{escape(edge.label)}\u201d ({direct})"


def _rules(ontology: Ontology) -> list[str]:
    parts = []
    for name, sparql in rules():
        head = dict(
            line.removeprefix("# ").split(": ", 1)
            for line in sparql.splitlines()
            if line.startswith("# ")
        )
        parts.append(
            f"<article id='rule-{name}'><h3>{escape(head['title'])} "
            f"<span class='small'>{name}.rq</span></h3>"
            f"<p>{_prose(ontology, head['note'])}</p>{_query(sparql)}</article>"
        )
    return parts


def _questions(ontology: Ontology) -> list[str]:
    return [
        f"<article id='q-{q.name}'><h3>{escape(q.question)} "
        f"<span class='small'>{q.name}</span></h3>"
        f"<p>{_prose(ontology, q.header.get('note', ''))}</p>{_query(q.sparql)}</article>"
        for q in competency_questions().values()
    ]


def _query(sparql: str) -> str:
    text = "\n".join(line for line in sparql.splitlines() if not line.startswith("# "))
    return f"<details><summary>SPARQL</summary><pre>{escape(text.strip())}</pre></details>"


def _section(anchor: str, title: str, content: str) -> str:
    return f"<section id='{anchor}'><h2>{escape(title)}</h2>{content}</section>\n"


def _facts(rows: Iterable[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{k}</dt><dd>{x}</dd>" for k, x in rows if x) + "</dl>"


def _list(items: Iterable[str]) -> str:
    lines = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{lines}</ul>" if lines else ""


def _links(ontology: Ontology, iris: Iterable[str]) -> str:
    return ", ".join(
        f"<a href='#{ontology.terms[i].anchor}'>{escape(ontology.terms[i].name)}</a>"
        if i in ontology.terms
        else _code(compact(i))
        for i in iris
    )


def _prose(ontology: Ontology, text: str) -> str:
    """A text with the terms it speaks of linked."""

    def linked(match: re.Match[str]) -> str:
        term = ontology.terms.get(v.PREFIXES[match[1]] + match[2])
        return f"<a href='#{term.anchor}'>{match[0]}</a>" if term else match[0]

    return re.sub(r"\b(aio|scheme):([\w-]+)", linked, escape(text))


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"
