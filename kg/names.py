"""One spelling for every way of writing a name.

``fold`` is the key under which names are stored and looked up; two names are the same
for the system exactly if they fold alike.
"""

from __future__ import annotations

import re
import unicodedata

_LEGAL_FORM = re.compile(
    r"[\s,]+(?:inc|incorporated|corp|corporation|ltd|limited|plc|llc|lp|llp|co|pbc|sa|sas|se|gmbh|ag|"
    r"nv|n\.v|b\.v|bv|ab|oy|spa|s\.p\.a|kk|k\.k|pte|pty)\.?$",
    re.IGNORECASE,
)
_ATTORNEY_GENERAL = re.compile(
    r"^(?:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|"
    r"hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|"
    r"michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new (?:hampshire|jersey|mexico|"
    r"york)|(?:north|south) (?:carolina|dakota)|ohio|oklahoma|oregon|pennsylvania|rhode island|"
    r"tennessee|texas|utah|vermont|(?:west )?virginia|washington|wisconsin|wyoming) ag$"
)
_POSSESSIVE = re.compile(r"'s\b|(?<=s)'(?=\s|$)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def fold(name: str) -> str:
    """Case, accents, quotes, possessives, legal forms, leading article and spacing evened out.

    >>> fold("The Mistral AI’s")
    'mistral ai'
    >>> fold("NVIDIA Corp.")
    'nvidia'
    """
    text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", name))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = _POSSESSIVE.sub("", text.replace("’", "'").replace("‘", "'"))
    text = re.sub(r"[‐‑‒–—]", "-", text)
    text = text.replace("&", " and ")
    text = re.sub(r"[^\w+.' -]", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" .'-")
    text = re.sub(r"^the ", "", text)
    if not _ATTORNEY_GENERAL.match(text):  # "Texas AG" is an office, "Siemens AG" a company
        while (shorter := _LEGAL_FORM.sub("", text)) != text and shorter:
            text = shorter
    text = re.sub(r"(?<=\b\w)\.(?=\w\b)|(?<=\b\w)\.(?=\s|$)", "", text)
    return text.strip(" .'-,")
