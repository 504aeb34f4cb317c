"""The terms that sentences tell, and who grants and who takes."""

from __future__ import annotations

import pytest

from kg.extraction.particulars import with_particulars
from kg.extraction.particulars.terms import terms
from kg.model import Article, Evidence, Extraction, Kind, Mention, Nature, Statement, Status

V, P, S, R = Kind.INVESTMENT, Kind.PARTNERSHIP, Kind.SCRUTINY, Kind.RELEASE
A = Kind.ACQUISITION


@pytest.mark.parametrize(
    ("kind", "sentence", "told"),
    [
        (V, "The sum will turn into equity at the next funding round.", {"conversion": "equity at the next funding round"}),
        (V, "It converts into shares when the company goes public, the lab said.", {"conversion": "shares when the company goes public"}),
        (V, "The notes convert to preferred stock.", {"conversion": "preferred stock"}),
        (V, "The company wants to convert its users into customers.", {}),
        (V, "It came without altering the start-up's valuation.", {"valuation_effect": "unchanged"}),
        (V, "It holds a minority stake and has no seat on the board.", {"board_seat": "none"}),
        (V, "In return it receives a board seat.", {"board_seat": "yes"}),
        (V, "Meta buys a non-voting stake of 49 per cent.", {"votes": "none"}),
        (V, "Backers may ask for it back if the company does not become a for-profit one.", {"repayment": "if the company does not become a for-profit one"}),
        (P, "Google has taken a non-exclusive licence to the models.", {"exclusivity": "not exclusive"}),
        (P, "Microsoft becomes its exclusive cloud provider.", {"exclusivity": "exclusive"}),
        (P, "The licence is no longer exclusive.", {"exclusivity": "not exclusive"}),
        (P, "Reuters reported exclusively on the deal, an exclusive report.", {}),
        (P, "It becomes the lab's primary cloud provider.", {"exclusivity": "primary, not exclusive"}),
        (P, "They have signed a five-year contract.", {"duration": "five years"}),
        (P, "A multi-year partnership was announced.", {"duration": "several years"}),
        (P, "The licence runs until 2032.", {"duration": "until 2032"}),
        (P, "AMD supplies processors for six gigawatts of capacity.", {"quantity": "six gigawatts"}),
        (S, "The orders rest on section 6(b) of the FTC Act.", {"legal_basis": "section 6(b) of the FTC Act"}),
        (S, "It is accused of breaking EU antitrust rules.", {"legal_basis": "EU antitrust law"}),
        (S, "The deal can be reviewed under the EU Merger Regulation.", {"legal_basis": "EU Merger Regulation"}),
        (S, "It found that the deal is not subject to merger control.", {"legal_basis": "merger control"}),
        (Kind.LITIGATION, "The Times sued over copyright infringement.", {"legal_basis": "copyright"}),
        (S, "The authority looks into the competition between the two.", {}),
        (A, "It looked at Microsoft's takeover of nearly all employees of Inflection AI.", {"scope": "nearly all employees"}),
        (A, "Acme has acquired the team behind Bolt.", {"scope": "the team"}),
        (A, "Acme bought Bolt Labs' remaining assets.", {"scope": "remaining assets"}),
        (A, "Acme has acquired Bolt and its team, among them engineers from Core.", {}),
        (A, "Acme has acquired the technology company Bolt.", {}),
        (A, "Acme completed its acquisition of Bolt, a maker of chips.", {}),
        (R, "All have open weights under Apache 2.0.", {"weights": "open", "licence": "Apache 2.0"}),
        (R, "Mistral Large does not have open weights.", {"weights": "closed"}),
        (Kind.APPOINTMENT, "He joins Microsoft as chief executive of its AI division.", {"post": "chief executive"}),
        (Kind.ACQUISITION, "The exclusive deal converts into equity at once.", {}),
    ],
)  # fmt: skip
def test_terms_of_a_sentence(kind: Kind, sentence: str, told: dict[str, str]) -> None:
    assert dict(terms(sentence, kind)) == told


def read(
    text: str,
    subject: str,
    object_: str,
    kind: Kind,
    nature: Nature | None = None,
    sentence: int | None = None,
) -> Statement:
    """The one statement of a text, resting on its first sentence, with its particulars."""
    end = sentence if sentence is not None else text.index(". ") + 1 if ". " in text else len(text)

    def mention(name: str) -> Mention:
        at = text.index(name)
        return Mention(name, at, at + len(name), name)

    article = Article(text, "a.txt")
    statement = Statement(
        article=article.id,
        kind=kind,
        subject=mention(subject),
        object=mention(object_),
        evidence=(Evidence(0, end, text[:end]),),
        nature=nature,
    )
    [told] = with_particulars(Extraction(article, (statement,))).statements
    return told


