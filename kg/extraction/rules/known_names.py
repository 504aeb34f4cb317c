"""How far a name of the registry goes on, and what it is with that: the version of a model, ``Vision Fund``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.rules.called_after import called_after
from kg.extraction.rules.capitals import counts
from kg.extraction.rules.figures import is_currency
from kg.extraction.rules.gazetteer import Gazetteer, Name, is_version
from kg.extraction.rules.language import FUNCTION_WORDS, is_word
from kg.extraction.rules.lexicon import first_names, words
from kg.extraction.rules.tokens import Piece
from kg.model import EntityKind


def _versioned(name: Name) -> EntityKind:
    """What a name with a version is: ``Claude 4`` and ``ChatGPT-4`` are models, ``iOS 18`` is not."""
    talks = name.entity is not None and name.entity.id in _NAMED_AS_MODELS
    return name.kind if name.kind is EntityKind.PRODUCT and not talks else EntityKind.MODEL


_NAMED_AS_MODELS = frozenset({"chatgpt", "bard", "le-chat", "claude-app", "gemini-app"})


def extend_known(
    text: str,
    found: Sequence[Piece],
    hit: tuple[Name, int, int],
    taken: dict[int, tuple[Name, int, int]],
    gazetteer: Gazetteer,
    titled: bool,
) -> tuple[Name, int]:
    """A known name with what belongs to it: the version of a model, ``Vision Fund``, ``Blackwell``."""
    name, _index, after = hit
    if name.is_place or name.is_authority or name.is_person:
        return called_after(text, found, hit, taken, titled)
    if name.is_artefact:
        end = after
        while end < len(found):
            gap = found[end].start - found[end - 1].end
            piece = found[end]
            if end in taken and taken[end][1] == end and not taken[end][0].is_artefact:
                break
            if (
                piece.text in ("-", ".")
                and gap == 0
                and end + 1 < len(found)
                and found[end + 1].start == piece.end
                and (
                    is_version(found[end + 1].text)
                    or found[end + 1].text.isdigit()
                    or found[end + 1].text.lower() in ("pro", "flash", "mini", "image", "lite")
                )
            ):
                end += 2
                continue
            if (
                gap <= 1
                and is_version(piece.text)
                and not piece.glued
                and not (piece.text[0].isdigit() and counts(found, end))
            ):
                end += 1
                continue
            break
        if end > after and name.kind is not EntityKind.PLATFORM:
            stop = found[end - 1].end
            longer = text[name.start : stop]
            known = gazetteer.registry.lookup(longer)
            if known:
                return replace(
                    name, text=longer, end=stop, entity=known[0], name=known[0].name
                ), end
            return (
                Name(
                    longer,
                    name.start,
                    stop,
                    longer,
                    None,
                    _versioned(name),
                    name.owner or (name.entity.id if name.entity else None),
                ),
                end,
            )
        firm = _as_firm(text, found, name, after, taken)
        return firm if firm is not None else called_after(text, found, hit, taken, titled)
    if titled:
        return name, after
    if (end := _of_its_country(text, found, name, after, taken)) > after:
        stop = found[end - 1].end
        return replace(name, text=text[name.start : stop], end=stop), end
    end = after
    while end < len(found) and end not in taken:
        piece, gap = found[end], found[end].start - found[end - 1].end
        if piece.glued or gap != 1:
            break
        never = words("names", "never") - words("names", "legal_form")
        if piece.text in words("names", "title") or piece.text in never:
            break
        if (
            not piece.text[0].isupper()
            or piece.text in words("names", "month")
            or piece.text in words("names", "day")
        ) and not (end > after and is_version(piece.text) and not counts(found, end)):
            break
        if piece.text.lower() in FUNCTION_WORDS or piece.text in first_names():
            break
        if is_currency(piece.text) and end + 1 < len(found) and found[end + 1].text[0].isdigit():
            break
        if piece.text in words("names", "place"):
            break
        end += 1
    if end + 1 < len(found) and found[end].text == "&" and found[end + 1].text == "Co":
        end += 2
    if end == after:
        return _with_mark(text, found, name, after)
    last, stop = found[end - 1].text, found[end - 1].end
    longer = text[name.start : stop]
    if name.is_organisation and text[found[after].start : stop] in words("names", "investing_arm"):
        return Name(longer, name.start, stop, longer, None, EntityKind.INVESTOR), end
    firms = words("names", "organisation_suffix") | words("names", "firm_suffix")
    if last in firms or last in words("names", "investor_suffix"):
        kind = (
            EntityKind.INVESTOR
            if last in words("names", "investor_suffix")
            else EntityKind.ORGANISATION
        )
        if all(p.text in words("names", "legal_form") for p in found[after:end]):
            return _with_mark(text, found, replace(name, text=longer, end=stop), end)
        return Name(longer, name.start, found[end - 1].end, longer, None, kind, None), end
    if found[after].text in ("Foundry", "Cloud"):
        return replace(name, text=longer, end=found[end - 1].end), end
    if name.ambiguous and is_word(name.text):
        # "Magic Lantern": another than the one called by that word
        return Name(longer, name.start, stop, longer), end
    owner = name.entity.id if name.entity else None
    return Name(
        longer, name.start, found[end - 1].end, longer, None, EntityKind.PRODUCT, owner
    ), end


def _as_firm(
    text: str,
    found: Sequence[Piece],
    name: Name,
    after: int,
    taken: dict[int, tuple[Name, int, int]],
) -> tuple[Name, int] | None:
    """``Nova Cellular Co``: a firm, and not the model that the registry knows by its first word."""
    end = after
    while end < len(found) and end not in taken and found[end].text[:1].isupper():
        if found[end].start - found[end - 1].end != 1 or not found[end].text.isalpha():
            break
        end += 1
    forms = words("names", "legal_form") - {"Group", "Technologies", "Holdings"}
    if end == after or found[end - 1].text not in forms:
        return None
    stop = found[end - 1].end
    called = text[name.start : stop]
    return Name(called, name.start, stop, called, None, EntityKind.ORGANISATION, None), end


def _of_its_country(
    text: str,
    found: Sequence[Piece],
    name: Name,
    after: int,
    taken: dict[int, tuple[Name, int, int]],
) -> int:
    """Index after ``of Saudi Arabia`` of ``Public Investment Fund of Saudi Arabia``; else ``after``."""
    if after + 1 not in taken or found[after].text != "of" or not name.entity:
        return after
    place, begins, ends = taken[after + 1]
    where = place.is_place or place.kind is EntityKind.GOVERNMENT
    institution = name.text.split()[-1] in words("names", "organisation_suffix")
    plain = text[name.end : place.start] == " of " and begins == after + 1
    return ends if where and institution and plain else after


def _with_mark(text: str, found: Sequence[Piece], name: Name, after: int) -> tuple[Name, int]:
    """``Microsoft Corp.`` within a sentence: the mark belongs to the name."""
    if (
        after + 1 < len(found)
        and found[after].text == "."
        and found[after].start == name.end
        and found[after - 1].text in words("names", "legal_form")
    ):
        end = found[after].end
        return replace(name, text=text[name.start : end], end=end), after + 1
    return name, after
