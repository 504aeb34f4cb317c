"""Names to entities: what is certain, what is offered, what only looks alike."""

from __future__ import annotations

import pytest

from kg import registry
from kg.extraction.protocol import load
from kg.model import Article, Entity, EntityKind, Mention
from kg.registry import Registry
from kg.resolution.candidates import squeezed
from kg.resolution.judgements import Judgement, Judgements, Verdict
from kg.resolution.linking import Link, Linker


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(registry.bundled())


def link(
    linker: Linker, name: str, text: str | None = None, kind: EntityKind | None = None
) -> Link:
    """The link of a name where it first stands in a text; by itself without one."""
    if text is None:
        return linker.link(Mention(name, 0, len(name), name, kind=kind))
    start = text.index(name)
    mention = Mention(name, start, start + len(name), name, kind=kind)
    return linker.link(mention, Article(text, "test"))


# ------------------------------------------------------------------- certain


@pytest.mark.parametrize(
    ("name", "entity", "reason"),
    [
        ("NVIDIA Corp.", "nvidia", "its name"),
        ("AWS", "amazon-web-services", "one of its other names"),
        ("OpenAI, Inc.", "openai", "its name"),
        ("Facebook AI Research", "meta-ai", "a former name"),
        ("GPT5", "gpt-5", "spaces and hyphens"),
        ("Claude-3", "claude-3", "spaces and hyphens"),
        ("SalesforceVentures", "salesforce-ventures", "spaces and hyphens"),
        ("LLaMA", "llama", "its name"),  # its capitals are its own
    ],
)
def test_a_name_of_the_registry_is_certain(
    linker: Linker, name: str, entity: str, reason: str
) -> None:
    found = link(linker, name)
    assert found.entity.id == entity
    assert reason in found.reason
    assert found.candidates == ()


@pytest.mark.parametrize(
    ("name", "text", "entity"),
    [
        ("Mistral", "Mistral AI has raised money, Mistral said.", "mistral-ai"),
        ("Stability", "Stability AI is in London. Stability has no comment.", "stability-ai"),
        ("Together", "Hosts such as Baseten, Replicate and Together cut prices for Llama 3 and Mixtral.",
         "together-ai"),
        ("Commission", "The European Commission asked Meta. The Commission will decide.",
         "european-commission"),
        ("Epic", "Epic Games has sued Apple. Epic lost.", "epic-games"),
        ("Character", "Google pays Character.AI. Character keeps its staff.", "character-ai"),
    ],
)  # fmt: skip
def test_an_ambiguous_name_needs_a_context(
    linker: Linker, name: str, text: str, entity: str
) -> None:
    assert link(linker, name).entity.origin == "article"
    assert link(linker, name, text).entity.id == entity


# ---------------------------------------------------------------- look-alikes


@pytest.mark.parametrize(
    ("name", "text", "not_this"),
    [
        ("Mistral", "The Mistral blew at 100 km/h while OpenAI and Anthropic met in Arles.", "mistral-ai"),
        ("mistral", "A cold mistral blew through the talks of OpenAI, Anthropic and Cohere.", "mistral-ai"),
        ("Together", "Together we can do it, said OpenAI, Anthropic and Cohere.", "together-ai"),
        ("Together", "Working Together with OpenAI, Anthropic and Cohere", "together-ai"),
        ("Character", "Character counts, said OpenAI, Anthropic and Cohere.", "character-ai"),
        ("Scale", "Wafer-Scale chips serve OpenAI, Anthropic and Cohere.", "scale-ai"),
        ("Figure", "See Figure 3 of the paper by OpenAI, Anthropic and Cohere.", "figure-ai"),
        ("Pi", "It runs on a Raspberry Pi with models of OpenAI, Anthropic and Cohere.", "pi-chatbot"),
        ("Metaphysic", "Metaphysic makes deepfakes.", "meta"),
        ("Cohere Health", "Cohere Health has raised $90 million.", "cohere"),
        ("Inflection Point", "Inflection Point is a fund.", "inflection-ai"),
        ("Epic", "Epic makes software for hospitals.", "epic"),
        ("Marvel", "Disney bought Marvel in 2009.", "marvell"),
        ("Apple Bank", "Apple Bank is in New York.", "apple"),
        ("Meta Materials", "Meta Materials is bankrupt.", "meta"),
    ],
)  # fmt: skip
def test_a_look_alike_stays_apart(linker: Linker, name: str, text: str, not_this: str) -> None:
    assert link(linker, name, text).entity.id != not_this


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("A strong mistral blew on Monday. Microsoft has invested $5 million in a wind farm.",
         {"mistral-ai"}),
        ("Together, Microsoft and Nvidia have invested $10 million in Acme Robotics.", {"together-ai"}),
        ("Metaphysic has raised $7.5 million from Section 32.", {"meta"}),
        ("Temasek has invested $90 million in Cohere Health.", {"cohere"}),
        ("Microsoft has acquired Inflection Point, a consulting firm.", {"inflection-ai"}),
        ("At an inflection point for the industry, Microsoft has acquired Nuance.", {"inflection-ai"}),
        ("The character of the market changed when Google acquired Wiz.", {"character-ai"}),
    ],
)  # fmt: skip
def test_look_alikes_stay_apart_from_article_to_graph(
    linker: Linker, text: str, absent: set[str]
) -> None:
    resolved, _ = linker.resolve(load("rules").extract(Article(text, "test")))
    ends = {end for r in resolved for end in (r.subject, r.object)}
    assert not ends & absent


