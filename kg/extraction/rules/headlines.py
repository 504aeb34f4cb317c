"""Headlines put as sentences: ``A, B sign deal`` reads ``A and B signed deal`` to the parser.

The small model takes the verb of a headline for a noun, and a comma for "and" is lost on it.
Only what stands at the head of the sentence is rewritten, name by name and verb next to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kg.extraction.rules.lexicon import table

_MOST_NAMES = 4


def of_authority(
    words: Sequence[str], is_authority: Callable[[int], bool], is_name: Callable[[int], bool]
) -> dict[int, str]:
    """``Watchdog raids A``, ``EU regulators to probe A``: the verb as in a sentence; empty for others.

    ``EU probes into A`` keeps its noun.
    """
    if len(words) < 3 or not is_authority(0):
        return {}
    verbs = table("headlines")["authority_verbs"]
    if words[1] == "to" and words[2].lower() in verbs:
        return {1: "will", 2: words[2].lower()}
    verb = words[1].lower()
    third = third_person(verb, verbs)
    if third is not None and (is_name(2) or words[2].lower() in _BEFORE_A_NAME):
        return {1: verbs[third]}
    return {}


def third_person(word: str, verbs: Iterable[str]) -> str | None:
    """The verb of which a word in small letters is the form in -s: ``eye`` of ``eyes``."""
    return next((v for v in verbs if word in (v + "s", v + "es", v[:-1] + "ies")), None)


_BEFORE_A_NAME = frozenset(
    {
        "the",
        "a",
        "an",
        "us",
        "chinese",
        "tech",
        "ai",
        "antitrust",
        "probe",
        "inquiry",
        "investigation",
    }
    | {"formal", "new", "in", "criminal", "privacy", "cease", "fine", "record"}
)


def passive(words: Sequence[str], is_name: Callable[[int], bool]) -> dict[int, str]:
    """``A acquired by B``, ``A sold to B``: the participle as in a sentence; empty for others."""
    if len(words) < 4 or not is_name(0) or words[2].lower() not in ("by", "to"):
        return {}
    verb = words[1].lower()
    allowed = table("headlines")["sold" if words[2].lower() == "to" else "passives"]
    return {1: f"was {verb}"} if verb in allowed else {}


def approved(words: Sequence[str]) -> dict[int, str]:
    """In a title, ``A's Purchase of B Approved by C``: the participle as in a sentence."""
    passives = table("headlines")["passives"]
    for at in range(2, len(words) - 2):
        if words[at].lower() in passives and words[at + 1].lower() == "by":
            before = words[at - 1].lower()
            if before not in _BE and before[-1:].isalnum():
                return {at: f"was {words[at].lower()}"}
    return {}


_BE = frozenset({"was", "is", "be", "been", "being", "are", "were", "gets", "got", "not"})


def _lead(words: Sequence[str], is_name: Callable[[int], bool]) -> int:
    """How many words go before who does it: ``Sources: A``, ``Poland's A``, ``B-backed A``."""
    if len(words) < 5 or is_name(1):
        return 0
    if words[1] == ":" and not is_name(0):
        return 2
    if words[1] in ("'s", "’s") and is_name(2):
        return 2
    backed = words[1] == "-" and words[2].lower() in ("backed", "owned", "based", "led")
    return 3 if backed and is_name(3) else 0


def headline(
    words: Sequence[str],
    is_name: Callable[[int], bool],
    is_last: Callable[[int], bool],
    titled: bool,
) -> dict[int, str]:
    """Index of a word -> what it reads instead; empty where the sentence begins in no such way.

    ``is_name`` tells whether the word at an index is an organisation's name, ``is_last``
    whether it ends the sentence, ``titled`` whether it is in Title Case.
    """
    at, count, joined = _lead(words, is_name), 0, []
    while at < len(words) and is_name(at) and count < _MOST_NAMES:
        count += 1
        at += 1
        if at + 1 < len(words) and words[at] in (",", "and", "&") and is_name(at + 1):
            joined.append(at)
            at += 1
        elif (
            at + 2 < len(words) and words[at] == "," and words[at + 1] == "and" and is_name(at + 2)
        ):
            at += 2
        else:
            break
    if not count or at >= len(words) or is_last(at):
        return {}
    instead = {joined[-1]: "and"} if joined else {}
    verb, verbs = words[at].lower(), table("headlines")["verbs"]
    if verb == "to" and at + 1 < len(words) and words[at + 1].lower() in verbs:
        return {**instead, at: "will", at + 1: words[at + 1].lower()}
    if count > 1 and verb in verbs:
        return {**instead, at: verbs[verb]}
    if count > 1 and verb == "back" and (is_name(at + 1) or words[at + 1] in ("the", "a", "an")):
        # "A and B back the drone maker"
        return {**instead, at: "backed"}
    third = third_person(verb, verbs)
    if count == 1 and third is not None:
        return {at: verbs[third]}
    return {**instead, **_in_title(words, at, count)} if titled else {}


def _in_title(words: Sequence[str], at: int, count: int) -> dict[int, str]:
    """``A Eyes B``, ``A Set to Buy B``, ``A in Talks``, ``A to Be Bought``: the verb, or the one left out."""
    verb, following = words[at].lower(), words[at + 1].lower() if at + 1 < len(words) else ""
    verbs = table("headlines")["title_verbs"]
    third = third_person(verb, verbs)
    if count == 1 and third is not None:
        return {at: verbs[third]}
    if count > 1 and verb in verbs:
        return {at: verbs[verb]}
    if verb == "to" and following == "be":
        return {at: "will"}
    left_out = table("headlines")["without_be"]
    if following in left_out.get(verb, ()):
        return {at: f"{'is' if count == 1 else 'are'} {verb}"}
    return {}
