"""A stream whose beginning can be looked at before it is read."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import BinaryIO


class Peekable:
    """A stream of bytes whose beginning can be looked at before it is read."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile) -> None:
        self._stream = stream
        self._head = b""

    def peek(self, count: int) -> bytes:
        while len(self._head) < count:
            more = self._stream.read(count - len(self._head))
            if not more:
                break
            self._head += more
        return self._head

    def read(self, count: int = -1) -> bytes:
        if count < 0:
            head, self._head = self._head, b""
            return head + self._stream.read()
        parts = [self._head[:count]]
        self._head = self._head[count:]
        missing = count - len(parts[0])
        while missing > 0 and (more := self._stream.read(missing)):
            parts.append(more)
            missing -= len(more)
        return b"".join(parts)

    def readline(self, limit: int = -1) -> bytes:
        if not self._head:
            return self._stream.readline(limit)
        end = self._head.find(b"\n") + 1 or len(self._head)
        end = min(end, limit) if limit >= 0 else end
        line, self._head = self._head[:end], self._head[end:]
        if line.endswith(b"\n") or len(line) == limit:
            return line
        return line + self._stream.readline(limit - len(line) if limit >= 0 else -1)


class Counted:
    """A stream of bytes that tells ``on_bytes`` how many were read, each time some are."""

    def __init__(self, stream: BinaryIO, on_bytes: Callable[[int], None]) -> None:
        self._stream = stream
        self._on_bytes = on_bytes

    def read(self, count: int = -1) -> bytes:
        data = self._stream.read(count)
        self._on_bytes(len(data))
        return data

    def readline(self, limit: int = -1) -> bytes:
        line = self._stream.readline(limit)
        self._on_bytes(len(line))
        return line
