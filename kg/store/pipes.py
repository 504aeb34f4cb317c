"""Messages over the pipes between a process and its workers."""

from __future__ import annotations

import os
import select
import struct
import time
from typing import IO

_HEAD = struct.Struct("!cI")
PIECE = 1 << 16


class LateError(Exception):
    """The time is up."""


CAN_POLL = hasattr(select, "poll")
"""Elsewhere (Windows) a pipe is not waited for with a limit; a timer ends the process instead."""


class Source:
    """A pipe to read from until ``deadline`` (of the monotonic clock), then LateError."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        self._descriptor = -1 if stream is None else stream.fileno()
        self._kept = bytearray()
        self._poll = None
        if CAN_POLL:
            self._poll = select.poll()
            self._poll.register(self._descriptor, select.POLLIN)
        self.deadline = 0.0

    def read(self, length: int) -> bytes:
        """So many bytes; fewer where the pipe ends before."""
        while len(self._kept) < length:
            if self._poll is not None:
                left = self.deadline - time.monotonic()
                if left <= 0 or not self._poll.poll(1000 * left):
                    raise LateError
            piece = os.read(self._descriptor, max(PIECE, length - len(self._kept)))
            if not piece:
                break
            self._kept += piece
        found = bytes(self._kept[:length])
        del self._kept[:length]
        return found


def send(stream: IO[bytes], kind: bytes, body: bytes) -> None:
    """Write a message and pass it on at once."""
    write(stream, kind, body)
    stream.flush()


def write(stream: IO[bytes], kind: bytes, body: bytes) -> None:
    """Write a message: its kind, one byte, and its body."""
    left = memoryview(_HEAD.pack(kind, len(body)) + body)
    while left:  # an unbuffered pipe may take a part
        left = left[stream.write(left) :]


def receive(stream: IO[bytes] | Source) -> tuple[bytes, bytes]:
    """Read a message; EOFError where the pipe ends before it does."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    kind, length = _HEAD.unpack(head)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return kind, body
