"""The layout of the ontology's files: stable, complete, with comments kept."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.turtle import formatted, main

SOURCE = """@prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
# second things first
ex:b rdfs:label "b"@en ; a owl:Class ; ex:z 1, 1.5, true, "1"^^ex:own ; rdfs:subClassOf ex:a .
ex:a a owl:Class ; ex:list ( ex:b [ ex:q "x" ] ) ; ex:none () .
"""


def test_what_it_looks_like() -> None:
    assert formatted(SOURCE).split("\n\n", 1)[1] == (
        "# second things first\n\n"
        "ex:b a owl:Class ;\n"
        "    rdfs:subClassOf ex:a ;\n"
        '    rdfs:label "b"@en ;\n'
        '    ex:z "1"^^ex:own, 1, 1.5, true .\n\n'
        "ex:a a owl:Class ;\n"
        '    ex:list ( ex:b [ ex:q "x" ] ) ;\n'
        "    ex:none () .\n"
    )


def test_it_settles_at_once() -> None:
    assert formatted(formatted(SOURCE)) == formatted(SOURCE)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["en", None]))
def test_any_text_survives(text: str, language: str | None) -> None:
    subject = ox.NamedNode("http://example.org/a")
    triple = ox.Triple(subject, subject, ox.Literal(text, language=language))
    source = ox.serialize([triple], format=ox.RdfFormat.TURTLE)
    assert source is not None
    [quad] = ox.parse(formatted(source.decode()), format=ox.RdfFormat.TURTLE)
    assert quad.object == triple.object


def test_what_is_no_turtle_is_an_error() -> None:
    with pytest.raises(SyntaxError):
        formatted("ex:a b c")


def test_the_files_of_the_project_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().err == ""