def test_a_short_name_with_its_description_keeps_its_entity(linker: Linker) -> None:
    text = "Augment, a rival of GitHub Copilot, has raised $252 million from Index Ventures."
    mention = Mention("Augment", 0, 7, "Augment Code", "augment-code")
    assert linker.link(mention, Article(text, "test")).entity.id == "augment-code"


def test_a_lab_and_its_model_by_one_name_are_told_apart_by_what_is_meant(linker: Linker) -> None:
    assert link(linker, "Midjourney").entity.id == "midjourney"
    assert link(linker, "Midjourney", kind=EntityKind.MODEL).entity.id == "midjourney-model"
    assert link(linker, "Midjourney", kind=EntityKind.COMPANY).entity.id == "midjourney"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("GPT-4", "GPT-4o"),
        ("GPT-4", "GPT-5"),
        ("Llama 3", "Llama 3.1"),
        ("Mistral 7B", "Mistral AI"),
        ("Claude 3", "Claude 3.5 Sonnet"),
        ("Series 3", "Series 4"),
        ("Google", "Alphabet"),
        ("Google", "Google Cloud"),
        ("Google", "Google DeepMind"),
        ("Amazon", "Amazon Web Services"),
        ("Microsoft", "M12"),
        ("Nvidia", "NVentures"),
        ("SoftBank", "SoftBank Vision Fund"),
        ("Meta", "Meta AI"),
    ],
)
def test_figures_and_subsidiaries_are_never_merged(linker: Linker, name: str, other: str) -> None:
    assert link(linker, name).entity.id != link(linker, other).entity.id


def test_spaces_never_join_two_figures() -> None:
    assert squeezed("Llama 3 70B") != squeezed("Llama 370B")
    assert squeezed("GPT-4 1") != squeezed("GPT-41")
    assert squeezed("Scale AI") == squeezed("ScaleAI")


# ----------------------------------------------------------------- candidates


def possible(found: Link) -> dict[str, tuple[float, str]]:
    return {c.entity: (c.score, c.reason) for c in found.candidates}


@pytest.mark.parametrize(
    ("name", "entity", "reason"),
    [
        ("Anthrophic", "anthropic", "spelled much alike"),
        ("Mistral Wind Farm", "mistral-ai", "the beginning of the other"),
        ("Google Health", "google", "a unit of it"),
        ("Elon", "elon-musk", "the beginning of the other"),
        ("Inflection Labs", "inflection-ai", "has the form of a name"),
        ("Stability", "stability-ai", "same name, but the context is silent"),
    ],
)
def test_what_is_unsure_is_new_and_says_what_it_may_be(
    linker: Linker, name: str, entity: str, reason: str
) -> None:
    found = link(linker, name)
    assert found.entity.origin == "article"
    score, why = possible(found)[entity]
    assert reason in why
    assert 70 <= score < 100


@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("GPT-4.7", "gpt-4"),
        ("SoftBank Vision Fund 3", "softbank-vision-fund"),
        ("Acme Japan", "japan"),
        ("UN", "azure-ai-foundry"),
        ("Ventures", "gv"),
    ],
)
def test_what_resembles_nothing_is_offered_nothing(linker: Linker, name: str, never: str) -> None:
    assert never not in possible(link(linker, name))


def test_the_context_raises_a_candidate_and_says_so(linker: Linker) -> None:
    quiet = possible(link(linker, "Anthrophic", "Anthrophic has raised money."))
    spoken = possible(
        link(linker, "Anthrophic", "Anthrophic, the maker of Claude Code, has raised money.")
    )
    assert spoken["anthropic"][0] > quiet["anthropic"][0]
    assert "the article speaks of Anthropic" in spoken["anthropic"][1]


def test_whoever_may_be_the_lab_is_not_offered_its_models_as_well(linker: Linker) -> None:
    found = possible(link(linker, "Mistral"))
    assert "mistral-ai" in found
    assert "mistral-large" not in found


def test_a_judgement_comes_before_everything(linker: Linker) -> None:
    same = Judgement(Verdict.SAME, name="Anthrophic", entity="anthropic")
    apart = Judgement(Verdict.NOT_SAME, name="AWS", entity="amazon-web-services")
    judged = Linker(linker.registry, Judgements((same, apart)))
    assert link(judged, "Anthrophic").entity.id == "anthropic"
    assert link(judged, "AWS").entity.origin == "article"
    assert "amazon-web-services" not in possible(link(judged, "AWS"))


def test_a_short_form_needs_the_full_name_in_the_article() -> None:
    own = Registry(
        {
            "bolt": Entity("bolt", "Bolt Technologies", (EntityKind.COMPANY,)),
            "koch": Entity("koch", "Koch Ventures", (EntityKind.INVESTOR,)),
            "ada": Entity("ada", "Ada Byron", (EntityKind.PERSON,)),
        }
    )
    linker = Linker(own)
    assert link(linker, "Bolt", "Bolt grows.").entity.origin == "article"
    assert link(linker, "Bolt", "Bolt grows. Bolt Technologies is in Oslo.").entity.id == "bolt"
    assert link(linker, "Byron", "Ada Byron leads Bolt. Byron agreed.").entity.id == "ada"
    assert link(linker, "Koch", "Koch Ventures and Koch agreed.").entity.origin == "article"
