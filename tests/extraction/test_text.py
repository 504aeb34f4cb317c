"""Words, sentences and names as they are found in articles, before anything is parsed."""

from __future__ import annotations

import pytest

from kg.extraction.rules.gazetteer import Gazetteer, Name
from kg.extraction.rules.reading import read_sentences
from kg.extraction.rules.segmentation import cuts, cuts_by_article, spelling
from kg.extraction.rules.tokens import sentences
from kg.model import EntityKind
from kg.registry import bundled


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(bundled())


def cut(word: str, gazetteer: Gazetteer) -> str:
    ends = cuts(word, gazetteer.known)
    return " ".join(word[a:b] for a, b in zip((0, *ends), (*ends, len(word)), strict=True))


@pytest.mark.parametrize(
    "words",
    [
        "its acquisition of ABB",
        "in CoreWeave as",
        "API and Google",
        "API in",
        "The Claude",
        "Nvidia has",
        "SoftBank said",
        "chipmaker Nvidia for",
        "Studio and Vertex",
        "invested in",
        "a startup",
        "about why and how things",
        "which OpenAI",
        "on Anthropic",
        "by an engineer",
        "from xAI",
        "of the deal",
        "report The",
        "than 250",
        "OpenAI recently",
        "their GPT",
        "had raised a",
    ],
)
def test_words_run_together_are_cut(words: str, gazetteer: Gazetteer) -> None:
    assert cut(words.replace(" ", ""), gazetteer) == words


@pytest.mark.parametrize(
    "word",
    [
        *("DeepMind", "iRobot", "OpenAI", "GitHub", "WhatsApp", "LinkedIn", "xAI", "YouTube"),
        *("openAI", "Whatsapp", "Github", "PayPal", "WeWork", "WeRide", "OnDeck", "AtScale"),
        *("AppDirect", "FirstMark", "LightRocket", "AutoNation", "DragonWave", "HashiCorp"),
        *("Armis", "Solaris", "Publicis", "Groupon", "Planisware", "Brexit", "SolarWinds"),
        *("ElevenLabs", "DoorDash", "BigQuery", "ByteDance", "PitchBook", "MosaicML", "jQuery"),
        *("hyperscalers", "chipmaker", "offloaded", "overhyped", "buildout", "whereas", "cannot"),
        *("onboarding", "undercutting", "fintechs", "datacenters", "startups", "counterbet"),
        *("blockchain", "cybersecurity", "cofounder", "outspent", "livestream", "upskilling"),
    ],
)
def test_names_and_words_stay_whole(word: str, gazetteer: Gazetteer) -> None:
    assert cut(word, gazetteer) == word


def test_a_name_of_the_article_is_cut_from_a_function_word() -> None:
    article = spelling("It bought chip designer Quorralfor $7 billion. Quorral makes switches.")
    assert cuts_by_article("Quorralfor", article) == (len("Quorral"),)
    assert cuts_by_article("Solaris", spelling("Solar power. Solaris is a bank.")) == ()


def test_headlines_one_below_the_other_are_several_sentences() -> None:
    text = (
        "Inside the desert megaproject, where phone makers will get chips\n"
        "Nvidia in talks to sell a more advanced chip abroad, chief executive says\n"
        "Rivals hint their latest model will run on local hardware\n"
        "A third line that is longer than all of the others, so that nothing was broken at it"
    )
    assert len(sentences(text)) == 4


def test_a_wrapped_sentence_is_one() -> None:
    text = (
        "The company said on Monday that it had agreed to put five billion\n"
        "dollars into the start-up, which builds data centres in Norway and\n"
        "Sweden and sells their capacity to laboratories."
    )
    assert len(sentences(text)) == 1


def names(text: str, gazetteer: Gazetteer) -> list[Name]:
    return [name for sentence in read_sentences(text, gazetteer) for name in sentence.names]


def ids(text: str, gazetteer: Gazetteer) -> list[str]:
    return [n.entity.id if n.entity else n.name for n in names(text, gazetteer)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Poland's competition watchdog opened a case.", ["uokik"]),
        ("The Polish competition and consumer protection office did.", ["uokik"]),
        ("The Irish DPA said so.", ["dpc-ireland"]),
        ("The French DPA said so.", ["cnil"]),
        ("France's data protection authority said so.", ["cnil"]),
        ("Germany’s cartel office said so.", ["bundeskartellamt"]),
        ("The competition authority of Italy said so.", ["agcm"]),
        ("Korean antitrust regulators said so.", ["kftc"]),
        ("India's competition commission said so.", ["cci"]),
        ("Britain's privacy regulator said so.", ["ico"]),
        ("Brazil's competition agency said so.", ["cade"]),
        ("The EU's executive arm said so.", ["european-commission"]),
        ("EU antitrust officials said so.", ["european-commission"]),
        ("Kenya's competition authority said so.", ["Kenya's competition authority"]),
        ("US antitrust enforcers said so.", ["US antitrust enforcers"]),
        ("European regulators said so.", ["European regulators"]),
        ("Regulators in the UK and Europe said so.", ["Regulators in the UK and Europe"]),
        ("The FTC, the US competition watchdog, said so.", ["ftc", "ftc"]),
        ("The Dutch regulator, ACM, said so.", ["acm", "acm"]),
        ("California's attorney general sued.", ["california-attorney-general"]),
        (
            "The attorneys general of Texas, Ohio and New York sued.",
            ["texas-attorney-general", "Ohio Attorney General", "new-york-attorney-general"],
        ),
        ("A group of 16 state attorneys general sued.", ["state attorneys general"]),
        ("Texas Attorney General Ken Paxton sued.", ["texas-attorney-general"]),
        ("Attorney General Merrick Garland sued.", ["doj"]),
        ("They heard FTC Chair Lina Khan. The firms were told, Khan said.", ["ftc", "ftc"]),
        ("SEC chairman Gary Gensler said so.", ["sec"]),
        (
            "The House of Lords Communications and Digital Committee met.",
            ["House of Lords Communications and Digital Committee"],
        ),
    ],
)
def test_authorities_by_description(text: str, meant: list[str], gazetteer: Gazetteer) -> None:
    found = names(text, gazetteer)
    assert [n.entity.id if n.entity else n.name for n in found if n.is_authority] == meant


