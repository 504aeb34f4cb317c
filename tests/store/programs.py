"""The SPARQL servers that the tests drive, fetched once into the user's cache.

A program that this machine can have and that cannot be fetched fails the test; one that it
cannot have (no Java, no Debian) skips it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs
import pytest

CACHE = platformdirs.user_cache_path("ai-industry-kg")
FUSEKI = "5.6.0"
VIRTUOSO = ("virtuoso-opensource-7-bin", "libminizip1", "libpcre3")
"""Debian packages: the server and the libraries that few machines have."""


@dataclass(frozen=True)
class Program:
    """What a command line begins with, and the environment that it needs besides."""

    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def fuseki() -> Program:
    """Apache Jena Fuseki from Maven Central, or the jar that KG_TEST_FUSEKI names."""
    if not shutil.which("java"):
        pytest.skip("Fuseki needs Java")
    java = ("java", "-Xmx512m", "-jar")
    if named := os.environ.get("KG_TEST_FUSEKI"):
        return Program((*java, named))
    jar = CACHE / f"jena-fuseki-server-{FUSEKI}.jar"
    if not jar.exists():
        if not shutil.which("mvn"):
            pytest.skip("Fuseki is fetched by Maven; or name its jar with KG_TEST_FUSEKI")
        CACHE.mkdir(parents=True, exist_ok=True)
        artifact = f"org.apache.jena:jena-fuseki-server:{FUSEKI}"
        maven = ["mvn", "-q", "-B"]
        _run([*maven, "dependency:get", f"-Dartifact={artifact}", "-Dtransitive=false"])
        _run([*maven, "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={CACHE}"])
    return Program((*java, str(jar)))


def virtuoso() -> Program:
    """Virtuoso 7: the system's, or Debian's package unpacked into the cache without installing."""
    if found := shutil.which("virtuoso-t"):
        return Program((found,))
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        pytest.skip("Virtuoso 7 comes as a Debian package; or put virtuoso-t on the path")
    root = CACHE / "virtuoso-7"
    if not root.exists():
        unfinished = CACHE / f"virtuoso-7.{os.getpid()}"
        unfinished.mkdir(parents=True)
        if subprocess.run(
            ["apt-get", "download", *VIRTUOSO], cwd=unfinished, check=False
        ).returncode:
            _run(["apt-get", "update"])  # no lists of packages yet
            _run(["apt-get", "download", *VIRTUOSO], unfinished)
        for package in unfinished.glob("*.deb"):
            _run(["dpkg-deb", "-x", str(package), "."], unfinished)
        unfinished.rename(root)
    libraries = {str(path.parent) for path in root.rglob("*.so*")}
    found = next(str(path) for path in root.rglob("virtuoso-t"))
    return Program((found,), {"LD_LIBRARY_PATH": os.pathsep.join(sorted(libraries))})


def _run(command: list[str], folder: Path | None = None) -> None:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=600, check=False
    )
    if done.returncode:
        pytest.fail(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr)[-1500:]}")
