"""Every fact beside its words, everything escaped, nothing lost when marks overlap."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate import annotate, explain
from kg.model import (
    Amount,
    AmountRole,
    Article,
    Evidence,
    Extraction,
    Kind,
    Mention,
    Modality,
    Qualifier,
    Rejection,
    Statement,
    Status,
)  # fmt: skip

TEXT = """Borealis puts €15 million into Lumen Labs

Borealis Cloud said on Monday that it has put €15 million ($16.3 million) into Lumen Labs, a start-up in Lyon. The investment turns into equity at the start-up's next funding round. Borealis will also offer the Lumen One models through its catalogue, beside those of Halcyon and Tern AI.

The Competition Office of Norland intends to look at the deal, an official said. Lumen denied that it had been approached by Kestrel Motors. It raised another 6 million, according to a document."""
ARTICLE = Article(
    TEXT, "borealis.txt", title="Borealis puts €15 million into Lumen Labs", published="2024-02-26",
    publisher="The Norland Paper", url="https://paper.example/borealis",
)  # fmt: skip


def mention(
    words: str, name: str | None = None, entity: str | None = None, after: str = ""
) -> Mention:
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Mention(words, start, start + len(words), name or words, entity)


def evidence(first: str, last: str) -> Evidence:
    start = TEXT.index(first)
    end = TEXT.index(last, start) + len(last)
    return Evidence(start, end, TEXT[start:end])


def amount(stated: str, value: int, currency: str, role: AmountRole, after: str) -> Amount:
    start = TEXT.index(stated, TEXT.index(after))
    return Amount(
        Decimal(value), currency, stated, start, start + len(stated), role, Qualifier.EXACT
    )


def extraction() -> Extraction:
    said, deal = "Borealis Cloud said", "Borealis Cloud said on Monday"
    first = evidence(said, "in Lyon.")
    offer = evidence("Borealis will also", "Tern AI.")
    cloud, lumen = mention("Borealis Cloud"), mention("Lumen Labs", after=said)
    will = mention("Borealis", "Borealis Cloud", "borealis", after="round. Borealis will")
    facts = [
        Statement(
            ARTICLE.id, Kind.INVESTMENT, cloud, lumen,
            (first, evidence("The investment turns", "funding round.")),
            amounts=(
                amount("€15 million", 15_000_000, "EUR", AmountRole.COMMITTED, deal),
                amount("$16.3 million", 16_300_000, "USD", AmountRole.EQUIVALENT, deal),
            ),
            status=Status.COMPLETED, instrument="convertible", date="2024-02-26",
            terms=(("conversion", "next funding round"),),
            derivation=(("frame", "put SUM into X"), ("trigger", "has put"), ("modality", "perfect tense, no hedge")),
        ),
        *(
            Statement(
                ARTICLE.id, Kind.DISTRIBUTION, will, mention(words, name, after=deal), (offer,), Modality.PLANNED,
                derivation=(("frame", "offer X through Y"), ("modality", "‘will’ before the verb")),
                participants=(("channel", mention("catalogue")),),
            )
            for words, name in (("Lumen One", "Lumen Labs"), ("Halcyon", "Halcyon"), ("Tern AI", "Tern AI"))
        ),
        Statement(
            ARTICLE.id, Kind.SCRUTINY, mention("The Competition Office of Norland"), lumen,
            (evidence("The Competition", "official said."),), status=Status.INTENDED,
        ),
        Statement(
            ARTICLE.id, Kind.ACQUISITION, mention("Kestrel Motors"), mention("it", "Lumen Labs", after="denied that it"),
            (evidence("Lumen denied", "Motors."),), Modality.DENIED,
            derivation=(("frame", "approach"), ("modality", "‘denied’ above the verb")),
        ),
        Statement(
            ARTICLE.id, Kind.INVESTMENT, None, mention("It", "Lumen Labs", after="It raised"),
            (evidence("It raised", "document."),), Modality.RUMOURED,
        ),
    ]  # fmt: skip
    unread = Rejection(
        ARTICLE.id, "a figure without a currency", evidence("6 million", "6 million")
    )
    return Extraction(ARTICLE, tuple(facts), (unread,))


class Page(HTMLParser):
    """What a browser would see: tags and the text in the article's column."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.lines: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("meta",):
            return
        self.open.append(tag if dict(attrs).get("class") != "tag" else "tag")
        if tag == "p" and "aside" not in self.open and "header" not in self.open:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed in (tag, "tag"), f"{closed} closed by {tag}"

    def handle_data(self, data: str) -> None:
        inside = {"aside", "header", "tag", "footer", "style", "title"} & set(self.open)
        if "p" in self.open and not inside:
            self.lines[-1] += data

    @property
    def ids(self) -> list[str]:
        return [i for _, attrs in self.tags if (i := attrs.get("id"))]


