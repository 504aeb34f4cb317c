"""Headlines put as sentences: ``A, B sign deal`` reads ``A and B signed deal`` to the parser.

The small model takes the verb of a headline for a noun, and a comma for "and" is lost on it.
Only what stands at the head of the sentence is rewritten, name by name and verb next to them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.extraction.rules.lexicon import table

_MOST_NAMES = 4


def headline(
    words: Sequence[str], is_name: Callable[[int], bool], is_last: Callable[[int], bool]
) -> dict[int, str]:
    """Index of a word -> what it reads instead; empty where the sentence begins in no such way.

    ``is_name`` tells whether the word at an index is an organisation's name, ``is_last``
    whether it ends the sentence.
    """
    at, count, joined = 0, 0, []
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
    third = next((v for v in verbs if verb in (v + "s", v + "es", v[:-1] + "ies")), None)
    if count == 1 and third is not None:
        return {at: verbs[third]}
    return {}
