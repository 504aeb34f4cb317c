"""One spelling for every way of writing a name.

``fold`` is the key under which names are stored and looked up; two names are the same
for the system exactly if they fold alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LEGAL_FORM = re.compile(
    r"(?:\s+and)?[\s,]+(?:inc|incorporated|corp|corporation|ltd|limited|plc|llc|lp|llp|co|pbc|sa|sas|"
    r"se|gmbh|ag|nv|bv|ab|oy|spa|kk|pte|pty)\.?$"
)
_SAME_FORM = {"incorporated": "inc", "corporation": "corp", "limited": "ltd"}
_WORD = re.compile(
    r"block|box|browser|discord|elastic|figure|gap|humane|insider|line|match|neon|news|nuance|opera|"
    r"orange|people|rabbit|ramp|replicate|scale|sea|sierra|snap|square|strategy|target|time|together|"
    r"unity|visa|writer"
)
"""Company names that are a plain word without their legal form: "News Corp" is not "news"."""
_ATTORNEY_GENERAL = re.compile(
    r"(?:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|"
    r"hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|"
    r"michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new (?:hampshire|jersey|mexico|"
    r"york)|(?:north|south) (?:carolina|dakota)|ohio|oklahoma|oregon|pennsylvania|rhode island|"
    r"tennessee|texas|utah|vermont|(?:west )?virginia|washington|wisconsin|wyoming) ag"
)
"""The ``AG`` of a US state is its attorney general and no legal form."""
_POSSESSIVE = re.compile(r"'s\b|(?<=s)'(?=\s|$)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_QUOTES = str.maketrans("’‘ʼ＇`´", "''''''")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_DASH = re.compile("[‐‑‒–—−]")
_NOT_IN_NAMES = re.compile(r"[^\w+.' -]")
_SPACE = re.compile(r"\s+")
_INITIAL = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b|\s|$)")
_ARTICLE = re.compile(r"^(?:the )+")
_EDGE = " .'-,"


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Case, accents, quotes, possessives, legal forms, leading article and spacing evened out.

    Folding a folded name changes nothing. A text without a letter or digit folds to "".

    >>> fold("The Mistral AI’s")
    'mistral ai'
    >>> fold("NVIDIA Corp.")
    'nvidia'
    >>> fold("News Corporation")
    'news corp'
    """
    while (folded := _fold(name)) != name:
        name = folded
    return folded


def _fold(name: str) -> str:
    text = _INVISIBLE.sub("", name).translate(_QUOTES)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold().translate(_LETTERS)
    text = _POSSESSIVE.sub("", text.translate(_QUOTES))
    text = _DASH.sub("-", text).replace("&", " and ")
    text = _SPACE.sub(" ", _NOT_IN_NAMES.sub(" ", text)).strip(_EDGE)
    text = _INITIAL.sub("", _ARTICLE.sub("", text))
    return _without_legal_form(text).strip(_EDGE)


def _without_legal_form(text: str) -> str:
    while (form := _LEGAL_FORM.search(text)) and not _ATTORNEY_GENERAL.fullmatch(text):
        stem = text[: form.start()]
        if len(stem) < 2 or _WORD.fullmatch(stem):
            word = form.group().strip(" ,.")
            return f"{stem} {_SAME_FORM.get(word, word)}"
        text = stem
    return text
