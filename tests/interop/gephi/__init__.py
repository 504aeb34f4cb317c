"""Gephi's own toolkit, fetched once from Maven Central, and small Java programs that drive it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest

from tests.interop import programs

TOOLKIT = "0.10.1"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Opened:
    """What Gephi made of one or more files that it put into one workspace.

    ``issues`` are the entries of its import report that complain (level and message),
    ``columns`` maps ``("node" | "edge", title)`` to its type and the number of elements
    that have a value, ``edges`` counts by kind and direction, ``nodes`` by kind.
    """

    issues: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    columns: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    edges: Counter[str] = field(default_factory=Counter)
    nodes: Counter[str] = field(default_factory=Counter)
    dates: dict[str, str] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Gephi:
    """The toolkit with the programs beside this file, compiled."""

    classpath: str

    def open(self, *groups: Sequence[Path]) -> list[Opened]:
        """Import files as Gephi does and tell what it has then.

        The files of a group (nodes before edges) go into one workspace, each group into its own.
        """
        words = [word for files in groups for word in ("--", *files)]
        _, *found = self._run("ImportReport", *words).split("opened\t")
        assert len(found) == len(groups)
        return [_read(text) for text in found]

    def draw(self, graph: Path, picture: Path, steps: int = 1500) -> None:
        """Lay a GEXF file out with Gephi's ForceAtlas2 and draw it as SVG."""
        self._run("Drawing", graph, picture, str(steps))

    def _run(self, program: str, *arguments: Path | str) -> str:
        with TemporaryDirectory() as home:
            java = ["java", "-Xmx1g", "-Djava.awt.headless=true", f"-Dnetbeans.user={home}"]
            done = subprocess.run(
                [*java, "-cp", self.classpath, program, *map(str, arguments)],
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def gephi() -> Gephi:
    """Fetch and compile; skips where there is no Java, fails where the fetching does."""
    if not shutil.which("javac"):
        pytest.skip("Gephi needs a Java development kit")
    jar = programs.maven("org.gephi", "gephi-toolkit", TOOLKIT, "all")
    place = Path(mkdtemp(prefix="gephi-classes."))
    sources = sorted(map(str, _HERE.glob("*.java")))
    programs.checked(["javac", "-nowarn", "-cp", str(jar), "-d", str(place), *sources])
    return Gephi(os.pathsep.join((str(place), str(jar))))


def _read(text: str) -> Opened:
    found = Opened(text=text)
    for what, value in _facts(text):
        name, _, rest = value.partition(" ")
        match what:
            case "issue":
                found.issues.append(value)
            case "edges of kind":
                kind, _, count = value.rpartition(" ")
                found.edges[kind] = int(count)
            case "nodes of kind":
                kind, _, count = value.rpartition(" ")
                found.nodes[kind] = int(count)
            case "node column" | "edge column":
                title, kind, count = value.rsplit(" ", 2)
                found.columns[what.split(" ")[0], title] = (kind, int(count))
            case "dates":
                found.dates[name] = rest
            case _:
                found.facts[what] = value
    return found


def _facts(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        what, tab, value = line.partition("\t")
        if tab:
            yield what, value
