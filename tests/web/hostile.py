"""An article that is all mischief."""

from __future__ import annotations

import json

from tests.web.conftest import Site

SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "id": "hostile-1",
    "title": f'{SCRIPT}"onmouseover="alert(2)',
    "url": "javascript:alert(3)",
    "publisher": f'=HYPERLINK("http://x.example")\'{SCRIPT}',
    "published": "2024-03-04",
    "text": (
        "Microsoft invested $5 million in Mistral AI on 4 March 2024 <img src=x onerror=alert(4)> "
        "under terms that {{ 7*7 }} &lt;b&gt;nobody \u202eread.\n\n"
        'Nvidia invested $7 million in "><svg onload=alert(5)> Labs on 5 March 2024.'
    ),
}


def addresses(site: Site) -> list[str]:
    """Every page that shows something of it."""
    found = json.loads(
        site.query(
            "SELECT DISTINCT ?x { { ?x aio:statement ?s } UNION { GRAPH ?x { ?x a schema:NewsArticle } } }"
        ).body
    )
    iris = [b["x"]["value"] for b in found["results"]["bindings"]]
    return [
        *(iri.removeprefix("https://w3id.org/ai-industry") for iri in iris),
        "/",
        "/id/microsoft",
        "/id/mistral-ai",
        "/kind/investment",
        "/conflicts",
        "/search?q=script",
        "/ask?q=Who+invests+in+Mistral+AI%3F",
        "/sparql?query=SELECT+*+%7B+GRAPH+%3Fg+%7B+%3Fs+%3Fp+%3Fo+%7D+%7D",
    ]
