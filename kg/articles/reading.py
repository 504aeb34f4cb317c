"""``read``: paths, folders, addresses and standard input in, articles out, lazily."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from kg.articles import sniff
from kg.articles.source import ArticleError, Limits, Source
from kg.articles.streams import Counted, Peekable
from kg.model import Article

_Reader = Callable[[Source], Iterator[Article]]
_NO_ARTICLES = frozenset(
    [
        ".bmp",
        ".css",
        ".csv",
        ".gif",
        ".ico",
        ".jpeg",
        ".jpg",
        ".js",
        ".map",
        ".mp3",
        ".mp4",
        ".png",
        ".py",
        ".svg",
        ".tsv",
        ".ttf",
        ".webp",
        ".woff",
        ".woff2",
        ".yaml",
        ".yml",
        ".toml",
        ".lock",
        ".log",
    ]
)
STDIN = "-"


def read(
    paths: Iterable[str | Path],
    *,
    on_error: Callable[[ArticleError], None],
    limits: Limits | None = None,
    stdin: BinaryIO | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[Article]:
    """The articles of all the inputs, in order, one at a time.

    A path is a file, a folder (read with all below it, sorted by name, hidden files and
    those with the suffix of pictures, styles or code passed over), an address
    (``https://...``) or ``-`` for standard input. What cannot be read goes to
    ``on_error`` as an ArticleError, once for every input or record, and reading goes on.
    ``on_bytes`` is told how much of the files was read, as it is; ``size`` is the sum.
    """
    limits = limits or Limits.from_environment()
    for path in paths:
        try:
            yield from _input(str(path), on_error, limits, stdin, on_bytes)
        except ArticleError as error:
            on_error(error)


def size(paths: Iterable[str | Path], limits: Limits | None = None) -> int | None:
    """The bytes of all the files that ``read`` would read; None where that cannot be known."""
    limits = limits or Limits.from_environment()
    total = 0
    for path in map(Path, paths):
        try:
            if path.is_dir():
                files = _files(path, lambda _: None, limits.depth)
                total += sum(file.stat().st_size for file in files)
            elif path.is_file():
                total += path.stat().st_size
            else:  # an address, a pipe, or not there, which reading will tell
                return None
        except (OSError, ValueError):
            return None
    return total


def _input(
    path: str,
    report: Callable[[ArticleError], None],
    limits: Limits,
    stdin: BinaryIO | None,
    on_bytes: Callable[[int], None] | None,
) -> Iterator[Article]:
    if not path:
        raise ArticleError("an empty path; name a file, a folder or an address")
    if path == STDIN:
        stream = stdin if stdin is not None else sys.stdin.buffer
        yield from articles(Peekable(stream), "standard input", STDIN, report, limits)
    elif path.lower().startswith(("http://", "https://")):
        from kg.articles.web import fetch

        page = fetch(path, limits)
        today = datetime.now(UTC).date().isoformat()
        found = articles(
            Peekable(io.BytesIO(page.body)),
            page.url,
            page.url,
            report,
            limits,
            url=page.url,
            charset=page.charset,
            content_type=page.content_type,
        )
        for article in found:
            yield replace(article, retrieved=today)
    elif Path(path).is_dir():
        yield from _folder(Path(path), report, limits, on_bytes)
    else:
        yield from _file(Path(path), report, limits, on_bytes)


def articles(
    stream: Peekable,
    place: str,
    name: str,
    report: Callable[[ArticleError], None],
    limits: Limits,
    *,
    url: str | None = None,
    charset: str | None = None,
    content_type: str | None = None,
) -> Iterator[Article]:
    """The articles of one open input, whatever its format. Raises ArticleError."""
    try:
        head = stream.peek(sniff.HEAD)
    except OSError as error:
        reason = error.strerror or error
        raise ArticleError(f"{place}: cannot be read: {reason}; check the file") from error
    if what := sniff.other(head):
        raise ArticleError(f"{place}: {what}")
    form = sniff.sniff(name, head, content_type)
    binary = cast(BinaryIO, stream)
    if head.startswith(b"\x1f\x8b") and form is not sniff.Format.WARC:
        binary = cast(BinaryIO, unzipped := Peekable(gzip.GzipFile(fileobj=binary)))
        try:
            form = sniff.sniff(name, unzipped.peek(sniff.HEAD), content_type)
        except (OSError, EOFError, zlib.error) as error:
            raise ArticleError(
                f"{place}: damaged gzip data ({error}); fetch the file again"
            ) from error
        if form is sniff.Format.WARC:
            raise ArticleError(f"{place}: name a compressed WARC file *.warc.gz")
    source = Source(place, name, binary, report, limits, url=url, charset=charset)
    try:
        yield from _reader(form)(source)
    except (OSError, EOFError, zlib.error) as error:
        raise ArticleError(
            f"{place}: cannot be read to its end: {error}; check the file"
        ) from error


def _reader(form: sniff.Format) -> _Reader:
    if form is sniff.Format.JSON:
        form, function = sniff.Format.JSONL, "read_document"
    else:
        function = "read"
    return cast(_Reader, getattr(import_module(f"kg.articles.{form.value}"), function))


def _file(
    path: Path,
    report: Callable[[ArticleError], None],
    limits: Limits,
    on_bytes: Callable[[int], None] | None,
) -> Iterator[Article]:
    try:
        if path.exists() and not (path.is_file() or path.is_fifo()):
            raise ArticleError(
                f"{path}: neither a file nor a folder; pipe its content to - instead"
            )
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ArticleError(f"{path}: cannot be opened: {reason}; check the path") from error
    with stream:
        counted = cast(BinaryIO, Counted(stream, on_bytes)) if on_bytes else stream
        yield from articles(Peekable(counted), str(path), path.name, report, limits)


def _folder(
    folder: Path,
    report: Callable[[ArticleError], None],
    limits: Limits,
    on_bytes: Callable[[int], None] | None,
) -> Iterator[Article]:
    found = False
    for path in _files(folder, report, limits.depth):
        found = True
        try:
            yield from _file(path, report, limits, on_bytes)
        except ArticleError as error:
            report(error)
    if not found:
        raise ArticleError(f"{folder}: no articles in this folder; give files it can read")


def _files(folder: Path, report: Callable[[ArticleError], None], depth: int) -> Iterator[Path]:
    if depth < 0:
        report(
            ArticleError(
                f"{folder}: nested too deeply; name the folder itself or raise KG_LIMIT_DEPTH"
            )
        )
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        report(ArticleError(f"{folder}: cannot be listed: {error.strerror}; check its permissions"))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path), report, depth - 1)
        elif entry.is_file() and Path(entry.name).suffix.lower() not in _NO_ARTICLES:
            yield Path(entry.path)
