"""What the tests drive besides ``kg`` itself, fetched once into the user's cache.

Python and npm packages come from their registries, Chromium from Debian. What this machine can
have and cannot be fetched fails the test; what it cannot have (no Node.js, no Debian) skips it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import platformdirs
import pytest

CACHE = platformdirs.user_cache_path("ai-industry-kg") / "tests"
PLAYWRIGHT = "playwright==1.65.2"
SCHEMATHESIS = "schemathesis==4.32.5"
SPARQLWRAPPER = "SPARQLWrapper==2.0.0"
COMUNICA = "@comunica/query-sparql@5.4.1"
AXE = "axe-core@4.14.1"
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}/usr/share/fonts</dir><dir>/usr/share/fonts</dir>
<cachedir>{0}/font-cache</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class Browser:
    """Where Chromium is, and the environment that it needs besides."""

    path: str
    environment: Mapping[str, str] = field(default_factory=dict)


def python(requirement: str, module: str) -> Any:
    """A module of a Python package that is no dependency of the project; imported and returned."""
    try:
        return import_module(module)
    except ModuleNotFoundError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"

        def install(folder: Path) -> None:
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            _run([*pip, "--target", str(folder), requirement], folder)

        place = _made(f"python-{version}-{requirement.replace('==', '-')}", install)
        if str(place) not in sys.path:
            sys.path.append(str(place))  # behind what the project has pinned
        return import_module(module)


def npm(name: str, *packages: str, **overrides: str) -> Path:
    """A folder with npm packages in ``node_modules``; skips without Node.js."""
    program = shutil.which("npm")
    if program is None or shutil.which("node") is None:
        pytest.skip("Node.js is not here")

    def install(folder: Path) -> None:
        import json

        manifest = json.dumps({"private": True, "overrides": overrides})
        (folder / "package.json").write_text(manifest, encoding="utf-8")
        flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        _run([program, "install", *flags, *packages], folder)

    return _made(f"npm-{name}", install)


def chromium() -> Browser:
    """The system's Chromium, or Debian's unpacked into the cache; skips where there is no Debian."""
    found = os.environ.get("KG_TEST_CHROMIUM") or shutil.which("chromium")
    if found:
        return Browser(found)
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        pytest.skip("Chromium is fetched from Debian; or name one with KG_TEST_CHROMIUM")
    root = _made("chromium", _unpack_chromium)
    libraries = {str(path.parent) for path in root.rglob("*.so*")}
    (root / "fonts.conf").write_text(FONTS.format(root), encoding="utf-8")
    return Browser(
        str(root / "usr/lib/chromium/chromium"),
        {
            "LD_LIBRARY_PATH": os.pathsep.join(sorted(libraries)),
            "FONTCONFIG_FILE": str(root / "fonts.conf"),
        },
    )


def _unpack_chromium(folder: Path) -> None:
    """The browser, a font and all libraries that the system lacks, without installing them."""
    packages = folder / "packages"
    (packages / "partial").mkdir(parents=True)
    fetch = [
        "apt-get", "install", "--download-only", "--yes", "--quiet", "--no-install-recommends",
        "--option", f"Dir::Cache::archives={packages}", "--option", "Debug::NoLocking=1",
        "chromium", "fonts-dejavu-core",
    ]  # fmt: skip
    if subprocess.run(fetch, capture_output=True, timeout=600, check=False).returncode:
        _run(["apt-get", "update"], folder)  # no lists of packages yet, or old ones
        _run(fetch, folder)
    for package in packages.glob("*.deb"):
        _run(["dpkg-deb", "-x", str(package), "."], folder)
    shutil.rmtree(packages)


def _made(name: str, make: Callable[[Path], None]) -> Path:
    """A folder of the cache, whole or not at all however many ask for it at once."""
    place = CACHE / name
    if not place.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        unfinished = Path(mkdtemp(prefix=f"{name}.", dir=CACHE))
        try:
            make(unfinished)
            with suppress(OSError):  # another was faster
                unfinished.rename(place)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return place


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=600, check=False
    )
    if done.returncode:
        said = (done.stdout + done.stderr)[-1500:]
        pytest.fail(f"{' '.join(command)} failed:\n{said}")
