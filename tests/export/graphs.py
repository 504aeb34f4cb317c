"""Projections to export: a small one made by hand, and any that the contract allows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import networkx as nx
from hypothesis import strategies as st

from kg.model import SYMMETRIC, AmountRole, EntityKind, Kind, Modality, Qualifier, Status

BASE = "https://w3id.org/ai-industry/id/"
LABELS = {Kind.INVESTMENT: "invests in", Kind.SCRUTINY: "scrutinises"}


def statement(
    id: str,  # noqa: A002
    quote: str,
    *,
    published: str = "2024-02-27",
    publisher: str = "The Morning Ledger",
    confidence: float = 0.9,
    modality: str = "asserted",
    article: str | None = None,
) -> dict[str, Any]:
    article = article or f"article-{id}"
    return {
        "id": id,
        "quotes": ({"start": 10, "end": 10 + len(quote), "quote": quote},),
        "article": article,
        "title": f"Report {article}",
        "url": f"https://news.example/{article}?a=1&b=2",
        "publisher": publisher,
        "published": published,
        "modality": modality,
        "confidence": confidence,
        "extractor": "rules",
    }


def amount(value: str, currency: str, statement: str, **further: str) -> dict[str, Any]:
    return {
        "value": Decimal(value),
        "currency": currency,
        "role": further.get("role", "committed"),
        "qualifier": further.get("qualifier", "exact"),
        "stated": f"{currency} {value}",
        "statement": statement,
    }


def small() -> nx.MultiDiGraph[str]:
    """A few organisations as a reader of the news knows them; every trap of an export is in it."""
    g: nx.MultiDiGraph[str] = nx.MultiDiGraph(title="AI industry <test> & more", as_of="2025-01-01")
    for node, label, kinds, further in (
        ("mistral-ai", "Mistral AI", ("lab", "company"), {"country": "FR", "city": "Paris"}),
        ("microsoft", "Microsoft", ("company", "cloud-provider"), {"country": "US"}),
        ("openai", "OpenAI", ("lab",), {"country": "US", "names": ("Open AI",)}),
        ("andreessen-horowitz", "Andreessen Horowitz", ("investor",), {}),
        ("cma", "Competition and Markets Authority", ("authority",), {"names": ("CMA",)}),
        ("gpt-4", "GPT-4", ("model",), {"developer": "openai", "released": "2023-03-14"}),
        ("zhipu-ai", "智谱 “AI”", ("lab",), {"country": "CN"}),
    ):
        g.add_node(node, label=label, kind=kinds[0], kinds=kinds, iri=BASE + node, **further)

    def edge(key: str, source: str, target: str, kind: Kind, label: str, **data: Any) -> None:
        g.add_edge(source, target, key=key, kind=kind.value, label=label, iri=BASE + key, **data)

    edge(
        "inv-1",
        "microsoft",
        "mistral-ai",
        Kind.INVESTMENT,
        "invests in",
        modality="asserted",
        status="completed",
        instrument="convertible",
        start="2024-02-26",
        published="2024-02-26",
        confidence=0.95,
        amounts=(
            amount("15000000", "EUR", "s1"),
            amount("16300000", "USD", "s1", role="equivalent", qualifier="about"),
        ),
        terms=(("conversion", "next funding round"),),
        statements=(
            statement("s1", 'Microsoft put in €15 million; "a small sum" & no stake yet.'),
            statement("s2", "The stake would be worth about $16.3 million.", confidence=0.7),
        ),
    )
    edge(
        "dis-1",
        "microsoft",
        "mistral-ai",
        Kind.DISTRIBUTION,
        "distributes models of",
        modality="asserted",
        start="2024-02",
        published="2024-02-26",
        confidence=0.9,
        participants=(("product", "gpt-4"), ("channel", "azure")),
        statements=(statement("s3", "Its models are sold through Azure."),),
    )
    for key, start, end, value in (
        ("inv-2", "2019-07-22", "2019", "1000000000"),
        ("inv-3", "2021", "2022", "2000000000"),
        ("inv-4", "2022-06", None, "10000000000"),
    ):
        edge(
            key,
            "microsoft",
            "openai",
            Kind.INVESTMENT,
            "invests in",
            modality="asserted",
            status="completed",
            start=start,
            **({"end": end} if end else {}),
            published=start,
            confidence=0.8,
            amounts=(amount(value, "USD", f"s-{key}"),),
            statements=(
                statement(f"s-{key}", f"It put in {value} dollars.", published="2023-01-23"),
            ),
        )
    edge(
        "inv-5",
        "andreessen-horowitz",
        "mistral-ai",
        Kind.INVESTMENT,
        "invests in",
        modality="rumoured",
        published="2023-12-04",
        stake_percent=Decimal("12.50"),
        confidence=0.5,
        statements=(
            statement(
                "s5",
                "It is said to lead.\nTalks go on.",
                published="2023-12-04",
                modality="rumoured",
            ),
        ),
    )
    edge(
        "scr-1",
        "cma",
        "mistral-ai",
        Kind.SCRUTINY,
        "scrutinises",
        modality="asserted",
        status="dropped",
        start="2024-04-24",
        end="2024-05-17",
        published="2024-04-24",
        confidence=0.9,
        in_force=False,
        statements=(statement("s6", "The authority asked for views.", published="2024-04-24"),),
    )
    edge("par-1", "mistral-ai", "zhipu-ai", Kind.PARTNERSHIP, "partners with", modality="denied")
    edge("com-1", "mistral-ai", "openai", Kind.COMPETITION, "competes with")
    edge("rel-1", "openai", "gpt-4", Kind.RELEASE, "releases", start="2023-03-14")
    g.nodes["zhipu-ai"]["unnamed_raises"] = [
        {
            "kind": "investment",
            "round": "Series B",
            "amounts": (amount("340000000", "USD", "s9", role="round_total"),),
            "statements": (statement("s9", "It raised $340 million."),),
        }
    ]
    return g


_TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("\x00\x0b\x1f\ufffe\uffff\ud800\udfff&<>\"'%=+-@\n\r\t ]{}|\\"),
    ),
    max_size=30,
)
_DATE = st.one_of(
    st.dates().map(lambda d: d.isoformat()),
    st.integers(1990, 2030).map(str),
    st.tuples(st.integers(1990, 2030), st.integers(1, 12)).map(lambda d: f"{d[0]}-{d[1]:02d}"),
)
_AMOUNT = st.fixed_dictionaries(
    {
        "value": st.decimals(0, 10**12, allow_nan=False, places=2),
        "currency": st.sampled_from(["USD", "EUR", "JPY"]),
        "role": st.sampled_from([r.value for r in AmountRole]),
        "qualifier": st.sampled_from([q.value for q in Qualifier]),
        "stated": _TEXT,
        "statement": st.sampled_from(["s0", "s1", "s2"]),
    }
)
_STATEMENT = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["s0", "s1", "s2"]),
        "quotes": st.lists(
            st.fixed_dictionaries({"start": st.just(0), "end": st.just(9), "quote": _TEXT}),
            min_size=1,
            max_size=2,
        ).map(tuple),
        "article": st.sampled_from(["a0", "a1"]),
        "title": _TEXT,
        "url": st.just("https://news.example/?x=1&y=2"),
        "publisher": _TEXT,
        "published": _DATE,
        "modality": st.sampled_from([m.value for m in Modality]),
        "confidence": st.floats(0, 1),
        "extractor": st.just("rules"),
    }
)
_EDGE = st.fixed_dictionaries(
    {"kind": st.sampled_from(list(Kind)), "label": _TEXT},
    optional={
        "iri": st.just("https://example.org/id/x"),
        "modality": st.sampled_from([m.value for m in Modality]),
        "status": st.sampled_from([s.value for s in Status]),
        "instrument": _TEXT,
        "start": _DATE,
        "end": _DATE,
        "published": _DATE,
        "confidence": st.floats(0, 1),
        "stake_percent": st.decimals(0, 100, places=1),
        "in_force": st.booleans(),
        "amounts": st.lists(_AMOUNT, max_size=3).map(tuple),
        "terms": st.lists(st.tuples(_TEXT, _TEXT), max_size=2).map(tuple),
        "participants": st.lists(st.tuples(_TEXT, st.just("n0")), max_size=2).map(tuple),
        "statements": st.lists(_STATEMENT, max_size=3).map(tuple),
        "note": _TEXT,
        "score": st.one_of(st.integers(0, 9), st.floats(0, 1), st.none()),
    },
)


@st.composite
def projections(draw: st.DrawFn) -> nx.MultiDiGraph[str]:
    """Any projection that the contract allows, and attributes it does not speak of."""
    g: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    if title := draw(_TEXT):
        g.graph["title"] = title
    count = draw(st.integers(0, 5))
    for i in range(count):
        kinds = draw(
            st.lists(st.sampled_from([k.value for k in EntityKind]), min_size=1, max_size=2)
        )
        g.add_node(f"n{i}", label=draw(_TEXT), kind=kinds[0], kinds=tuple(kinds))
        if draw(st.booleans()):
            g.nodes[f"n{i}"]["names"] = tuple(draw(st.lists(_TEXT, max_size=2)))
    if count:
        ends = st.integers(0, count - 1)
        for key in range(draw(st.integers(0, 8))):
            data = dict(draw(_EDGE))
            source, target = draw(ends), draw(ends)
            if data["kind"] in SYMMETRIC:
                source, target = sorted((source, target))
            data["kind"] = data["kind"].value
            g.add_edge(f"n{source}", f"n{target}", key=f"r{key}", **data)
    return g
