"""XML that every parser takes, whatever the literals in it hold.

XML 1.0 has no way to write most control characters, by reference neither; U+FFFD stands in for
them. A carriage return, which parsers would read as a line feed, is written as a reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO

_UNFIT = re.compile(
    rb"[\x00-\x08\x0b-\x1f]|\xef\xbf[\xbe\xbf]|&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));"
)
_BEGUN = re.compile(rb"(?:\xef\xbf?|&(?:#x?[0-9a-fA-F]{0,7})?)\Z")
_REPLACEMENT = "\ufffd".encode()


def fit(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """XML in UTF-8, in pieces that may break anywhere, without what XML cannot hold."""
    rest = b""
    for piece in pieces:
        whole, rest = _divided(rest + piece)
        yield whole
    if rest:
        yield rest


class XmlOutput:
    """A stream that writes XML on to another as ``fit`` does; ``finish`` writes the last of it."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._rest = b""

    def write(self, data: bytes) -> int:
        """Write what is whole and keep the beginning of a character."""
        whole, self._rest = _divided(self._rest + data)
        self._output.write(whole)
        return len(data)

    def flush(self) -> None:
        """Flush the stream behind."""
        self._output.flush()

    def finish(self) -> None:
        """Write what was kept."""
        self._output.write(self._rest)
        self._rest = b""


def _divided(data: bytes) -> tuple[bytes, bytes]:
    """The data made fit, and what at its end may be the beginning of something unfit."""
    begun = _BEGUN.search(data, max(0, len(data) - 10))
    end = begun.start() if begun else len(data)
    return _UNFIT.sub(_instead, data[:end]), data[end:]


def _instead(match: re.Match[bytes]) -> bytes:
    if match[0] == b"\r":
        return b"&#13;"
    if match.lastindex is None:
        return _REPLACEMENT
    code = int(match[1], 16) if match[1] else int(match[2])
    allowed = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return match[0] if allowed or 0x10000 <= code < 0x110000 else _REPLACEMENT
