"""All names of a sentence: those of the registry, and stretches of capitals that name something unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extraction.rules.authorities import Descriptions, Hit, with_appositions
from kg.extraction.rules.extents import whole
from kg.extraction.rules.figures import is_currency
from kg.extraction.rules.gazetteer import Gazetteer, Name, is_version
from kg.extraction.rules.language import FUNCTION_WORDS, is_word
from kg.extraction.rules.letters import called_x
from kg.extraction.rules.lexicon import first_names, table, words
from kg.extraction.rules.people import with_people
from kg.extraction.rules.tokens import Piece
from kg.model import EntityKind

_ACRONYM_END = frozenset({"AI", "ML", "AG", "SA"})
_JOINERS = frozenset({"-", "&", ".", "+", "'", "’"})


@dataclass(frozen=True, slots=True)
class Casing:
    """What an article's own spelling tells: words seen in small letters, words seen as names."""

    lower: frozenset[str]
    names: frozenset[str]


def find_names(
    text: str,
    found: Sequence[Piece],
    gazetteer: Gazetteer,
    descriptions: Descriptions,
    casing: Casing,
    hits: Sequence[Hit] | None = None,
) -> list[Name]:
    """The names among the pieces of one sentence, in order, without overlap.

    ``hits`` are those that the gazetteer finds, where it has been asked.
    """
    every, found = found, _without_tickers(text, found)
    if hits is None or len(found) < len(every):
        hits = gazetteer.scan(text, found)
    scanned = [h for h in hits if not _is_end_of_longer(found, h)]
    scanned = sorted(scanned + called_x(text, found, gazetteer), key=lambda h: h[1])
    known = _with_descriptions(scanned, descriptions.scan(text, found))
    titled = is_titled(found, known)
    taken = {i: hit for hit in known for i in range(hit[1], hit[2])}
    names: list[Name] = []
    index = 0
    while index < len(found):
        hit = taken.get(index)
        if hit is not None:
            name, after = _extend_known(text, found, hit, taken, gazetteer, titled)
            names.append(name)
            index = max(after, index + 1)
            continue
        after = _run(found, index, taken, casing, titled)
        if after > index:
            name_or_none = _guess(text, found, index, after, gazetteer, titled)
            if name_or_none is not None:
                names.append(name_or_none)
            index = after
            continue
        index += 1
    if not titled:
        names = whole(text, found, names)
    return with_appositions(text, with_people(text, found, names))


_CURRENCY = re.compile(r"\b(?:US|U\.S\.|A|AU|C|CA|HK|S|NZ|NT|R|CN)(?=[$¥])")
_TICKER = re.compile(
    r"\((?:NASDAQ|Nasdaq|NYSE|LSE|LON|TSE|TYO|HKEX|HKG|SEHK|TSX|ASX|SSE|KRX|BSE|NSE|XETRA|OTC\w*|Euronext[\w ]*)"
    r"(?: [A-Z]\w+)?:\s?[\w.]+[^()]{0,30}\)"
)


