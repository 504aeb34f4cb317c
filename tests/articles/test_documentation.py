"""What docs/inputs.md and docs/plugins.md say is so."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from kg.articles import Limits
from kg.articles.sniff import _SUFFIXES
from kg.extraction.protocol import Extractor
from kg.model import Article

DOCS = Path(__file__).parents[2] / "docs"


def test_every_limit_is_documented_with_its_default() -> None:
    text = (DOCS / "inputs.md").read_text(encoding="utf-8")
    told = {
        name.lower(): int(value.replace(",", ""))
        for name, value in re.findall(r"^\| `KG_LIMIT_(\w+)` \| ([\d,]+)", text, re.MULTILINE)
    }
    assert told == {field.name: int(getattr(Limits(), field.name)) for field in fields(Limits)}


def test_every_ending_is_documented() -> None:
    text = (DOCS / "inputs.md").read_text(encoding="utf-8")
    assert [suffix for suffix in _SUFFIXES if f"`{suffix}`" not in text] == []


def test_the_example_of_an_extractor_is_one() -> None:
    text = (DOCS / "plugins.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    space: dict[str, Any] = {}
    exec(code, space)  # noqa: S102 - our own documentation
    extractor = space["Purchases"]()
    assert isinstance(extractor, Extractor)
    article = Article("News of the day\nAcme buys Beta \n", "x")
    [extraction] = extractor.extract_many([article])
    [statement] = extraction.statements
    assert (statement.subject.name, statement.object.name) == ("Acme", "Beta")
    for part in (statement.subject, statement.object):
        assert article.text[part.start : part.end] == part.text
