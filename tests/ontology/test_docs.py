"""The reference page holds every term, links nowhere into the void and loads nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.ontology import PUBLISHED_BASE, rules
from kg.ontology_docs.__main__ import main
from kg.ontology_docs.page import html
from kg.ontology_docs.terms import Ontology
from kg.queries import competency_questions

PAGE = html()


def test_every_term_rule_and_question_has_its_place() -> None:
    anchors = re.findall(r"id='([^']+)'", PAGE)
    assert len(set(anchors)) == len(anchors)
    expected = {term.anchor for term in Ontology().terms.values()}
    expected |= {f"rule-{name}" for name, _ in rules()}
    expected |= {f"q-{name}" for name in competency_questions()}
    assert expected <= set(anchors)


def test_every_link_within_the_page_leads_somewhere() -> None:
    anchors = set(re.findall(r"id='([^']+)'", PAGE))
    links = set(re.findall(r"href=[\"']#([^\"']+)[\"']", PAGE))
    assert links - anchors == set()


def test_the_page_loads_nothing() -> None:
    assert not re.search(r"<(?:script|link|img|iframe)\b|@import|url\(http", PAGE)


def test_the_page_is_the_same_every_time() -> None:
    assert html() == PAGE


def test_a_term_shows_what_is_known_of_it() -> None:
    investment = PAGE[PAGE.index("<article id='Investment'>") :]
    investment = investment[: investment.index("</article>")]
    for expected in ("exactly one investee", "relatedMatch", "q-backers-of", "Transaction"):
        assert expected in investment


def test_terms_spoken_of_in_a_note_are_links() -> None:
    note = PAGE[PAGE.index("<article id='CloudProvider'>") :].split("<dt>Above")[0]
    assert "<a href='#Platform'>aio:Platform</a>" in note


def test_a_question_bears_the_name_by_which_terms_point_at_it() -> None:
    for name in competency_questions():
        assert f"<span class='small'>{name}</span></h3>" in PAGE


def test_no_word_of_a_diagram_runs_out_of_it() -> None:
    for drawing in re.findall(r"<svg.*?</svg>", PAGE, re.DOTALL):
        width = int(re.search(r'viewBox="0 0 (\d+)', drawing)[1])  # type: ignore[index]
        for at, text in re.findall(r'<text class="small" x="(\d+)" y="\d+">([^<]+)<', drawing):
            assert int(at) + 7.5 * len(text) <= width, text


def test_the_command_writes_the_page_and_the_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "new")]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'new' / 'index.html'}\n"
    assert {p.name for p in (tmp_path / "new").iterdir()} == {
        "index.html",
        "ai-industry.ttl",
        "shapes.ttl",
        "alignments.ttl",
        "context.jsonld",
    }
    assert main([]) == 2
    (tmp_path / "file").touch()
    assert main([str(tmp_path / "file")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_another_base_goes_through_everything() -> None:
    program = """
from kg import vocabulary as v
from kg.ontology_docs.page import html
from kg.validation import validate
from tests.ontology.conftest import build
from tests.ontology.test_questions import GOLDEN, QUESTIONS
graph = build(with_rules=True)
assert graph.rows(QUESTIONS["labs-backed-by"].sparql) == GOLDEN["labs-backed-by"]
assert graph.rows(QUESTIONS["how-edges-are-drawn"].sparql) == GOLDEN["how-edges-are-drawn"]
assert validate(graph.store) == []
text = html() + "".join(map(str, graph.store))
print(text.count("https://w3id.org/ai-industry"), v.BASE)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "KG_BASE_IRI": "http://example.org/graph/"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout == "0 http://example.org/graph/\n", done.stderr
    assert PUBLISHED_BASE in PAGE
