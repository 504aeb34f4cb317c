"""A Spark session as this package needs it, and its failures in words a person can act on."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import KgError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LOCAL = re.compile(r"local(?:\[(?P<threads>\*|\d+)\])?")
_LOOPBACK = re.compile(r"spark://(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]):\d+")
_TRIES = 4
"""How often a task is tried: as on a cluster, so in one process."""
_LOGGING = Path(__file__).with_name("log4j2.properties")


class SparkError(KgError):
    """Spark is not there, does not start, or has given up."""


def is_local(master: str) -> bool:
    """Whether driver and workers are one process on this machine."""
    return master.startswith("local")


def settings(master: str) -> dict[str, str]:
    """What a session is configured with, beyond the user's own ``spark-defaults.conf``.

    With everything on this machine, nothing listens beyond loopback.
    """
    found = {
        "spark.app.name": "kg",
        "spark.master": _retrying(master),
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
        "spark.sql.session.timeZone": "UTC",
        # Rows are whole articles: few to a batch.
        "spark.sql.execution.arrow.maxRecordsPerBatch": "500",
        # A task's files appear when its job is done, all or none.
        "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "1",
    }
    if is_local(master) or _LOOPBACK.fullmatch(master):
        found |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    return found


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """A session on ``master`` (``local[*]``, ``spark://host:7077``, ``yarn``, ``k8s://...``).

    The workers' Python is PYSPARK_PYTHON, else this one. Whatever Spark raises inside the
    block comes out as a SparkError; a session that was there already is used and left alone.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkError(
            "--engine spark needs pyspark: pip install 'ai-industry-kg[spark]'"
        ) from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise SparkError("Spark needs Java 17 or later: install it, or set JAVA_HOME")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    wanted = settings(master)
    if "spark.driver.bindAddress" in wanted:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with explained(master):
        existing = SparkSession.getActiveSession()
        builder = SparkSession.builder
        for key, value in wanted.items():
            builder = builder.config(key, value)
        spark = existing or builder.getOrCreate()
        try:
            yield spark
        finally:
            if existing is None:
                spark.stop()


@contextmanager
def explained(master: str) -> Iterator[None]:
    """Turn what Spark raises into SparkError with the cause alone."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as error:
        raise SparkError(f"Spark ({master}): {_cause(str(error))}") from error


def _cause(message: str) -> str:
    """The one line of a message that tells: a worker's own last word, else the first."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    if ours := re.findall(r"^(?:\w+\.)*\w*Error: (.+)$", message, re.MULTILINE):
        return str(ours[-1])
    causes = [line for line in lines if line.startswith("Caused by: ")]
    told = causes[-1].removeprefix("Caused by: ") if causes else (lines or ["no reason given"])[0]
    if "JAVA_GATEWAY_EXITED" in told:
        return "Java did not start; Spark needs version 17 or later"
    return told[:500]


def _retrying(master: str) -> str:
    """``local[2]`` tries a task once, and one broken article would end the job."""
    found = _LOCAL.fullmatch(master)
    return f"local[{found['threads'] or 1},{_TRIES}]" if found else master