def test_a_sentence_that_goes_on_about_a_sum_brings_its_terms_and_itself_as_evidence() -> None:
    text = (
        "Acme has invested $10 million in Bolt. The sum takes the form of a convertible and will "
        "turn into equity at Bolt's next round. Cobalt will convert its loan into shares in 2025."
    )
    told = read(text, "Acme", "Bolt", Kind.INVESTMENT)
    assert told.terms == (("conversion", "equity at Bolt's next round"),)
    assert told.instrument == "convertible"
    assert len(told.evidence) == 2
    assert all(text[e.start : e.end] == e.quote for e in told.evidence)


def test_another_paragraph_is_about_something_else() -> None:
    text = "Acme has invested in Bolt.\n\nThe sum converts into equity at the next round."
    told = read(text, "Acme", "Bolt", Kind.INVESTMENT, sentence=26)
    assert told.terms == ()


@pytest.mark.parametrize(
    ("text", "nature", "sides"),
    [
        ("Acme has licensed part of its archive to Bolt.", Nature.LICENCE, {"licensor": "Acme", "licensee": "Bolt"}),
        ("Acme has taken a licence to the models of Bolt.", Nature.LICENCE, {"licensee": "Acme", "licensor": "Bolt"}),
        ("Acme licenses Bolt's technology.", Nature.LICENCE, {"licensee": "Acme", "licensor": "Bolt"}),
        ("Acme licenses its technology to Bolt.", Nature.LICENCE, {"licensor": "Acme", "licensee": "Bolt"}),
        ("Acme structured its licensing deal with Bolt to escape a review.", Nature.LICENCE, {}),
        ("Acme will supply Bolt with processors.", Nature.SUPPLY, {"provider": "Acme", "customer": "Bolt"}),
        ("Acme buys its chips from Bolt.", Nature.SUPPLY, {"customer": "Acme", "provider": "Bolt"}),
        ("Acme rents capacity from Bolt.", Nature.COMPUTE, {"customer": "Acme", "provider": "Bolt"}),
        ("Acme provides Bolt with capacity.", Nature.COMPUTE, {"provider": "Acme", "customer": "Bolt"}),
        ("Acme and Bolt have extended their partnership.", Nature.COMPUTE, {}),
        ("Acme supplies Bolt.", None, {}),
    ],
)  # fmt: skip
def test_who_grants_and_who_takes(text: str, nature: Nature | None, sides: dict[str, str]) -> None:
    for subject, object_ in (("Acme", "Bolt"), ("Bolt", "Acme")):
        told = read(text, subject, object_, Kind.PARTNERSHIP, nature)
        assert {role: m.name for role, m in told.participants} == sides


def test_what_an_extractor_has_found_itself_stays() -> None:
    text = "Acme takes an exclusive licence to the models of Bolt."
    article = Article(text, "a.txt")
    mention = Mention("Acme", 0, 4, "Acme")
    statement = Statement(
        article=article.id,
        kind=Kind.PARTNERSHIP,
        subject=mention,
        object=Mention("Bolt", 49, 53, "Bolt"),
        evidence=(Evidence(0, len(text), text),),
        nature=Nature.LICENCE,
        terms=(("exclusivity", "for a year"),),
        participants=(("licensor", mention),),
    )
    assert with_particulars(Extraction(article, (statement,))).statements == (statement,)


def test_a_move_names_the_employer_that_the_article_says_was_left() -> None:
    text = "Ada left Acme. She joins Bolt as chief scientist."
    article = Article(text, "a.txt")
    ada, acme, bolt = (
        Mention(n, text.index(n), text.index(n) + 4, n) for n in ("Ada", "Acme", "Bolt")
    )
    left = Statement(
        article.id, Kind.APPOINTMENT, ada, acme, (Evidence(0, 14, text[:14]),), status=Status.ENDED
    )
    joins = Statement(
        article.id, Kind.APPOINTMENT, ada, bolt, (Evidence(15, len(text), text[15:]),)
    )
    gone, new = with_particulars(Extraction(article, (left, joins))).statements
    assert gone == left
    assert new.participants == (("former_employer", acme),)
    assert new.terms == (("post", "chief scientist"),)


def test_a_review_concerns_the_deal_that_its_sentence_tells() -> None:
    text = "The CMA will look at Acme's investment in Bolt. Cobalt has bought Acme."
    article = Article(text, "a.txt")
    cma, acme, bolt, cobalt = (
        Mention(n, text.index(n), text.index(n) + len(n), n)
        for n in ("CMA", "Acme", "Bolt", "Cobalt")
    )
    first, second = (Evidence(0, 47, text[:47]),), (Evidence(48, 71, text[48:]),)
    review = Statement(article.id, Kind.SCRUTINY, cma, acme, first)
    deal = Statement(article.id, Kind.INVESTMENT, acme, bolt, first)
    elsewhere = Statement(article.id, Kind.ACQUISITION, cobalt, acme, second)
    told, *_ = with_particulars(Extraction(article, (review, deal, elsewhere))).statements
    assert told.participants == (("party", bolt),)
