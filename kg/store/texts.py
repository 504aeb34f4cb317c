"""The articles' texts beside the graph, seen by readers as of their snapshot.

One SQLite table: a row says what an article is from snapshot ``since`` on; a row without
data says that it is gone. Rows written for a snapshot that was never published are
removed by the next writer, so texts and graph always agree.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.model import Article
from kg.store.errors import StoreDamagedError, explain

_TABLE = """
CREATE TABLE IF NOT EXISTS article (
  id TEXT NOT NULL, since INTEGER NOT NULL, data BLOB, PRIMARY KEY (id, since)
) WITHOUT ROWID
"""
_VERSION = 1


def encode(article: Article) -> bytes:
    """An article as compressed JSON, the same bytes for the same article."""
    values = {key: value for key, value in asdict(article).items() if value is not None}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def decode(data: bytes) -> Article:
    """The article that ``encode`` was given; raises StoreDamagedError on anything else."""
    try:
        return Article(**json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass")))
    except (zlib.error, ValueError, TypeError) as error:
        raise StoreDamagedError(
            f"an article's text cannot be unpacked ({error}); run `kg doctor`"
        ) from error


def _is_readable(data: bytes) -> bool:
    try:
        decode(data)
    except StoreDamagedError:
        return False
    return True


class Texts:
    """The texts as of one snapshot. ``path`` need not exist for reading."""

    def __init__(self, path: Path, version: int) -> None:
        self.path = path
        self.version = version
        self._connection: sqlite3.Connection | None = None
        self._writable = False

    def get(self, article_id: str) -> Article | None:
        """The article with that id, or None."""
        sql = "SELECT data FROM article WHERE id = ? AND since <= ? ORDER BY since DESC LIMIT 1"
        for (data,) in self._select(sql, (article_id, self.version)):
            return None if data is None else decode(data)
        return None

    def __iter__(self) -> Iterator[Article]:
        """All articles, by id."""
        sql = (
            "SELECT data, max(since) FROM article WHERE since <= ? GROUP BY id "
            "HAVING data IS NOT NULL ORDER BY id"
        )
        for data, _ in self._select(sql, (self.version,)):
            yield decode(data)

    def put(self, article: Article) -> bool:
        """Keep an article; False if it is kept just so already."""
        return self._write(article.id, encode(article))

    def remove(self, article_id: str) -> bool:
        """Forget an article; False if there was none."""
        return self._write(article_id, None)

    def commit(self) -> None:
        """Force what was put and removed to disk; the next changes are for the next snapshot."""
        if self._connection is not None:
            try:
                self._connection.commit()
            except sqlite3.Error as error:
                raise self._explained(error) from error

    def open_for_writing(self, newest: int) -> None:
        """Create the file if need be and drop rows of snapshots after ``newest``."""
        try:
            connection = sqlite3.connect(self.path, timeout=10)
            self._connection, self._writable = connection, True
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(_TABLE)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.execute("DELETE FROM article WHERE since > ?", (newest,))
            connection.commit()
        except sqlite3.Error as error:
            raise self._explained(error) from error

    def problem(self) -> str | None:
        """What is wrong with the file, if anything. Reads all of it."""
        try:
            for (found,) in self._select("PRAGMA quick_check(1)", ()):
                if found != "ok":
                    return str(found)
            for (data,) in self._select("SELECT data FROM article WHERE data IS NOT NULL", ()):
                decode(data)
        except StoreDamagedError as error:
            return str(error)
        return None

    def salvage(self, damaged: Path) -> int:
        """Take over every row of a damaged file that can be read; returns how many."""
        origin = Texts(damaged, self.version)
        count = 0
        try:
            for article_id, since, data in origin._select(
                "SELECT id, since, data FROM article", ()
            ):
                if data is None or _is_readable(data):
                    self._insert(article_id, since, data)
                    count += 1
        except StoreDamagedError:
            pass  # what comes after the damage is lost
        finally:
            origin.close()
        self.commit()
        return count

    def forget_before(self, oldest: int) -> None:
        """Drop rows that no snapshot from ``oldest`` on can see, and free their space."""
        if self._connection is None:
            return
        seen = "SELECT max(since) FROM article AS other WHERE other.id = article.id AND since <= ?"
        try:
            self._connection.execute(
                f"DELETE FROM article WHERE since < ({seen}) "  # noqa: S608 - no input in it
                f"OR (data IS NULL AND since <= ? AND since = ({seen}))",
                (oldest, oldest, oldest),
            )
            self._connection.commit()
        except sqlite3.Error as error:
            raise self._explained(error) from error

    def close(self) -> None:
        """Close the file; uncommitted changes are dropped."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _write(self, article_id: str, data: bytes | None) -> bool:
        if self._connection is None or not self._writable:
            raise ValueError("the texts are open for reading only")
        sql = "SELECT data FROM article WHERE id = ? ORDER BY since DESC LIMIT 1"
        try:
            row = self._connection.execute(sql, (article_id,)).fetchone()
            if (row[0] if row else None) == data:
                return False
        except sqlite3.Error as error:
            raise self._explained(error) from error
        self._insert(article_id, self.version, data)
        return True

    def _insert(self, article_id: str, since: int, data: bytes | None) -> None:
        if self._connection is None or not self._writable:
            raise ValueError("the texts are open for reading only")
        try:
            self._connection.execute(
                "INSERT OR REPLACE INTO article VALUES (?, ?, ?)", (article_id, since, data)
            )
        except sqlite3.Error as error:
            raise self._explained(error) from error

    def _select(self, sql: str, parameters: tuple[object, ...]) -> Iterator[tuple[Any, ...]]:
        if self._connection is None:
            if not self.path.exists():
                return
            self._connection = self._open_for_reading()
        try:
            yield from self._connection.execute(sql, parameters)
        except sqlite3.Error as error:
            raise self._explained(error) from error

    def _open_for_reading(self) -> sqlite3.Connection:
        """Read-only where possible; a killed writer's journal needs one read-write opening."""
        last: sqlite3.Error | None = None
        for mode in ("ro", "rw"):
            uri = f"{self.path.absolute().as_uri()}?mode={mode}"
            try:
                connection = sqlite3.connect(uri, uri=True, timeout=10, check_same_thread=False)
                connection.execute("SELECT 1 FROM article LIMIT 1").fetchone()
            except sqlite3.Error as error:
                last = error
            else:
                return connection
        assert last is not None  # noqa: S101 - the loop ran
        raise self._explained(last) from last

    def _explained(self, error: sqlite3.Error) -> Exception:
        return explain(error, self.path) or StoreDamagedError(
            f"{self.path}: {error}; run `kg doctor`"
        )
