"""Clients that people use: curl, SPARQLWrapper, rdflib's SPARQLStore, Comunica."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.web import programs
from tests.web.conftest import Site

pytestmark = pytest.mark.interop

LABS = "SELECT ?lab ?name WHERE { id:microsoft aio:investsIn ?lab . ?lab skos:prefLabel ?name } ORDER BY ?name"
PREFIXES = """
PREFIX aio: <https://w3id.org/ai-industry/ontology#>
PREFIX id: <https://w3id.org/ai-industry/id/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def names(site: Site) -> list[str]:
    found = json.loads(site.query(LABS).body)["results"]["bindings"]
    return [row["name"]["value"] for row in found]


def test_curl(site: Site) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not here")

    def run(*arguments: str) -> str:
        return subprocess.run(
            [curl, "-sS", "--fail", *arguments],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        ).stdout

    address = f"{site.url}/sparql"
    csv = run(address, "--data-urlencode", f"query={LABS}", "-H", "Accept: text/csv")
    assert [line.split(",")[1] for line in csv.splitlines()[1:]] == names(site)
    by_get = run("-G", address, "--data-urlencode", f"query={LABS}", "--compressed")
    assert len(json.loads(by_get)["results"]["bindings"]) == len(names(site))
    direct = run(address, "--data-binary", LABS, "-H", "Content-Type: application/sparql-query")
    assert json.loads(direct) == json.loads(by_get)
    turtle = run(f"{site.url}/id/mistral-ai", "-H", "Accept: text/turtle")
    assert "Mistral AI" in turtle


def test_sparqlwrapper(site: Site) -> None:
    wrapper = programs.python(programs.SPARQLWRAPPER, "SPARQLWrapper")
    endpoint = wrapper.SPARQLWrapper(f"{site.url}/sparql")
    for method in (wrapper.GET, wrapper.POST):
        endpoint.setMethod(method)
        endpoint.setQuery(PREFIXES + LABS)
        endpoint.setReturnFormat(wrapper.JSON)
        rows = endpoint.queryAndConvert()["results"]["bindings"]
        assert [row["name"]["value"] for row in rows] == names(site)
        endpoint.setReturnFormat(wrapper.XML)
        assert len(endpoint.queryAndConvert().getElementsByTagName("result")) == len(rows)
        endpoint.setReturnFormat(wrapper.CSV)
        assert endpoint.queryAndConvert().count(b"\r\n") == len(rows) + 1
    endpoint.setQuery(PREFIXES + "ASK { id:microsoft aio:investsIn id:openai }")
    endpoint.setReturnFormat(wrapper.JSON)
    assert endpoint.queryAndConvert()["boolean"] is True
    endpoint.setQuery(PREFIXES + "CONSTRUCT WHERE { id:microsoft aio:investsIn ?lab }")
    for form in (wrapper.TURTLE, wrapper.RDFXML, wrapper.JSONLD):
        endpoint.setReturnFormat(form)
        graph = endpoint.queryAndConvert()
        if isinstance(graph, bytes):
            import rdflib

            graph = rdflib.Graph().parse(data=graph, format="turtle")
        assert len(graph) == len(names(site))
    endpoint.setQuery("SELEC")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed):
        endpoint.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rdflib(site: Site, method: str, form: str) -> None:
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    store = SPARQLStore(f"{site.url}/sparql", method=method, returnFormat=form)
    graph = rdflib.Graph(store=store)
    rows: Any = graph.query(PREFIXES + LABS)
    assert [str(row.name) for row in rows] == names(site)
    base = "https://w3id.org/ai-industry/"
    microsoft = rdflib.URIRef(f"{base}id/microsoft")
    if form != "csv":  # which does not tell an IRI from a text
        invested = set(graph.objects(microsoft, rdflib.URIRef(f"{base}ontology#investsIn")))
        assert len(invested) == len(names(site))
        assert len(graph) > 10_000


@pytest.mark.slow
def test_comunica(site: Site, tmp_path: Path) -> None:
    # Later releases of undici need a later Node.js than Debian has.
    folder = programs.npm("comunica", programs.COMUNICA, undici="7.10.0")
    node = shutil.which("node") or "node"
    script = """
import { QueryEngine } from "@comunica/query-sparql";
const engine = new QueryEngine();
const [address, query] = process.argv.slice(2);
const found = {};
const said = { type: "sparql", value: address };
for (const [name, source] of Object.entries({ said, found: address })) {
  const stream = await engine.queryBindings(query, { sources: [source] });
  found[name] = (await stream.toArray()).map((row) => row.get("name").value).sort();
}
console.log(JSON.stringify(found));
"""
    (tmp_path / "ask.mjs").write_text(script, encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(folder / "node_modules")
    ran = subprocess.run(
        [node, "ask.mjs", f"{site.url}/sparql", PREFIXES + LABS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert len(found) == 2
    for got in found.values():
        assert got == sorted(names(site))
