"""Small graphs made up by hypothesis: entities that own and make one another, and what is said of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from kg.model import Article, Entity, EntityKind, Resolved
from tests.questions.memory import Memory
from tests.strategies import NAMES, resolved_statements

K = EntityKind
_KINDS = {
    "microsoft": (K.COMPANY, K.CLOUD_PROVIDER),
    "openai": (K.LAB, K.COMPANY),
    "mistral-ai": (K.LAB, K.COMPANY),
    "anthropic": (K.LAB, K.COMPANY),
    "google": (K.COMPANY, K.LAB),
    "ftc": (K.AUTHORITY,),
}
LABELS = {
    "microsoft": "Microsoft",
    "openai": "OpenAI",
    "mistral-ai": "Mistral AI",
    "anthropic": "Anthropic",
    "google": "Google",
    "ftc": "FTC",
}
_PUBLISHED = (None, "2023-01-24", "2024-03")


def label(entity_id: str) -> str:
    """The name of an entity of the generated graphs."""
    return LABELS[entity_id]


_OWNED = st.dictionaries(st.sampled_from(NAMES[1:5]), st.just("microsoft"), max_size=2)
_COUNTRIES = st.sampled_from(["US", "FR"])
_MAKERS = st.sampled_from(["google", "openai"])
_WEIGHTS = st.sampled_from(["open", "closed"])


@st.composite
def entities(draw: st.DrawFn) -> list[Entity]:
    """All that may be named, some owned by another, one lab with a model."""
    owned = draw(_OWNED)
    found = [
        Entity(
            id=name,
            name=label(name),
            kinds=_KINDS[name],
            country=draw(_COUNTRIES),
            parent=owned.get(name),
        )
        for name in NAMES
    ]
    maker = draw(_MAKERS)
    weights = draw(_WEIGHTS)
    made = Entity(id="gpt", name="GPT", kinds=(K.MODEL,), developer=maker, weights=weights)
    return [*found, made]


def memory(known: list[Entity], said: list[Resolved]) -> Memory:
    """A store of statements, each put into the article that it was drawn for."""
    articles: dict[str, list[Resolved]] = defaultdict(list)
    for resolved in said:
        articles[resolved.statement.article].append(resolved)
    stored: list[tuple[Article, list[Resolved]]] = []
    for number, (drawn, statements) in enumerate(sorted(articles.items())):
        published = _PUBLISHED["abc".index(drawn[0])]
        text = f"article {number} " + "x" * 1600
        article = Article(text=text, source=f"{drawn[0]}.md", published=published)
        stored.append((article, [_moved(r, article) for r in statements]))
    return Memory(known, stored)


def _moved(resolved: Resolved, article: Article) -> Resolved:
    statement: Any = replace(resolved.statement, article=article.id)
    return replace(resolved, statement=statement)


def graphs(most: int = 12) -> st.SearchStrategy[Memory]:
    """A store in memory with up to so many statements."""
    said = st.lists(resolved_statements(), min_size=1, max_size=most)
    return st.builds(memory, entities(), said)
