"""Who the people of an article work for, and who says what is quoted.

``Nvidia chief Jensen Huang``, ``Ada Ortiz, founder of Hexlane`` and ``Elon Musk's xAI`` tell whose
``his company`` is later, and whose ``we`` stands in what that person says.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.language import FUNCTION_WORDS
from kg.extraction.rules.lexicon import words
from kg.model import EntityKind

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OWN = re.compile(
    r"['’]s?\s+$|['’]s\s+(?:[\w-]+\s+){0,3}(?:company|firm|start-?up|lab|venture)\s+$"
)
_SAID = "said|says|adds|added|wrote|writes|explained|explains|noted|argued|argues|continued|stated|commented"
_SAYS = re.compile(
    rf"^(?:\s?,[^,;.]{{2,80}},)?\s(?:also\s|later\s|then\s)?(?:told|{_SAID})\b", re.IGNORECASE
)
_SAID_BY = re.compile(
    rf"(?:\b(?:{_SAID})\b|\baccording to\b)(?P<title>(?:\s[\w’',-]+){{0,6}})\s$", re.IGNORECASE
)
_FOUNDED = re.compile(
    r"(?:\s?,)?\s(?:who\s)?(?:has\s)?(?:co-?)?(?:founded|runs|heads|leads|started|launched|set up|created)\s",
    re.IGNORECASE,
)
_FOUNDED_BY = re.compile(r"\s?,?\s(?:was\s)?(?:co-?)?(?:founded|run|led)\sby\s", re.IGNORECASE)
_BREAK = re.compile(r"[.;:()\"“”]")
_FORMER = frozenset({"former", "ex", "previously", "late"})


@dataclass(frozen=True, slots=True)
class Post:
    """A person's place in an organisation, told at ``place``."""

    person: str
    organisation: Name
    place: int


class Posts:
    """The posts that an article tells, in order of place, and the speakers of its sentences."""

    def __init__(self, text: str, sentences: Sequence[tuple[int, int, Sequence[Name]]]) -> None:
        self._posts: list[Post] = []
        self._speakers: dict[int, Name] = {}
        for index, (start, end, names) in enumerate(sentences):
            self._posts += _posts(text, end, names)
            speaker = _speaker(text, start, end, names)
            if speaker is not None:
                self._speakers[index] = speaker

    def organisation(self, person: Name, place: int) -> Name | None:
        """Whom the person works for: the post told last before the place, else the first after it."""
        posts = [p for p in self._posts if p.person == person.name]
        before = [p for p in posts if p.place <= place]
        if before:
            return before[-1].organisation
        return posts[0].organisation if posts else None

    def speaker(self, sentence: int) -> Name | None:
        """Who says what the sentence tells, as named there: a person or an organisation."""
        return self._speakers.get(sentence)


def _posts(text: str, end: int, names: Sequence[Name]) -> list[Post]:
    found: list[Post] = []
    for position, (one, other) in enumerate(itertools.pairwise(names)):
        between = text[one.end : other.start]
        if _employer(one) and _human(other):
            titled = _is_post(between.removeprefix("'s").removeprefix("’s"))
            own = other.is_person and _OWN.fullmatch(between)
            if titled or own or _FOUNDED_BY.fullmatch(between):
                found.append(Post(other.name, one, other.start))
        elif _human(one) and _employer(other):
            follows = names[position + 2].start if position + 2 < len(names) else end
            after = text[other.end : min(follows, other.end + 60)]
            if _FOUNDED.fullmatch(between):
                found.append(Post(one.name, other, one.start))
                continue
            listed = re.fullmatch(r"\s?,\s", between) and _TITLE_AFTER.match(after)
            if listed or _OWN.fullmatch(between) or _is_post_at(between):
                found.append(Post(one.name, other, one.start))
    return found


_TITLE_AFTER = re.compile(
    r"(?:['’]s)?\s(?:[\w-]+\s){0,3}?(?:CEO|CFO|CTO|COO|chief|president|chair\w*|(?:co-?)?founder|boss|head|director)\b",
    re.IGNORECASE,
)


def _is_post(between: str) -> bool:
    """Whether the words between an organisation and a person are the person's title."""
    found = [w.lower() for w in _WORD.findall(between)]
    if _BREAK.search(between) or "," in between.rstrip(" ,") or len(found) > 7:
        return False
    return _has_title(found) and all(w in _title_words() for w in found)


def _is_post_at(between: str) -> bool:
    """Whether the words between a person and an organisation say ``, chief of research at``."""
    found = [w.lower() for w in _WORD.findall(between)]
    if found[-1:] == ["the"]:
        found.pop()
    if _BREAK.search(between) or not re.match(r"\s?,\s", between) or len(found) > 10:
        return False
    if found[-1:] not in (["of"], ["at"], ["for"]) or not _has_title(found):
        return False
    other = [w for w in found if w not in _title_words()]
    return len(other) < 3 and not any(w in FUNCTION_WORDS for w in other)


def _has_title(found: Sequence[str]) -> bool:
    return not _FORMER & set(found) and any(w in words("posts", "title") for w in found)


def _title_words() -> frozenset[str]:
    return words("posts", "title") | words("posts", "title_word")


def _human(name: Name) -> bool:
    return name.is_person or (name.kind is None and name.entity is None and " " in name.name)


def _employer(name: Name) -> bool:
    return (
        name.is_organisation
        and not name.is_person
        and name.owner != ""
        and name.kind is not EntityKind.GOVERNMENT
    )


def _speaker(text: str, start: int, end: int, names: Sequence[Name]) -> Name | None:
    """The person or organisation beside a verb of saying; of several the last."""
    found: Name | None = None
    for name in names:
        if not (name.is_person or _employer(name)) or name.is_place:
            continue
        if _SAYS.match(text[name.end : end]):
            found = name
            continue
        said = _SAID_BY.search(text[start : name.start])
        if said is None:
            continue
        title = [w.lower() for w in _WORD.findall(said["title"])]
        if all(w in _title_words() for w in title):
            found = name
    return found
