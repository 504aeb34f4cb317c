"""Small inputs of every format, and one way of reading them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.articles import ArticleError, Limits, read
from kg.model import Article

Reading = tuple[list[Article], list[str]]
Reader = Callable[..., Reading]


@pytest.fixture
def reading(tmp_path: Path) -> Reader:
    """``reading(name, data)`` writes a file, reads it, gives articles and error messages."""

    def run(name: str, data: bytes | str, **limits: int | bool) -> Reading:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_all(str(path), **limits)

    return run


def read_all(*paths: str, stdin: bytes | None = None, **limits: int | bool) -> Reading:
    errors: list[ArticleError] = []
    stream = io.BytesIO(stdin) if stdin is not None else None
    articles = list(
        read(paths, on_error=errors.append, limits=Limits(**limits), stdin=stream)  # type: ignore[arg-type]
    )
    return articles, [str(error) for error in errors]


def pdf(*pages: str, stream: bytes | None = None) -> bytes:
    """A PDF with the lines of each page set in Helvetica; or with a given content stream."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, text in enumerate(pages):
        lines = "".join(
            f"({line.translate({40: '', 41: '', 92: ''})}) Tj T*\n" for line in text.split("\n")
        )
        content = stream or zlib.compress(f"BT /F1 12 Tf 14 TL 72 720 Td\n{lines}ET".encode())
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(
            f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n".encode()
            + content
            + b"\nendstream"
        )
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return out


def warc(*responses: tuple[str, str, bytes], compressed: bool = True) -> bytes:
    """An archive of responses, each an address, a content type and a body."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    for url, kind, body in responses:
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2024-03-01T10:00:00Z"},
        )
        writer.write_record(record)
    return out.getvalue()
