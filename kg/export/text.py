"""Texts made safe for XML: escaped, and free of the characters XML 1.0 forbids."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATTRIBUTE = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}
_CONTENT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTE = re.compile('[&<>"\t\n\r]')
_IN_CONTENT = re.compile("[&<>\r]")


def attribute(text: str) -> str:
    """The text as the value of an XML attribute in double quotes; line breaks survive."""
    # isprintable rules out every forbidden character and runs at the speed of C.
    if text.isprintable() and not ("&" in text or "<" in text or ">" in text or '"' in text):
        return text
    return _IN_ATTRIBUTE.sub(lambda m: _ATTRIBUTE[m[0]], _FORBIDDEN.sub("", text))


def content(text: str) -> str:
    """The text as the content of an XML element."""
    if text.isprintable() and not ("&" in text or "<" in text or ">" in text):
        return text
    return _IN_CONTENT.sub(lambda m: _CONTENT[m[0]], _FORBIDDEN.sub("", text))


def token(text: str) -> str:
    """One line: every run of white space becomes one space."""
    return " ".join(text.split())
