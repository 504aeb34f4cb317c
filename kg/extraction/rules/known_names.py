"""How far a name of the registry goes on, and what it is with that: the version of a model, ``Vision Fund``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.rules.authorities import Hit
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
    if name.is_place:
        return _at_place(text, found, hit, taken)
    if name.is_authority or name.is_person:
        return name, after
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
        return firm if firm is not None and not titled else (name, after)
    if titled:
        return name, after
    end = after
    while end < len(found) and end not in taken:
        piece, gap = found[end], found[end].start - found[end - 1].end
        if piece.glued or gap != 1:
            break
        if piece.text in words("names", "title") or piece.text in words("names", "never"):
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
    if last in words("names", "organisation_suffix") or last in words("names", "investor_suffix"):
        kind = (
            EntityKind.INVESTOR
            if last in words("names", "investor_suffix")
            else EntityKind.ORGANISATION
        )
        if last in words("names", "legal_form"):
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
    text: str, found: Sequence[Piece], name: Name, after: int, taken: dict[int, Hit]
) -> tuple[Name, int] | None:
    """``Falcon Labs``: a firm, and none of the models called by its first word."""
    if name.kind is not EntityKind.MODEL or after in taken or after >= len(found):
        return None
    last = found[after]
    if last.start - name.end != 1 or last.text not in words("names", "firm_suffix"):
        return None
    longer = text[name.start : last.end]
    kind = EntityKind.INVESTOR if last.text in words("names", "investor_suffix") else None
    kind = kind or EntityKind.ORGANISATION
    return Name(longer, name.start, last.end, longer, None, kind), after + 1


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


def _at_place(
    text: str, found: Sequence[Piece], hit: Hit, taken: dict[int, Hit]
) -> tuple[Name, int]:
    """A place, or what is called after it: ``Heidelberg University``, ``Boston Omaha Corp``."""
    name, _, after = hit
    end = after
    while (
        end < len(found)
        and end not in taken
        and found[end].start - found[end - 1].end == 1
        and not found[end].glued
        and found[end].text[0].isupper()
        and found[end].text.lower() not in FUNCTION_WORDS
        and end - after < 4
    ):
        end += 1
    insurer = end == after + 1 and found[after].text == "Re"
    if end == after or not (
        insurer or found[end - 1].text in words("names", "organisation_suffix")
    ):
        return name, after
    stop = found[end - 1].end
    longer = text[name.start : stop]
    suffix = found[end - 1].text
    if suffix in words("names", "authority_suffix"):
        kind = EntityKind.AUTHORITY
    elif suffix in words("names", "investor_suffix"):
        kind = EntityKind.INVESTOR
    else:
        kind = EntityKind.ORGANISATION
    return Name(longer, name.start, stop, longer, None, kind), end
