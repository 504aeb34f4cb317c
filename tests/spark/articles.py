"""Articles in any number: short reports on invented companies and real ones, the same for a seed.

Several articles speak of one deal, in other words and with figures rounded, so that there is
something to consolidate; some companies stand in no registry, under two spellings.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BACKERS = ("Microsoft", "Amazon", "Nvidia", "SoftBank", "Salesforce", "Oracle", "Intel", "Samsung")
LABS = ("Mistral AI", "Anthropic", "OpenAI", "Cohere", "Hugging Face", "Aleph Alpha", "xAI")
AUTHORITIES = ("the European Commission", "the Competition and Markets Authority", "the FTC")
_FIRST = ("Vel", "Or", "Quin", "Tar", "Mar", "Bel", "Sol", "Nar", "Fen", "Cal", "Dor", "Lum")
_LAST = ("ora", "bital", "tera", "vik", "nova", "dane", "mira", "thos", "wick", "stone")
_SUFFIX = ("AI", "Labs", "Systems", "Robotics")
_DEAL = (
    "{backer} has invested ${amount} million in {lab}.",
    "{backer} put ${amount} million into {lab} on {day}.",
    "The company {lab} has received ${amount} million from {backer}.",
)
_OTHER = (
    "{backer} and {lab} announced a partnership on {day}.",
    "{authority} is looking into the agreement between {backer} and {lab}.",
    "{backer} will offer the models of {lab} on its platform.",
    "{lab} released the model {model} on {day}.",
    "{backer} denied that it plans to acquire {lab}.",
    "{lab} appointed {person} as chief executive.",
    "{lab} raised ${amount} million in a Series {letter} round led by {backer}.",
)
_PADDING = (
    "Analysts had expected the news for some weeks.",
    "Neither company gave further details of the terms.",
    "The market for language models has grown quickly in the past year.",
    "Demand for computing capacity continues to exceed supply.",
)
_TOWN = (
    "The council met on Tuesday to speak about the budget for roads and schools.",
    "The harvest was late this year, and the price of bread rose by a little.",
    "A new bridge is to be opened before the winter, the mayor said.",
    "Heavy rain closed the railway to the coast for two days.",
    "The museum shows drawings from the last century until the end of May.",
    "Visitors to the market were fewer than in the year before.",
    "The orchestra will play outdoors if the weather allows.",
)


def articles(count: int, seed: int = 7, telling: float = 1.0) -> Iterator[dict[str, Any]]:
    """Records as JSONL has them; a share of them, ``telling``, speaks of companies at all."""
    draw = random.Random(seed)
    companies = [f"{a}{b} {c}" for a in _FIRST for b in _LAST for c in _SUFFIX]
    draw.shuffle(companies)
    for number in range(count):
        # One deal for every six articles, more companies as there are more articles.
        deal = random.Random(f"{seed}/{draw.randrange(count // 6 + 1)}")
        lab = deal.choice([*LABS, *companies[: 20 + count // 20]])
        facts = {
            "backer": deal.choice(BACKERS),
            "lab": lab.upper() if draw.random() < 0.05 else lab,
            "amount": deal.choice((15, 40, 120, 250, 750)),
            "day": f"{deal.randint(1, 28)} {deal.choice(('March', 'June', 'October'))} 202{deal.randint(3, 5)}",
            "authority": deal.choice(AUTHORITIES),
            "model": f"{lab.split()[0]}-{deal.randint(1, 4)}",
            "person": deal.choice(("Ada Winter", "Jon Marsh", "Lena Ortiz")),
            "letter": deal.choice("ABC"),
        }
        tells = draw.random() < telling
        sentences = [
            draw.choice(_DEAL).format(**facts),
            *(_capital(s.format(**facts)) for s in draw.sample(_OTHER, 2)),
            *draw.sample(_PADDING, 2),
            f"This is report number {number}.",
        ]
        title = f"{facts['backer']} and {facts['lab']}, report {number}"
        if not tells:
            title = f"From the town, report {number}"
            sentences = [*draw.sample(_TOWN, 5), f"This is report number {number}."]
        yield {
            "id": f"report-{number}",
            "title": title,
            "text": " ".join(sentences),
            "published": f"202{draw.randint(3, 5)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
            "publisher": draw.choice(("Example Times", "Sample Wire")),
        }


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def write(
    folder: Path,
    count: int,
    *,
    files: int = 4,
    seed: int = 7,
    telling: float = 1.0,
    nameless: bool = False,
) -> Path:
    """A corpus of JSONL files in a folder; ``nameless`` takes the id from every tenth record."""
    folder.mkdir(parents=True, exist_ok=True)
    streams = [(folder / f"part-{i}.jsonl").open("w", encoding="utf-8") for i in range(files)]
    for number, record in enumerate(articles(count, seed, telling)):
        if nameless and number % 10 == 9:
            del record["id"]
        streams[number % files].write(json.dumps(record, ensure_ascii=False) + "\n")
    for stream in streams:
        stream.close()
    return folder
