"""What the address of an article without a title tells: whom *the company* in it may mean."""

from __future__ import annotations

import pytest

from kg.extraction.rules.extractor import RuleExtractor
from kg.model import Article

HEADLINE = "https://news.example/2025/11/nvidia-unveils-new-chips-for-robots.html"
SAID = "The company also holds a stake in CoreWeave, a cloud provider."


@pytest.fixture(scope="module")
def extractor() -> RuleExtractor:
    return RuleExtractor()


def told(extractor: RuleExtractor, text: str, url: str, title: str | None = None) -> list[str]:
    found = extractor.extract(Article(text, "news", url=url, title=title)).statements
    return [f"{s.kind} {s.subject.name if s.subject else None} > {s.object.name}" for s in found]


def test_the_company_is_the_one_of_the_headline(extractor: RuleExtractor) -> None:
    assert told(extractor, SAID, HEADLINE) == ["investment Nvidia > CoreWeave"]


def test_a_title_goes_before_the_address(extractor: RuleExtractor) -> None:
    found = told(extractor, SAID, HEADLINE, title="Oracle opens a data centre")
    assert found == ["investment Oracle > CoreWeave"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("It also holds a stake in CoreWeave.", HEADLINE),
        (SAID, "https://news.example/nvidia/chips.html"),
        (SAID, "https://news.example/2025/11/what-the-new-chips-mean.html"),
        (SAID, "https://news.example/"),
        ("A company bought shares of CoreWeave.", HEADLINE),
    ],
)
def test_nothing_is_guessed(extractor: RuleExtractor, text: str, url: str) -> None:
    assert told(extractor, text, url) == []


def test_a_name_in_the_address_alone_is_no_party(extractor: RuleExtractor) -> None:
    assert told(extractor, "Oracle has bought Cerner.", HEADLINE) == ["acquisition Oracle > Cerner"]


OWN_POST = (
    "Hexlane has grown fast this year. Today we are announcing our $40 million Series B, led by "
    "Accel.\n\nHexlane opens an office in Oslo. We are grateful to our earliest backer, Felicis."
)


def test_a_company_that_nobody_knows_writes_on_its_own_pages(extractor: RuleExtractor) -> None:
    found = told(
        extractor,
        OWN_POST,
        "https://www.hexlane.ai/blog/series-b",
        title="A new chapter for Hexlane",
    )
    assert "investment Accel > Hexlane" in found
    assert "investment Felicis Ventures > Hexlane" in found


def test_a_company_that_speaks_as_we(extractor: RuleExtractor) -> None:
    text = "At Hexlane, we build tools for banks. Accel led our Series A in May."
    found = told(extractor, text, "https://posts.example/12")
    assert found == ["investment Accel > Hexlane"]


def test_a_paper_that_names_itself_is_no_party(extractor: RuleExtractor) -> None:
    text = (
        "Cisco has bought Hexlane, two people told Ledgerline. Hexlane makes tools. We asked our "
        "readers about Hexlane in May. Accel led our summer event."
    )
    found = told(extractor, text, "https://ledgerline.example/cisco", title="Cisco buys Hexlane")
    assert found == ["acquisition Cisco > Hexlane"]
