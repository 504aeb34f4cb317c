"""Write the answers of the bundled graph to ten questions into docs/corpus.md.

    python tests/gold/refresh_answers.py

The graph is built anew from ``data/articles`` and asked as a user asks it.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from kg.cli import group

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "corpus.md"
QUESTIONS = (
    "Which labs does Microsoft back?",
    "Which investors of Anthropic also distribute its models?",
    "Which investors back both OpenAI and Anthropic?",
    "How much has Amazon invested in Anthropic?",
    "Where can I get the models of Mistral AI?",
    "On whom does OpenAI depend?",
    "Which authorities are looking at Meta?",
    "Who was fined?",
    "Which acquisitions were called off?",
    "Which rumoured deals were never confirmed?",
)
HEAD, TAIL = "## Ten questions", "## How each article was checked"


def kg(*arguments: str) -> str:
    """Run ``kg`` in this process; what it prints."""
    ran = CliRunner().invoke(group, arguments, catch_exceptions=False)
    if ran.exit_code:
        raise RuntimeError(f"kg {' '.join(arguments)}: {ran.stderr}")
    return ran.stdout


def asked(question: str, store: str) -> dict[str, Any]:
    """The answer to a question as ``kg ask --format json`` gives it."""
    answer: dict[str, Any] = json.loads(kg("ask", question, "--format", "json", "--store", store))
    return answer


def section(store: str) -> str:
    """The part of the document that holds questions and answers."""
    parts = [
        f"{HEAD}\n\nAsked of the graph that is built from these articles, with"
        f' `kg ask "..."`; `python tests/gold/refresh_answers.py` writes this part anew. Sums are as'
        " stated and never added up; a date is the first on which the articles place it.\n"
    ]
    for number, question in enumerate(QUESTIONS, 1):
        answer = asked(question, store)
        rows = "\n".join(f"| {name} | {told} |" for name, told in _rows(answer))
        parts.append(f"**{number}. {question}**\n\n| answer | told |\n|---|---|\n{rows}\n")
    return "\n".join(parts) + "\n"


def _rows(answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for item in answer["answers"]:
        told = dict.fromkeys(_told(r) for r in item["relationships"])
        yield item["name"], "; ".join(told)


def _told(relationship: dict[str, Any]) -> str:
    sums = ", ".join(dict.fromkeys(s for a in relationship["amounts"] for s in a["stated"]))
    standing = [relationship["modality"], relationship["status"]]
    words = [w.replace("_", " ") for w in standing if w and w != "asserted"]
    source = next((e["publisher"] for e in relationship["evidence"] if e.get("publisher")), None)
    when = relationship["start"] or relationship["first_reported"]
    parts = [relationship["type"], *dict.fromkeys(words), sums, when, source]
    return ", ".join(p for p in parts if p)


def documented() -> dict[str, set[str]]:
    """Question -> the answers that the document gives."""
    text = DOCUMENT.read_text(encoding="utf-8")
    text = text[text.index(HEAD) : text.index(TAIL)]
    found = {}
    for block in re.split(r"\n(?=\*\*\d+\. )", text)[1:]:
        question = re.findall(r"^\*\*\d+\. (.+)\*\*$", block, re.M)[0]
        found[question] = set(re.findall(r"^\| (.+?) \| .+ \|$", block, re.M)) - {"answer"}
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        location = str(Path(folder) / "store")
        kg("ingest", str(ROOT / "data" / "articles"), "--store", location)
        written = section(location)
    before = DOCUMENT.read_text(encoding="utf-8")
    start = before.index(HEAD) if HEAD in before else before.index(TAIL)
    DOCUMENT.write_text(before[:start] + written + before[before.index(TAIL) :], encoding="utf-8")
