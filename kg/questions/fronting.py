"""What stands first in a question, put where it belongs: a topic, those to choose from, joined names."""

from __future__ import annotations

import re

from kg.questions.lexicon import lexicon
from kg.questions.tokens import even
from kg.records import Catalogue

_TOPIC = re.compile(r"([^:?]{2,60}?)(?::\s|\s[-–—]\s|\?\s)(.+)")
"""A topic set off from what is asked of it."""
_FOR = re.compile(
    r"for ((?:an?|any|the|those|all) [^,:;]+)[,:;]\s+((?:who|which|what|whose)\b.+)", re.IGNORECASE
)
"""Those of whom something is asked: *for a lab backed by X, who are the rivals?*"""
_CHOICE = re.compile(
    r"(?:as between|between|out of|of|from|among|comparing|take|taking)\s+([^,:;]{2,80}?)[,:;]\s+(?:then\s+)?"
    r"((?:in|into|to|from|by)?\s?(?:who|which|whom|what|whose)\b.+)",
    re.IGNORECASE,
)
"""Those to choose from, before what is asked of them."""
_OF_THE_TWO = re.compile(
    r"\s*,?\s+(?:out )?of (?:the|these|those) (?:two|three|four),\s+", re.IGNORECASE
)
_PAIR = re.compile(r"(?<=\w)[-–—/](?=[A-Z])")
"""Two names joined by a dash: *the Amazon-Anthropic deal*."""
_LINK = re.compile(r"\s*(?:,|&|\+|\band\b|\bor\b|\bversus\b|\bvs\b\.?)\s*")


def fronted(question: str, catalogue: Catalogue) -> list[str]:
    """The ways to put a question whose topic, choice or joined names stand first."""
    ways = [_PAIR.sub(" and ", question)] if _PAIR.search(question) else []
    if found := _FOR.fullmatch(question.strip()):
        ways.append(f"{found[2].rstrip('?.! ')} of {found[1]}")
    return [*ways, *_chosen(question, catalogue), *_turned(question, catalogue)]


def opens(question: str) -> bool:
    """Whether a question opens with those of whom it asks, or with where they are."""
    place, colon, _ = question.partition(":")
    senses = lexicon().senses(even(place.strip())) if colon else ()
    return any(s.tag == "COUNTRY" for s in senses) or bool(_FOR.fullmatch(question.strip()))


def _turned(question: str, catalogue: Catalogue) -> list[str]:
    """A question that names its topic first, with the topic where it belongs: *Mistral: who funds it?*"""
    found = _TOPIC.fullmatch(question.strip())
    if not found:
        return []
    topic, rest = found[1].strip(), found[2].strip().rstrip("?.! ")
    place = any(s.tag == "COUNTRY" for s in lexicon().senses(even(topic)))
    if not place and not _names(topic, catalogue):
        return []
    links = ("in", "from") if place else ("", "of", "in", "on", "for")
    return [f"{rest} {link} {topic}" for link in links]


def _chosen(question: str, catalogue: Catalogue) -> list[str]:
    """A question with those to choose from last: *between X and Y, who put more into Z?*"""
    found = _CHOICE.fullmatch(question.strip())
    if found and len(names := _names(found[1], catalogue)) > 1:
        rest = found[2].strip().rstrip("?.! ")
        return [f"{rest}, {', '.join(names[:-1])} or {names[-1]}"]
    two = _OF_THE_TWO.search(question)
    return [f"{question[: two.start()]} {question[two.end() :].replace(',', '', 1)}"] if two else []


def _names(text: str, catalogue: Catalogue) -> list[str]:
    """The names that a text is made of; none if anything in it is no name."""
    names = [n for n in _LINK.split(text.strip()) if n]
    return names if names and all(catalogue.find(n) for n in names) else []
