"""A SPARQL query with its words coloured."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*)"
    r"|(?P<string>\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<iri><[^<>\"{}|^`\\\s]*>)"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<name>[A-Za-z][\w.-]*:[\w.-]*)"
    r"|(?P<keyword>\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE|WHERE|FROM|NAMED|PREFIX|BASE|DISTINCT|REDUCED"
    r"|OPTIONAL|UNION|MINUS|GRAPH|FILTER|BIND|VALUES|AS|GROUP|BY|HAVING|ORDER|ASC|DESC|LIMIT|OFFSET"
    r"|NOT|EXISTS|IN|SERVICE|SILENT|UNDEF|a)\b)"
    r"|(?P<number>\b\d[\d.]*\b)",
    re.IGNORECASE | re.DOTALL,
)


def highlighted(sparql: str) -> Markup:
    """The query as HTML: every token escaped, those of a kind in a ``span`` of its class."""
    found: list[Markup] = []
    at = 0
    for match in _TOKEN.finditer(sparql):
        found.append(escape(sparql[at : match.start()]))
        kind = "keyword" if match.lastgroup == "keyword" else match.lastgroup or ""
        found.append(Markup('<span class="q-{}">{}</span>').format(kind, match[0]))
        at = match.end()
    found.append(escape(sparql[at:]))
    return Markup("").join(found)
