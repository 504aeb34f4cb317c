"""Carry the articles' present text over into the gold annotations.

    python tests/gold/refresh_corpus.py

``corpus.jsonl`` holds one line for each article of ``data/articles``: its annotations are
edited by hand, its ``text`` and ``published`` repeat the article. After an article was
edited or added, run this; a new article gets an empty list of facts, an article that is
gone loses its line.
"""

from __future__ import annotations

import json
from pathlib import Path

from kg.articles import ArticleError, read
from kg.model import Article

ROOT = Path(__file__).parents[2]
GOLD = Path(__file__).parent / "corpus.jsonl"


def articles() -> dict[str, Article]:
    """File name without its ending -> article, as the Markdown reader gives it."""

    def fail(error: ArticleError) -> None:
        raise error

    return {
        path.stem: article
        for path in sorted((ROOT / "data" / "articles").glob("*.md"))
        for article in read([path], on_error=fail)
    }


def lines() -> dict[str, dict[str, object]]:
    """Article's id -> its line of annotations."""
    records = (json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line)
    return {str(record["id"]): record for record in records}


def refreshed() -> str:
    """What the gold file should hold for the articles as they are now."""
    annotated = lines()
    made = []
    for name, article in articles().items():
        record = annotated.get(name, {"facts": [], "raises": []})
        head = {"id": name, "text": article.text, "published": article.published}
        made.append({**head, "facts": record["facts"], "raises": record["raises"]})
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in made)


if __name__ == "__main__":
    GOLD.write_text(refreshed(), encoding="utf-8")