def test_the_text_stands_there_complete_and_every_fact_beside_it() -> None:
    page = Page(annotate(extraction()))
    assert page.lines == [line for line in TEXT.split("\n") if line]
    assert not page.open
    assert [i for i in page.ids if i.startswith("f")] == [f"f{n}" for n in range(1, 8)]
    assert sorted(i for i in page.ids if i.startswith("e")) == [f"e{n}" for n in range(1, 8)]
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a" and "href" in attrs]
    assert {str(link)[1:] for link in links if str(link).startswith("#")} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_what_a_person_needs_to_judge_a_fact_is_told() -> None:
    html = unescape(re.sub("<[^>]*>", "", annotate(extraction()))).replace("\xa0", " ")
    for told in (
        "EUR 15,000,000 (“€15 million”)", "USD 16,300,000, equivalent (“$16.3 million”)", "convertible", "next funding round",
        "‘will’ before the verb", "denied", "‘it’ read as Lumen Labs", "investor not named", "a figure without a currency",
        "put SUM into X", "The Norland Paper · 2024-02-26", "intended",
    ):  # fmt: skip
        assert told in html, told


def test_the_page_needs_nothing_and_runs_nothing() -> None:
    html = annotate(extraction())
    assert "default-src 'none'" in html
    assert not re.search(r"<script|<img|<link|@import|url\(|javascript:| on\w+=", html)


def test_hostile_words_are_only_words() -> None:
    bad = "</style><script>alert(1)</script><img src=x onerror=y>\"'&"
    article = Article(
        f"{bad} bought {bad}\u202e now",
        bad,
        title=bad,
        url="javascript:alert(1)",
        publisher=bad,
        published=bad,
        language=bad,
    )
    one = Mention(bad, 0, len(bad), bad)
    end = len(article.text)
    fact = Statement(
        article.id, Kind.ACQUISITION, one, one, (Evidence(0, end, article.text),), instrument=bad, round=bad,
        terms=((bad, bad),), derivation=((bad, bad), ("modality", bad)), extractor=bad, participants=((bad, one),),
    )  # fmt: skip
    html = annotate(
        Extraction(article, (fact,), (Rejection(article.id, bad, Evidence(0, 5, bad)),))
    )
    page = Page(html)
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img"})
    assert html.count("</style>") == 1
    assert all(not str(a.get("href", "")).startswith("javascript") for _, a in page.tags)
    assert "U+202E" in html
    assert "\u202e" not in html.partition("<main>")[2].partition("<aside>")[0]


def test_an_article_without_facts() -> None:
    html = annotate(Extraction(ARTICLE, ()))
    assert "No facts were found" in html
    assert Page(html).lines[0] == TEXT.split("\n")[0]
    assert Page(annotate(Extraction(Article("", "empty"), ()))).lines == []


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_overlap_leaves_the_text_whole(data: st.DataObject) -> None:
    text = data.draw(st.text('ab<&" \n', min_size=1, max_size=40))
    spans = (
        st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
        .map(sorted)
        .filter(lambda s: s[0] < s[1])
    )
    facts = []
    for _ in range(data.draw(st.integers(0, 4))):
        (s, e), (m, n), (a, b) = data.draw(spans), data.draw(spans), data.draw(spans)
        facts.append(
            Statement(
                "x", data.draw(st.sampled_from(Kind)), Mention(text[m:n], m, n, "A"), Mention(text[a:b], a, b, "B"),
                (Evidence(s, e, text[s:e]),), data.draw(st.sampled_from(Modality)),
                amounts=(Amount(Decimal(1), "USD", text[a:b], a, b),),
            )
        )  # fmt: skip
    page = Page(annotate(Extraction(Article(text, "x"), tuple(facts))))
    assert not page.open
    shown = [line.rstrip() for line in page.lines if line.strip()]
    assert shown == [line.rstrip() for line in text.split("\n") if line.strip()]


def test_explain_names_the_words_and_the_reason() -> None:
    investment, *_, denied, raised = extraction().statements
    text = explain(investment, ARTICLE)
    assert text.startswith("investment: Borealis Cloud → Lumen Labs (asserted)\n")
    for told in (
        "EUR 15,000,000 ← “€15 million” [89:100]", "put SUM into X", "perfect tense, no hedge", "[43:153]", "confidence 1.00",
    ):  # fmt: skip
        assert told in text, text
    assert "Lumen Labs (‘it’)" in explain(denied, ARTICLE)
    assert "(not named) → Lumen Labs" in explain(raised, ARTICLE)
    assert "gave no reason" in explain(raised, ARTICLE)
    moved = Article(TEXT[1:], "moved")
    assert "do not stand there" in explain(investment, moved)


def test_symmetric_kinds_point_both_ways() -> None:
    one = extraction().statements[0]
    both = Statement(ARTICLE.id, Kind.PARTNERSHIP, one.subject, one.object, one.evidence)
    assert "Borealis Cloud ↔ Lumen Labs" in explain(both, ARTICLE)
    assert "↔" in annotate(Extraction(ARTICLE, (both,)))
