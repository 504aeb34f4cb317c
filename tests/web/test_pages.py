"""The pages: every link leads somewhere, every fact to its sentence, every page to its data."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest

from kg.export.palette import EDGE_COLOURS
from kg.web.pages.palette import contrast, legible
from kg.web.settings import Settings
from tests.web.conftest import Site, running

DEAL = "/id/investment/microsoft/mistral-ai/eur-15000000"
_LINK = re.compile(r'\b(?:href|src)="([^"]*)"')


def links(page: str) -> list[str]:
    return [unescape(link) for link in _LINK.findall(page)]


def test_every_link_leads_somewhere(site: Site) -> None:
    """Walk breadth first from the first page over everything that is linked."""
    found = deque(["/"])
    seen = {"/"}
    walked = 0
    while found and walked < 250:
        address = found.popleft()
        reply = site.page(address)
        walked += 1
        assert reply.status in (200, 302, 303), f"{address}: {reply.status}"
        if reply.type != "text/html":
            continue
        for link in links(reply.text):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                assert parts.scheme in ("http", "https"), f"{address} links to {link}"
                continue
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if target and target not in seen:
                seen.add(target)
                found.append(target)
    assert walked == 250


def test_anchors_exist(site: Site) -> None:
    page = site.page(DEAL).text
    for link in set(links(page)):
        path, _, anchor = link.partition("#")
        if path.startswith("/article/") and anchor:
            assert f'id="{anchor}"' in site.page(path).text


def test_home_tells_what_is_new(site: Site) -> None:
    page = site.page("/").text
    assert "Newest reports" in page
    assert 'href="/kind/investment"' in page
    assert page.count('class="fact ') == 12


def test_home_names_who_has_most_relationships(site: Site) -> None:
    most = site.page("/").text.partition("Most connected")[2].partition("</ul>")[0]
    numbers = [int(n) for n in re.findall(r"<span>(\d+)</span>", most)]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > 10
    assert {"/id/microsoft", "/id/openai"} <= set(re.findall(r'href="([^"]+)"', most))


def test_the_page_of_an_entity(site: Site) -> None:
    page = site.page("/id/mistral-ai").text
    for text in (
        "Mistral AI",
        "Investors",
        "Distributed by",
        "EUR 15 million",
        'href="/id/microsoft"',
    ):
        assert text in page


def test_the_page_of_a_relationship(site: Site) -> None:
    page = unescape(site.page(DEAL).text)
    for text in (
        "Stated amounts",
        "“€15 million”",
        "“$16.3 million”",
        "stated as equal to USD 16.3 million",
        "investor",
        "investee",
        "Timeline",
        "TechCrunch, 27 February 2024",
    ):
        assert text in page
    assert page.count("<blockquote>") >= 2


def test_the_page_of_an_article_marks_its_facts(site: Site) -> None:
    article = next(x for x in links(site.page(DEAL).text) if x.startswith("/article/")).partition(
        "#"
    )[0]
    page = site.page(article).text
    assert re.search(r'<mark class="k-(?:investment|scrutiny)" data-facts="\d', page)
    assert f'href="{DEAL}"' in page


def test_without_the_text_there_are_quotes(bundled_store: Path) -> None:
    with running(bundled_store, texts=False) as site:
        article = next(
            x for x in links(site.page(DEAL).text) if x.startswith("/article/")
        ).partition("#")[0]
        page = site.page(article).text
        assert "<mark" not in page
        assert "<blockquote>" in page


@pytest.mark.parametrize(
    ("host", "texts", "whole"),
    [
        ("127.0.0.1", None, True),
        ("::1", None, True),
        ("0.0.0.0", None, False),  # noqa: S104 - not listened at
        ("0.0.0.0", True, True),  # noqa: S104
        ("127.0.0.1", False, False),
    ],
)
def test_whole_texts_stay_on_this_machine(host: str, texts: bool | None, whole: bool) -> None:
    assert Settings("store", host=host, texts=texts).whole_texts is whole


@pytest.mark.parametrize("paper", [(255, 255, 255), (28, 32, 37)])
def test_lines_stand_out_from_the_paper(paper: tuple[int, int, int]) -> None:
    for colour in EDGE_COLOURS.values():
        assert contrast(legible(colour, paper), paper) >= 3
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)
    assert legible((0, 0, 0), (255, 255, 255)) == (0, 0, 0)


def test_regulators_conflicts_kinds(site: Site) -> None:
    page = site.page("/regulators").text
    assert "Under way" in page
    one = site.page("/regulators?authority=ftc").text
    assert 0 < one.count('class="review') < page.count('class="review')
    assert site.page("/conflicts").status == 200
    assert "Page 2 of" in site.page("/kind/investment?page=2").text
    assert site.page("/kind/investment?page=99999").status == 200
    assert site.page("/kind/friendship").status == 404
    assert "Mistral AI" in site.page("/entities/lab").text


@pytest.mark.parametrize("address", ["/id/mistral-ai", DEAL])
def test_twins_by_suffix_and_by_header(site: Site, address: str) -> None:
    iri = "https://w3id.org/ai-industry" + address
    for suffix, media_type, form in (
        ("jsonld", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("ttl", "text/turtle", ox.RdfFormat.TURTLE),
    ):
        by_suffix = site.get(f"{address}.{suffix}")
        by_header = site.get(address, media_type)
        assert by_suffix.status == by_header.status == 200
        assert by_suffix.type == by_header.type == media_type
        assert by_suffix.body == by_header.body
        about = {q.subject for q in ox.parse(by_suffix.body, format=form)}
        assert ox.NamedNode(iri) in about
    reply = site.get(address, "text/csv")
    assert reply.body == site.get(f"{address}.csv").body
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    assert rows
    assert all(None not in row for row in rows)


@pytest.mark.parametrize(
    ("address", "twin"),
    [
        ("/", "/index.{}"),
        ("/regulators?authority=ftc", "/regulators.{}?authority=ftc"),
        ("/conflicts", "/conflicts.{}"),
        ("/kind/scrutiny", "/kind/scrutiny.{}"),
        ("/entities/lab", "/entities/lab.{}"),
        ("/search?q=mistral", "/search.{}?q=mistral"),
        ("/ask?q=Who+invests+in+Mistral+AI%3F", "/ask.{}?q=Who+invests+in+Mistral+AI%3F"),
    ],
)
def test_lists_have_twins_too(site: Site, address: str, twin: str) -> None:
    page = site.page(address).text
    for suffix, media_type in (
        ("jsonld", "application/ld+json"),
        ("ttl", "text/turtle"),
        ("csv", "text/csv"),
    ):
        reply = site.get(twin.format(suffix))
        assert reply.status == 200, reply.text
        assert reply.type == media_type
        assert reply.body == site.get(address, media_type).body
        assert f'href="{escape(twin.format(suffix))}"' in page
        if suffix == "csv":
            assert len(list(csv.DictReader(io.StringIO(reply.text)))) > 0
        else:
            form = ox.RdfFormat.TURTLE if suffix == "ttl" else ox.RdfFormat.JSON_LD
            assert len(list(ox.parse(reply.body, format=form))) > 4
    assert site.get(twin.format("docx")).status == 404


def test_an_answer_as_json_is_that_of_the_command_line(site: Site) -> None:
    address = "/ask?q=Who+invests+in+Mistral+AI%3F"
    for reply in (site.get(address, "application/json"), site.get(f"{address}&format=json")):
        assert reply.type == "application/json"
        assert json.loads(reply.body)["answers"]


def test_a_statement_leads_to_its_relationship(site: Site) -> None:
    found = json.loads(site.query("SELECT ?s { ?r aio:statement ?s } LIMIT 1").body)
    iri = found["results"]["bindings"][0]["s"]["value"]
    reply = site.get(iri.removeprefix("https://w3id.org/ai-industry"))
    assert reply.status == 303
    path, _, anchor = reply.headers["location"].partition("#")
    assert f'id="{anchor}"' in site.page(path).text


def test_names_lead_to_pages(site: Site) -> None:
    assert site.get("/id/Mistral%20AI").headers["location"] == "/id/mistral-ai"
    missing = site.page("/id/mistrall-ai")
    assert missing.status == 404
    assert 'href="/id/mistral-ai"' in missing.text
    assert site.get("/id/no-such-thing").type == "text/plain"


def test_search_and_suggestions(site: Site) -> None:
    found = json.loads(site.get("/suggest?q=mistr").body)
    assert found[0]["name"] == "Mistral AI"
    assert len(json.loads(site.get("/suggest?q=a").body)) <= 8
    assert json.loads(site.get("/suggest?q=").body) == []
    assert "Mistral AI" in site.page("/search?q=mistrall").text
    assert "nothing bears a name" in site.page("/search?q=qqzzxx").text.lower()
    assert site.get("/search?q=Mistral+AI&go=1").status == 303


def test_ask(site: Site) -> None:
    page = unescape(site.page("/ask?q=" + quote("Which labs does Microsoft back?")).text)
    assert "OpenAI" in page
    assert "Mistral AI" in page
    assert "The same question in SPARQL" in page
    reply = site.get("/ask?format=json&q=" + quote("Which labs does Microsoft back?"))
    assert "mistral-ai" in json.dumps(json.loads(reply.body))
    total = "/ask?q=" + quote("How much has Microsoft invested in OpenAI in total?")
    assert "European Central Bank" in unescape(site.page(f"{total}&in=EUR").text)
    assert json.loads(site.get(f"{total}&in=EUR&format=json").body)["rates"]["into"] == "EUR"
    assert site.get(f"{total}&in=XYZ").status == 400
    unclear = site.page("/ask?q=" + quote("How purple is the sky?"))
    assert "Not understood" in unclear.text


def test_the_sparql_page(site: Site) -> None:
    page = site.page("/sparql?query=" + quote("SELECT ?x { id:microsoft aio:investsIn ?x }")).text
    assert 'href="/id/openai"' in page
    assert "format=csv" in page
    wrong = site.page("/sparql?query=SELEC")
    assert wrong.status == 400
    assert 'role="alert"' in wrong.text
    from kg.queries import competency_questions

    examples = [
        link for link in links(site.page("/sparql").text) if link.startswith("/sparql?query=")
    ]
    assert len(examples) == len(competency_questions())
    for link in examples:
        assert site.page(link).status == 200, link


def test_the_ontology_and_the_description(site: Site) -> None:
    page = site.page("/ontology")
    assert "sha256-" in page.headers["content-security-policy"]
    assert site.get("/ontology", "text/turtle").type == "text/turtle"
    described = json.loads(site.get("/openapi.json").body)
    assert described["openapi"] == "3.1.0"
    for path in described["paths"]:
        if "{" not in path:
            assert site.page(path).status == 200, path


def test_the_explorer_data_is_the_graph(site: Site) -> None:
    data = json.loads(site.get("/explorer/graph.json").body)
    places = range(len(data["nodes"]))
    assert {"microsoft", "openai"} <= {node[0] for node in data["nodes"]}
    for edge in data["edges"]:
        assert edge[1] in places
        assert edge[2] in places
    named = [e for e in data["edges"] if "/unnamed/" not in e[0]]
    count = json.loads(site.query("SELECT (COUNT(DISTINCT ?r) AS ?n) { ?r aio:statement ?s }").body)
    total = int(count["results"]["bindings"][0]["n"]["value"])
    assert len(named) == len(data["edges"])
    assert 0.8 * total < len(named) <= total
    deal = next(e for e in data["edges"] if e[0] == DEAL.removeprefix("/id/"))
    assert (deal[9], deal[10]) in ((15_000_000, "EUR"), (16_300_000, "USD"))
    shown = json.loads(site.get("/explorer/evidence/" + deal[0]).body)
    assert shown["statements"][0]["quotes"]


def test_pages_are_read_once(site: Site) -> None:
    first = site.page("/id/microsoft")
    again = site.get(
        "/id/microsoft",
        "text/html,application/xhtml+xml,*/*;q=0.8",
        If_None_Match=first.headers["etag"],
    )
    assert (again.status, again.body) == (304, b"")


def test_compressed_for_those_who_can(site: Site) -> None:
    packed = site.get("/explorer/graph.json", None, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
