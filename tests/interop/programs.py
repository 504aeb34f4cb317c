"""What these tests need from Maven Central and PyPI, fetched once into the user's cache.

What cannot be fetched fails the test; what this machine cannot have (no Maven) skips it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import platformdirs
import pytest

CACHE = platformdirs.user_cache_path("ai-industry-kg") / "tests"


def maven(group: str, name: str, version: str, classifier: str = "") -> Path:
    """A jar without what it depends on."""
    jar = CACHE / ("-".join(filter(None, (name, version, classifier))) + ".jar")
    if jar.exists():
        return jar
    if not shutil.which("mvn"):
        pytest.skip(f"{name} is fetched by Maven")
    CACHE.mkdir(parents=True, exist_ok=True)
    artifact = ":".join(filter(None, (group, name, version, "jar", classifier)))
    with TemporaryDirectory(dir=CACHE) as folder:
        program = ["mvn", "-q", "-B"]
        checked([*program, "dependency:get", f"-Dartifact={artifact}", "-Dtransitive=false"])
        copy = [f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"]
        checked([*program, "dependency:copy", *copy])
        (Path(folder) / jar.name).replace(jar)
    return jar


def source(name: str, version: str) -> Path:
    """The source archive of a Python package."""
    archive = CACHE / f"{name}-{version}.tar.gz"
    if not archive.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=CACHE) as folder:
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            checked([*pip, "--no-binary", ":all:", "--dest", folder, f"{name}=={version}"])
            (Path(folder) / archive.name).replace(archive)
    return archive


def checked(command: list[str]) -> None:
    """Run a command; what it says is the test's failure where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr)[-1500:]}")
