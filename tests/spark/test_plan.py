"""What is decided before Spark is asked: which reader, which settings, what is told of a failure."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import group
from kg.spark import corpus
from kg.spark.corpus import Corpus, Listed, display
from kg.spark.session import SparkError, is_local, settings
from kg.spark.session import _cause as cause


@pytest.mark.parametrize(
    ("uri", "ending"),
    [
        ("file:/data/a%20b/News.JSONL", ".jsonl"),
        ("s3a://bucket/x.jsonl.gz", ".jsonl"),
        ("hdfs://host/crawl.warc.gz", ".warc"),
        ("file:/data/part-0.snappy.parquet", ".parquet"),
        ("file:/data/README", ""),
    ],
)
def test_the_ending_decides_on_the_reader(uri: str, ending: str) -> None:
    assert Listed(0, uri, 1).ending == ending


def test_every_ending_that_is_known_is_asked_for_in_either_case() -> None:
    pattern = corpus._pattern((".md", ".jsonl"))
    assert pattern == (
        "*{.[mM][dD],.[mM][dD].[gG][zZ],.[jJ][sS][oO][nN][lL],.[jJ][sS][oO][nN][lL].[gG][zZ]}"
    )


def test_places_are_told_as_people_write_them() -> None:
    assert display("file:///data/a%20b/x.jsonl") == "/data/a b/x.jsonl"
    assert display("file:/data/x.jsonl") == "/data/x.jsonl"
    assert display("s3a://bucket/a%20b") == "s3a://bucket/a b"


def test_what_is_there_is_no_pattern(tmp_path: Path) -> None:
    odd = tmp_path / "a [1] {x}*"
    odd.mkdir()
    assert corpus._path(str(odd)).endswith(r"a \[1\] \{x\}\*")
    assert corpus._path("s3a://bucket/2026-*/") == "s3a://bucket/2026-*/"
    for name in ("-", "https://example.org/news"):
        with pytest.raises(SparkError, match="a cluster reads files"):
            corpus._path(name)


def test_the_work_is_divided_by_size_within_bounds() -> None:
    def tasks(size: int) -> int:
        return Corpus(None, (Listed(0, "file:/x.jsonl", size),), (), {}).tasks(2)

    assert tasks(10) == 8
    assert tasks(100 << 20) == 100
    assert tasks(400 << 30) == 20_000


def test_on_one_machine_nothing_listens_beyond_loopback() -> None:
    for master in ("local[*]", "spark://127.0.0.1:7077", "spark://localhost:7077"):
        assert settings(master)["spark.driver.bindAddress"] == "127.0.0.1"
        assert settings(master)["spark.driver.host"] == "127.0.0.1"
    assert "spark.driver.bindAddress" not in settings("spark://cluster.example:7077")


def test_a_task_is_tried_again_in_one_process_too() -> None:
    assert [settings(m)["spark.master"] for m in ("local", "local[2]", "local[*]")] == [
        "local[1,4]",
        "local[2,4]",
        "local[*,4]",
    ]
    assert settings("local[2,9]")["spark.master"] == "local[2,9]"
    assert settings("yarn")["spark.master"] == "yarn"
    assert is_local("local[2]")
    assert not is_local("yarn")


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("[PATH_NOT_FOUND] Path does not exist: file:/x. SQLSTATE: 42K03\n\nJVM stack", "[PATH_NOT_FOUND] Path does not exist: file:/x. SQLSTATE: 42K03"),
        (
            "An exception was thrown from the Python worker:\nTraceback (most recent call last):\n"
            '  File "x.py", line 1\nkg.spark.session.SparkError: the worker on h has extractor rules 1',
            "the worker on h has extractor rules 1",
        ),
        (
            "An error occurred while calling o1.parquet.\n: org.apache.spark.SparkException: Job "
            "aborted.\n\tat x\nCaused by: java.io.IOException: No space left on device\n\t... 9 more",
            "java.io.IOException: No space left on device",
        ),
        ("", "no reason given"),
    ],
)  # fmt: skip
def test_a_failure_is_told_in_one_line(message: str, told: str) -> None:
    assert cause(message) == told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["extract", "-o", "out"], "--output goes with --engine spark"),
        (["extract", "--engine", "spark"], "--engine spark needs --output"),
        (["extract", "--engine", "spark", "--explain"], "--explain does not go with"),
        (["ingest", "--engine", "spark", "--batch", "9"], "--batch does not go with"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: list[str], told: str) -> None:
    ran = CliRunner().invoke(group, [*options, "story.txt"])
    assert ran.exit_code == 2
    assert told in ran.output
