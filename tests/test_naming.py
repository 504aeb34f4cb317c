"""Facts go by the names that their article uses; ids and labels say who that is."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extraction.protocol import Extractor, load
from kg.model import Article
from kg.pipeline import extract
from kg.pipeline.extraction import facts
from kg.registry import bundled
from kg.resolution.linking import Linker

REGISTRY = bundled()


@pytest.fixture(scope="module")
def rules() -> Extractor:
    return load("rules", REGISTRY)


def told(rules: Extractor, text: str, kind: str) -> list[dict[str, Any]]:
    [one] = extract([Article(text, "news")], rules, Linker(REGISTRY))
    return [f for f in facts(one, REGISTRY) if f["type"] == kind]


def ends(fact: dict[str, Any]) -> tuple[str, str, str, str]:
    return fact["subject"], fact["object"], fact["subject_label"], fact["object_label"]


def test_a_name_is_the_articles_own_and_its_label_the_registrys(rules: Extractor) -> None:
    [fact] = told(rules, "Nvidia has invested $50 million in Perplexity.", "investment")
    assert ends(fact) == ("Nvidia", "Perplexity", "Nvidia", "Perplexity AI")
    assert fact["object_id"] == "https://w3id.org/ai-industry/id/perplexity"


def test_of_several_forms_it_is_the_most_frequent(rules: Extractor) -> None:
    text = (
        "Andreessen Horowitz invested in Cohere. a16z also led a round of Wayve in May. "
        "A year ago a16z bought a stake in Runway."
    )
    assert {f["subject"] for f in told(rules, text, "investment")} == {"a16z"}


def test_a_pronoun_goes_by_the_name_that_it_stands_for(rules: Extractor) -> None:
    text = "Perplexity grew fast. It acquired Sidekick in June, and it invested in Wayve."
    [fact] = told(rules, text, "investment")
    assert ends(fact)[:3] == ("Perplexity", "Wayve", "Perplexity AI")


def test_somebody_only_described_goes_by_the_label(rules: Extractor) -> None:
    [fact] = told(rules, "The maker of Claude has invested in Wayve.", "investment")
    assert ends(fact) == ("Anthropic", "Wayve", "Anthropic", "Wayve")


def test_a_model_and_a_platform_go_by_their_own_names_where_no_maker_is_named(
    rules: Extractor,
) -> None:
    [fact] = told(rules, "Claude Haiku 4.5 is now available on Amazon Bedrock.", "distribution")
    assert ends(fact) == ("Amazon Bedrock", "Claude Haiku 4.5", "Amazon", "Anthropic")


def test_a_maker_that_is_named_goes_by_its_name(rules: Extractor) -> None:
    text = "Azure now offers Mistral Large. Microsoft has offered Mistral's models before."
    [fact] = told(rules, text, "distribution")
    assert ends(fact) == ("Microsoft", "Mistral", "Microsoft", "Mistral AI")


def test_several_models_of_one_maker_go_by_the_maker(rules: Extractor) -> None:
    text = "Claude Opus 4.1 is available on Bedrock. Claude Haiku 4.5 came to Bedrock in May."
    [fact] = told(rules, text, "distribution")
    assert fact["object"] == "Anthropic"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Claude models are", "Claude"),
        ("The Claude 3 family is", "Claude 3"),
        ("Claude is", "Claude"),
    ],
)
def test_words_that_only_say_it_is_a_model_are_no_part_of_its_name(
    rules: Extractor, said: str, name: str
) -> None:
    [fact] = told(rules, f"{said} offered on Vertex AI.", "distribution")
    assert ends(fact)[:2] == ("Vertex AI", name)


def test_a_product_in_any_deal_goes_by_its_name_if_its_maker_is_named_nowhere(
    rules: Extractor,
) -> None:
    deal = "Midjourney has signed a deal with WordPress to train its models on blogs."
    [fact] = told(rules, deal, "partnership")
    assert set(ends(fact)[:2]) == {"Midjourney", "WordPress"}
    assert set(ends(fact)[2:]) == {"Midjourney", "Automattic"}
    named = f"{deal} Automattic declined to comment."
    assert {f[e] for f in told(rules, named, "partnership") for e in ("subject", "object")} == {
        "Midjourney",
        "Automattic",
    }
