"""The answer as JSON is one and the same from the program and from the page."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.questions import ask
from kg.store import open_store
from tests.web.conftest import Site


@pytest.mark.parametrize(
    "question",
    [
        "Which labs does Microsoft back?",
        "How much has Microsoft invested in OpenAI in total in euros?",
        "How many investors does Mistral have?",
        "How purple is the sky?",
    ],
)
def test_the_page_says_what_the_program_says(
    site: Site, bundled_store: Path, question: str
) -> None:
    with open_store(bundled_store).read() as reader:
        expected = json.loads(json.dumps(ask(reader, question).as_dict()))
    assert json.loads(site.get(f"/ask?format=json&q={quote(question)}").body) == expected