def _without_tickers(text: str, found: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces but for those of ``(NASDAQ: AMD)`` and of ``US$``, which name nobody."""
    if not found:
        return found
    places = [
        m.span()
        for pattern in (_TICKER, _CURRENCY)
        for m in pattern.finditer(text, found[0].start, found[-1].end)
    ]
    return [p for p in found if not any(a <= p.start < b for a, b in places)] if places else found


def _is_end_of_longer(found: Sequence[Piece], hit: Hit) -> bool:
    """``Fair Trade Commission``: another commission than the one that goes by that word alone."""
    name, index, after = hit
    if not (name.is_authority and name.ambiguous and after - index == 1 and index):
        return False
    before = found[index - 1]
    return (
        found[index].text in words("names", "authority_suffix")
        and before.text[0].isupper()
        and before.text.lower() in words("authorities", "watched")
        and found[index].start - before.end == 1
    )


def _with_descriptions(known: list[Hit], described: list[Hit]) -> list[Hit]:
    """Known names, but for those inside a description that they do not name: ``Poland`` in ``Poland's watchdog``."""
    if not described:
        return known
    kept: list[Hit] = []
    for hit in described:
        inside = [k for k in known if k[1] < hit[2] and hit[1] < k[2]]
        named = any(
            k[0].is_authority and not k[0].ambiguous and k[2] - k[1] > 1 and k[2] >= hit[2]
            for k in inside
        )
        if not named:
            known = [k for k in known if k not in inside]
            kept.append(hit)
    return sorted(known + kept, key=lambda k: k[1])


def is_titled(found: Sequence[Piece], known: Sequence[Hit]) -> bool:
    """Whether the sentence is written in Title Case, so that capitals tell nothing.

    A title writes all but its small words with a capital; a plain sentence full of names has a
    verb in small letters.
    """
    inside = {i for _, start, after in known for i in range(start, after)}
    ordinary = [p.text for i, p in enumerate(found) if i not in inside and p.text.isalpha()]
    small = sum(w[0].islower() for w in ordinary if w not in FUNCTION_WORDS)
    capitals = [w for w in ordinary if w[0].isupper() and len(w) > 3]
    if len(capitals) < 3 or small > 0.12 * (small + len(capitals)):
        verbs = words("names", "headline")
        return not small and any(p.text in verbs for p in found[1:-1])
    return any(map(is_word, capitals))


def _namey(piece: Piece, position: int, casing: Casing, titled: bool) -> bool:
    word = piece.text
    lowered = word.lower()
    if lowered == word or not (word[0].isalpha() and any(c.isupper() for c in word)):
        return False
    if position and lowered in table("headlines")["verbs"] and word not in casing.names:
        # "X to Acquire Y": a headline's verb
        return False
    if len(word) == 1 and word in "AI":
        return False
    bare = lowered.replace("’", "'").split("'")[0]
    if bare in FUNCTION_WORDS or word in ("Series", "SERIES"):
        return False
    if word in words("names", "month") or word in words("names", "day"):
        return False
    if word in table("names")["nationality"]:
        return False
    if titled:
        return (not is_word(word) and not word.isupper()) or word in casing.names
    if position == 0:
        return word in casing.names or not (is_word(bare) or bare in casing.lower)
    return True


def _run(
    found: Sequence[Piece],
    index: int,
    taken: dict[int, tuple[Name, int, int]],
    casing: Casing,
    titled: bool,
) -> int:
    """Index after the stretch of name-like pieces that begins at ``index``; ``index`` where none does."""
    piece = found[index]
    position = (
        0
        if index == 0
        or (
            found[index - 1].text in ('"', "“", "‘", ":", "*", "-", "–", "—", "#", "(", "[")
            and index <= 2
        )
        else 1
    )
    word = piece.text
    starts = _namey(piece, position, casing, titled)
    if (
        not starts
        and position == 0
        and not titled
        and word[0].isupper()
        and word.lower() not in FUNCTION_WORDS
    ):
        # A sentence's first word counts if what follows is name-like too: "Crunchy Data said".
        following = found[index + 1] if index + 1 < len(found) else None
        nationality = word in table("names")["nationality"]
        starts = (
            following is not None
            and not word.lower().endswith(("ing", "ed", "ly"))
            and (word in casing.names or word.lower() not in casing.lower)
            and index + 1 not in taken
            and not nationality
            and word not in words("names", "title")
            and word not in words("names", "day")
            and word not in words("names", "month")
            and word.lower() not in words("names", "opener")
            and _namey(following, 1, casing, titled)
            and following.text not in words("names", "never")
            and following.text not in words("names", "title")
            and following.start - piece.end == 1
        )
    if not starts and not titled:
        starts = _odd_start(found, index)
    if not starts:
        starts = _numbered(found, index)
    if not starts or word in words("names", "title") or _is_co_office(found, index):
        return index
    if word in ("AI", "A.I."):
        return index
    after = index + 1
    while after < len(found):
        if after in taken:
            break
        here, before = found[after], found[after - 1]
        gap = here.start - before.end
        if gap > 1 or (gap == 0 and here.glued):
            break
        if is_currency(here.text) and after + 1 < len(found) and found[after + 1].text[0].isdigit():
            break
        if here.text in _JOINERS and gap <= 1 and after + 1 < len(found) and after + 1 not in taken:
            following = found[after + 1]
            tight = gap == 0 and following.start == here.end
            if here.text == "&" and _namey(following, 1, casing, titled):
                after += 2
                continue
            if (
                tight
                and here.text in "-."
                and (
                    (
                        following.text[0].isupper()
                        and following.text not in words("names", "never")
                        and not _deal_ahead(found, after + 2)
                    )
                    or (here.text == "-" and len(before.text) == 1 and following.text.isalpha())
                    or (
                        here.text == "."
                        and following.text in ("ai", "com", "io", "co", "AI", "dev", "net", "org")
                    )
                    or (here.text == "-" and following.text[0].isdigit())
                    or (
                        here.text == "."
                        and before.text[-1].isdigit()
                        and following.text[0].isdigit()
                    )
                )
            ):
                after += 2
                continue
            break
        if (
            here.text in ("of", "for")
            and found[after - 1].text in words("names", "authority_head")
            and after + 1 < len(found)
        ):
            following = found[after + 1]
            if (
                _namey(following, 1, casing, titled)
                or following.text in table("names")["nationality"]
            ):
                after += 2
                continue
            if (
                following.text == "the"
                and after + 2 < len(found)
                and _namey(found[after + 2], 1, casing, titled)
            ):
                after += 3
                continue
        if here.text == "and" and piece.text in words("names", "authority_head"):
            # "House of Lords Communications and Digital Committee"
            end = after + 1
            while end < len(found) and end not in taken and _namey(found[end], 1, casing, titled):
                end += 1
            if end > after + 1 and found[end - 1].text in words("names", "authority_suffix"):
                after = end
                continue
        if _namey(here, 1, casing, titled) or (titled and _ends_in_ai(found, after)):
            if here.text in words("names", "title"):
                break
            after += 1
            continue
        if (
            is_version(here.text)
            and here.text[0].isdigit()
            and gap == 1
            and not _counts(found, after)
        ):
            after += 1
            continue
        break
    return after


def _ends_in_ai(found: Sequence[Piece], index: int) -> bool:
    """``Quillot AI to Buy``, where "AI" belongs to the name rather than to what follows it."""
    if found[index].text != "AI":
        return False
    following = found[index + 1].text if index + 1 < len(found) else "."
    verbs = words("names", "headline")
    return (
        not following[0].isalnum() or following.lower() in FUNCTION_WORDS or following in verbs
    ) and following not in ("Co", "Co-Founder")


_NUMBERED = re.compile(r"\d{1,4}[A-Z]{0,2}")


def _numbered(found: Sequence[Piece], index: int) -> bool:
    """``5Y Capital``, ``1789 Capital``, ``500 Global``: funds whose names begin with a number."""
    if index + 1 >= len(found) or not _NUMBERED.fullmatch(found[index].text):
        return False
    following = found[index + 1]
    suffixes = words("names", "investor_suffix") - {"Investments", "Investment", "Partners"}
    after = found[index + 2].text if index + 2 < len(found) else ""
    # "20 Capital One branches", "500 Global desks" count what they are before
    ends = not after[:1].isalpha() or after in FUNCTION_WORDS or after.endswith(("ed", "s"))
    gap = following.start - found[index].end
    return gap == 1 and following.text in suffixes | {"Global"} and ends and not after.istitle()


def _is_co_office(found: Sequence[Piece], index: int) -> bool:
    """``Co-Founder X``: the office begins no name."""
    return (
        found[index].text in ("Co", "CO")
        and index + 2 < len(found)
        and found[index + 1].text == "-"
        and found[index + 2].text.lower() in words("names", "office") | {"lead", "head"}
    )


def _deal_ahead(found: Sequence[Piece], index: int) -> bool:
    """``Kroger-Albertsons deal``: the hyphen joins two parties, not one name."""
    return any(p.text.lower() in words("nouns", "deal") for p in found[index : index + 3])


def _counts(found: Sequence[Piece], index: int) -> bool:
    """Whether a figure counts what follows or is money or a date, rather than being a version."""
    text = found[index].text
    if re.fullmatch(r"(?:19|20)\d\d", text):
        return True
    while (
        index + 2 < len(found)
        and found[index + 1].text in (".", ",")
        and found[index + 2].start == found[index].end + 1
        and found[index + 2].text.isdigit()
    ):
        # "2.6 billion"
        index += 2
    following = found[index + 1].text.lower() if index + 1 < len(found) else ""
    return following in (
        "%",
        "percent",
        "million",
        "billion",
        "m",
        "bn",
        "years",
        "people",
        "employees",
        "times",
        "of",
    )


def _odd_start(found: Sequence[Piece], index: int) -> bool:
    """``data.ai``, ``a16z``: names in small letters with a mark of their own."""
    word = found[index].text
    if index == 0 and len(word) > 3 and word.isalpha() and word.islower() and not is_word(word):
        # "deepset, a Berlin company": no other word in small letters begins a sentence
        return len(found) > 1 and found[1].text not in (".", "/", ":", "@", "_", "-")
    if (
        index + 2 < len(found)
        and found[index + 1].text == "."
        and found[index + 2].text in ("ai", "io")
    ):
        tight = (
            found[index].end == found[index + 1].start
            and found[index + 1].end == found[index + 2].start
        )
        return tight and word.isalpha()
    return False


def _guess(
    text: str, found: Sequence[Piece], index: int, after: int, gazetteer: Gazetteer, titled: bool
) -> Name | None:
    while (
        after > index
        and found[after - 1].text in ("AI", "API", "APIs", "GPU", "GPUs", "CPU", "CPUs")
        and after - index == 1
    ):
        return None
    pieces = found[index:after]
    if _odd_start(found, index) and found[index + 1].text == ".":
        after = index + 3
        pieces = found[index:after]
    start, end = pieces[0].start, pieces[-1].end
    surface = text[start:end]
    texts = [p.text for p in pieces]
    if is_currency(surface) and any(p.text[0].isdigit() for p in found[after : after + 1]):
        # "a fine of GBP 7 million"
        return None
    the = f"The {surface}" if index and found[index - 1].text.lower() == "the" else surface
    paper = len(texts) > 1 and texts[-1] in words("names", "paper")
    if paper or surface in words("names", "publisher") or the in words("names", "publisher"):
        return Name(surface, start, end, surface, None, EntityKind.PRODUCT, owner="")
    if surface.replace("-", " ") in words("names", "place"):
        return Name(surface, start, end, surface, None, EntityKind.PLACE)
    if all(t in words("names", "never") or t in _JOINERS or t.isdigit() for t in texts):
        return None
    if len(texts) == 1 and len(surface) == 1:
        return None
    if len(texts) == 1 and re.fullmatch(r"[A-Z]{2,}s", surface):
        # "ISAs", "SoCs": several of a kind are nobody's name
        return None
    if len(texts) > 1 and texts[-1] in words("names", "enactment"):
        return None
    if texts[-1] in ("Models", "LLMs") and len(texts) > 1 and all(is_word(t) for t in texts[:-1]):
        # "Foundation Models", "Large Language Models"
        return None
    kind, owner = _kind(surface, texts, gazetteer)
    if kind is None and index and found[index - 1].text.lower() in _OWNERS:
        # "its Trainium chips", "our Fellows program"
        kind = EntityKind.PRODUCT
    return Name(surface, start, end, surface, None, kind, owner)


_VERSIONED = re.compile(r"[\s\d.-]")
_OWNERS = frozenset({"its", "their", "our", "his", "her", "my", "your"})


def _kind(
    surface: str, texts: Sequence[str], gazetteer: Gazetteer
) -> tuple[EntityKind | None, str | None]:
    for stem, developer in table("names")["model_family"].items():
        versioned = surface == stem or _VERSIONED.match(surface, len(stem))
        if versioned and surface.startswith(stem) and gazetteer.registry.get(developer):
            return EntityKind.MODEL, developer
    last = texts[-1]
    if texts[0] in ("University", "Institute", "Bank") and len(texts) > 2:
        return EntityKind.ORGANISATION, None
    if last in words("names", "authority_suffix") or (
        texts[0] in words("names", "authority_head") and len(texts) > 2
    ):
        return EntityKind.AUTHORITY, None
    if last in words("names", "investor_suffix") and len(texts) > 1:
        return EntityKind.INVESTOR, None
    if last in words("names", "organisation_suffix") or last in _ACRONYM_END:
        return EntityKind.ORGANISATION if len(texts) > 1 else None, None
    if texts[0] in first_names() and 1 < len(texts) <= 4:
        return EntityKind.PERSON, None
    return None, None


def _versioned(name: Name) -> EntityKind:
    """What a name with a version is: ``Claude 4`` and ``ChatGPT-4`` are models, ``iOS 18`` is not."""
    talks = name.entity is not None and name.entity.id in _NAMED_AS_MODELS
    return name.kind if name.kind is EntityKind.PRODUCT and not talks else EntityKind.MODEL


_NAMED_AS_MODELS = frozenset({"chatgpt", "bard", "le-chat", "claude-app", "gemini-app"})


def _extend_known(
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
                and not (piece.text[0].isdigit() and _counts(found, end))
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
        return name, after
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
        ) and not (end > after and is_version(piece.text) and not _counts(found, end)):
            break
        if piece.text.lower() in FUNCTION_WORDS or piece.text in first_names():
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
    owner = name.entity.id if name.entity else None
    return Name(
        longer, name.start, found[end - 1].end, longer, None, EntityKind.PRODUCT, owner
    ), end


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
    if end == after or found[end - 1].text not in words("names", "organisation_suffix"):
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
