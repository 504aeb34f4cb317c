"""Bytes to text: encodings found, line ends evened out, nothing left that cannot be stored."""

from __future__ import annotations

import codecs
import re

from kg.articles.source import ArticleError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b")
_HIGH = bytes(range(128, 256))
_WESTERN = {bytes([b]).decode("cp1252", "replace"): bytes([b]) for b in range(128, 192)}
_WESTERN.pop("\ufffd", None)
_TRAILING = re.escape("".join(_WESTERN)) + "\u0080-\u00bf"
_SCRAMBLED = re.compile(
    f"[\u00c2-\u00df][{_TRAILING}]|[\u00e0-\u00ef][{_TRAILING}]{{2}}|\u00f0[{_TRAILING}]{{3}}"
)
# Characters that XML 1.0, and so RDF/XML and GEXF, cannot hold.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decode(data: bytes, place: str, charset: str | None = None, *, exact: bool = False) -> str:
    """The text of a file: byte order mark gone, line ends ``\\n``, whatever its encoding.

    ``charset`` is what the input declares itself, tried after UTF-8. With ``exact`` all
    characters stay as they are but those that cannot be stored. Raises ArticleError for
    what is no text.
    """
    if exact:
        return storable(_decode(data, place, charset))
    text = unscrambled(_decode(data, place, charset))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    return storable(text)


def storable(text: str) -> str:
    """The text with each character that no store can hold replaced by one U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def unscrambled(text: str) -> str:
    """The text with characters mended that were UTF-8 read as Windows-1252 and saved so.

    >>> unscrambled("Acmeâ€™s â‚¬15 million")
    'Acme’s €15 million'
    """
    return _SCRAMBLED.sub(_mended, text) if _SCRAMBLED.search(text) else text


def _mended(found: re.Match[str]) -> str:
    try:
        data = b"".join(_WESTERN.get(c) or c.encode("latin-1") for c in found[0])
        return data.decode("utf-8")
    except UnicodeError:
        return found[0]


def looks_binary(head: bytes) -> bool:
    """Whether the beginning of a file is no text in any common encoding."""
    if not head or head.startswith(tuple(mark for mark, _ in _MARKS)):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if b"\0" in head:
        return not _looks_utf16(head)
    return controls > 4 + len(head) / 50


def _looks_utf16(head: bytes) -> bool:
    """UTF-16 without a mark: every other byte of mostly Latin text is zero."""
    half = len(head) // 2
    zeros = (head[0::2].count(0), head[1::2].count(0))
    return max(zeros) > 0.7 * half and min(zeros) < 0.05 * half


def _decode(data: bytes, place: str, charset: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if looks_binary(data[:65536]):
        raise ArticleError(
            f"{place}: binary data, not text; give text, Markdown, HTML, JSONL, PDF, RSS/Atom or WARC"
        )
    if b"\0" in data[:65536]:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        damaged = error
    if charset:
        # Browsers read these as Windows-1252, so that is what pages mean by them.
        latin = charset.lower().replace("_", "-") in {"iso-8859-1", "latin-1", "latin1", "us-ascii"}
        try:
            return data.decode("cp1252" if latin else charset)
        except (LookupError, UnicodeDecodeError):
            pass
    # A byte here and there lost in transit is no other encoding.
    repaired = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(1 for c in repaired if c > "\x7f")
    if repaired.count("\ufffd") * 5 < beyond_ascii:
        return repaired
    return _guessed(data, place, damaged)


def _guessed(data: bytes, place: str, damaged: UnicodeDecodeError) -> str:
    sample = data[:200_000]
    if len(sample) - len(sample.translate(None, _HIGH)) < len(sample) / 4:
        # English with a few bytes beyond ASCII: what Western tools write when not UTF-8.
        # Guessing by frequency goes wrong on so little evidence.
        return data.decode("cp1252", errors="replace")
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        raise ArticleError(
            f"{place}: byte {damaged.start}: not UTF-8 nor any encoding that could be recognised; "
            f"convert it, for instance with iconv -t UTF-8"
        )
    return data.decode(best.encoding, errors="replace")
