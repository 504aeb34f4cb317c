"""``fold``: two names are the same for the system exactly if they fold alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import fold

ALIKE = [
    (
        "Mistral AI",
        "mistral ai",
        "The Mistral AI’s",
        "MISTRAL  AI",
        "Mistral\u00a0AI",
        "Mistral AI SAS",
    ),
    ("NVIDIA Corp.", "Nvidia", "Nvidia Corporation", "NVIDIA Corp's", "the Nvidia"),
    ("J.P. Morgan", "JP Morgan", "J.P. Morgan’s"),
    ("JPMorgan Chase & Co.", "JPMorgan Chase and Co", "JPMorgan Chase"),
    ("U.S. Department of Justice", "US Department of Justice"),
    ("Benoît Cœuré", "Benoit Coeure"),
    ("Łukasz Kaiser", "Lukasz Kaiser"),
    ("DeepSeek‑R1", "DeepSeek-R1", "DeepSeek–R1"),
    ("Autorité de la concurrence", "Autorite de la Concurrence"),
    ("AT&T Inc.", "AT & T", "AT and T"),
    ("Foo Co., Ltd.", "Foo"),
    ("News Corp", "News Corporation", "News Corp."),
    ("Stability\u200bAI", "StabilityAI"),
]
APART = [
    ("Mistral AI", "Mistral 7B"),
    ("GPT-4", "GPT-4o"),
    ("GPT-4", "GPT-4.1"),
    ("Claude 2.1", "Claude 21"),
    ("Llama 3.1", "Llama 31"),
    ("Gemini 1.5 Pro", "Gemini 15 Pro"),
    ("Command R", "Command R+"),
    ("News Corp", "news"),
    ("Box, Inc.", "box"),
    ("X Corp.", "X"),
    ("California AG", "California"),
    ("H Company", "H"),
    ("SoftBank", "SoftBank Vision Fund"),
    ("01.AI", "1.AI"),
    ("Cohere", "Cohere Health"),
]


@pytest.mark.parametrize("names", ALIKE, ids=lambda names: names[0])
def test_ways_of_writing_one_name_fold_alike(names: tuple[str, ...]) -> None:
    assert len({fold(name) for name in names}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_the_attorney_general_of_a_state_is_no_stock_company() -> None:
    assert fold("Texas AG") == "texas ag"
    assert fold("New York AG's") == "new york ag"
    assert fold("Siemens AG") == "siemens"


@pytest.mark.parametrize("empty", ["", " ", "---", "…", "’", "\u200b", "..", "«»"])
def test_what_holds_no_letter_or_digit_folds_to_nothing(empty: str) -> None:
    assert fold(empty) == ""


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


FORMS = st.sampled_from(
    [
        "",
        " Inc.",
        ", Inc.",
        " Corp",
        " Corporation",
        " Ltd.",
        " S.A.",
        " SAS",
        " GmbH",
        " N.V.",
        " & Co.",
    ]
)
STEMS = st.from_regex(r"[A-Z][a-z]{3,9}( [A-Z][a-z]{3,9})?", fullmatch=True).filter(
    lambda stem: fold(f"{stem} Inc.") == fold(stem)
)


@given(STEMS, FORMS, st.sampled_from(["", "The ", "the "]), st.sampled_from(["", "'s", "’s"]))
def test_legal_form_article_and_possessive_do_not_matter(
    stem: str, form: str, article: str, possessive: str
) -> None:
    assert fold(f"{article}{stem}{form}{possessive}") == fold(stem)


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "Zs"])))
def test_case_and_spacing_do_not_matter(name: str) -> None:
    assert fold(name.upper()) == fold(name.lower()) == fold("  " + name.replace(" ", "   "))


@given(st.from_regex(r"[A-Z][a-z]{2,8}[ -][0-9]{1,2}(\.[0-9]){0,2}", fullmatch=True))
def test_a_digit_always_counts(name: str) -> None:
    digits = [c for c in name if c.isdigit() or c == "."]
    assert [c for c in fold(name) if c.isdigit() or c == "."] == digits


@given(st.text(min_size=1))
def test_a_fold_is_tidy(name: str) -> None:
    folded = fold(name)
    assert folded == folded.strip() and "  " not in folded
    assert folded == folded.casefold()
    assert not folded.startswith("the ")