@pytest.mark.parametrize(
    "text",
    [
        "Its German office opened in May.",
        "A commission in Europe is paid on each sale.",
        "The company opened a UK data centre.",
        "Chinese officials visited the plant.",
    ],
)
def test_no_authority_is_described(text: str, gazetteer: Gazetteer) -> None:
    assert not [n for n in names(text, gazetteer) if n.kind is EntityKind.AUTHORITY]


def kinds(text: str, gazetteer: Gazetteer) -> dict[str, EntityKind | None]:
    return {n.name: n.kind for n in names(text, gazetteer)}


def test_offices_make_persons(gazetteer: Gazetteer) -> None:
    text = "It hired CISO Brunold Quill. Oorja Deswal, chief operating officer, left. It met analyst Vexa Lind."
    found = kinds(text, gazetteer)
    assert [found[n] for n in ("Brunold Quill", "Oorja Deswal", "Vexa Lind")] == (
        [EntityKind.PERSON] * 3
    )


def test_a_surname_alone_is_the_person_in_full(gazetteer: Gazetteer) -> None:
    text = "The founder was taught by Varnholt Dresk at Tufts. Soon Dresk invested."
    assert ids(text, gazetteer)[-1] == "Varnholt Dresk"
    assert kinds(text, gazetteer)["Varnholt Dresk"] is EntityKind.PERSON


def test_short_forms_of_companies_are_unified(gazetteer: Gazetteer) -> None:
    text = "Brackwell Ventures led it. Later Brackwell sold out. Nimbus Quarry Labs grew. Nimbus Quarry hired."
    assert ids(text, gazetteer) == ["Brackwell Ventures"] * 2 + ["Nimbus Quarry Labs"] * 2


def test_a_slip_of_spelling_is_mended_only_where_the_name_is_told(gazetteer: Gazetteer) -> None:
    assert ids("Anthropic grew. Amazon invested in Anthrophic.", gazetteer)[-1] == "anthropic"
    assert ids("Amazon invested in Anthrophic.", gazetteer)[-1] == "Anthrophic"


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("It licenses its Intellectual Property to others.", "Intellectual Property"),
        ("Arm's own ISAs are many.", "ISAs"),
    ],
)
def test_no_names_of_parties(text: str, absent: str, gazetteer: Gazetteer) -> None:
    assert absent not in {n.name for n in names(text, gazetteer) if n.is_organisation}


def test_a_place_begins_the_name_of_an_organisation(gazetteer: Gazetteer) -> None:
    assert kinds("They met at Heidelberg University in May.", gazetteer) == {
        "Heidelberg University": EntityKind.ORGANISATION
    }


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("It is listed on the London Stock Exchange.", ["London Stock Exchange"]),
        ("Its shares left the New York Stock Exchange.", ["New York Stock Exchange"]),
        ("It was part of Swiss Bank Corporation.", ["Swiss Bank Corporation"]),
        ("They met the European Space Agency there.", ["European Space Agency"]),
        ("They met the Council of Europe there.", ["Council of Europe"]),
        ("The buyer was Quorral Concepts, Inc. of Ohio.", ["Quorral Concepts, Inc."]),
        ("It is backed by Wexmoor UK.", ["Wexmoor UK"]),
        ("It is backed by Index Ventures Europe.", ["index-ventures"]),
        ("It sued Sun Microsystems.", ["Sun Microsystems"]),
        (
            "It joined Global Quorral Group (GQG). Later GQG left.",
            ["Global Quorral Group", "Global Quorral Group", "Global Quorral Group"],
        ),
    ],
)
def test_names_reach_as_far_as_they_are_written(
    text: str, whole: list[str], gazetteer: Gazetteer
) -> None:
    found = [n for n in names(text, gazetteer) if n.is_organisation and n.name != "Ohio"]
    assert [n.entity.id if n.entity else n.name for n in found] == whole


def test_a_country_before_a_common_noun_is_no_part_of_a_name(gazetteer: Gazetteer) -> None:
    assert "nvidia" in ids("They say that Nvidia China sales fell.", gazetteer)
    assert "Nvidia China" not in {n.text for n in names("Nvidia China sales fell.", gazetteer)}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Antitrust regulators in Brussels said so.", ["european-commission"]),
        ("Regulators in Brussels and Seoul said so.", ["Regulators in Brussels and Seoul"]),
        ("A coalition of 38 states said so.", ["US states"]),
        ("The governments of France and Germany said so.", ["france", "germany"]),
        ("It sold 300 items in many states.", []),
    ],
)
def test_authorities_of_seats_and_states(text: str, meant: list[str], gazetteer: Gazetteer) -> None:
    found = names(text, gazetteer)
    assert [n.entity.id if n.entity else n.name for n in found if n.is_authority] == meant
