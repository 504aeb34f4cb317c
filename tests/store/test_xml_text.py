"""XML answers are well-formed whatever the literals hold."""

from __future__ import annotations

import io

import pyoxigraph as ox
import pytest
from lxml import etree

from kg.store.evaluate import Options, evaluate, serialise
from kg.store.xml_text import XmlOutput, fit
from tests.store.conftest import quad

TEXT = "a\x01b\ufffec\uffffd\re\r\nf\tg\ufffdh\U0001f600i\uff0dj\x00k\x1f"
FIT = "a\ufffdb\ufffdc\ufffdd\re\r\nf\tg\ufffdh\U0001f600i\uff0dj\ufffdk\ufffd"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_what_xml_cannot_hold_is_replaced_wherever_pieces_break(size: int) -> None:
    data = f"<x>{TEXT}</x>".encode()
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    assert etree.fromstring(b"".join(fit(pieces))).text == FIT
    output = io.BytesIO()
    xml = XmlOutput(output)
    for piece in pieces:
        assert xml.write(piece) == len(piece)
    xml.finish()
    assert output.getvalue() == b"".join(fit(pieces))


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_references_to_what_xml_cannot_hold_are_replaced_too(size: int) -> None:
    data = b"<x>&#x0001;a&#1;&amp;&#x9;&#10;&#xD;&#xFFFE;&#xd800;&#x1F600;&#1114112;&lt;&#65;</x>"
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    text = etree.fromstring(b"".join(fit(pieces))).text
    assert text == "\ufffda\ufffd&\t\n\r\ufffd\ufffd\U0001f600\ufffd<A"


def test_a_character_cut_off_at_the_end_stays_as_it_is() -> None:
    assert b"".join(fit([b"a\xef", b"\xbf"])) == b"a\xef\xbf"
    assert b"".join(fit([])) == b""


@pytest.mark.parametrize("query", ["SELECT ?o { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_answers_are_well_formed(query: str) -> None:
    store, output = ox.Store(), io.BytesIO()
    store.add(quad("s", TEXT))
    results = evaluate(store, query, Options({}), "memory")
    serialise(results, output, "xml", "rdfxml", {})
    assert FIT in [element.text for element in etree.fromstring(output.getvalue()).iter()]
