"""A file appears whole or not at all: full disks, limits, interruptions, pipes, links."""

from __future__ import annotations

import errno
import io
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.export import FORMATS, ExportError, export_graph
from kg.export.target import writing
from tests.conftest import ROOT, kg
from tests.export.graphs import small

HUGE = """
import resource, signal, sys
from pathlib import Path
import networkx as nx
from kg.export import export_graph
graph = nx.MultiDiGraph()
for n in range(3000):
    graph.add_edge(f"a{n}", "b", key=f"r{n}", kind="release", label="releases", note="x" * 300)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
export_graph(graph, Path(sys.argv[1]))
"""


class Full(io.RawIOBase):
    """A disk with room for a hundred bytes."""

    def __init__(self, number: int) -> None:
        self._left = 100
        self._number = number

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise OSError(self._number, os.strerror(self._number))
        return len(data)


@pytest.mark.parametrize("name", ["graph.gexf", "graph.graphml", "graph.csv", "graph.json"])
def test_a_file_that_may_grow_no_further_leaves_what_was_there(tmp_path: Path, name: str) -> None:
    before = {p.name for p in [tmp_path / name, tmp_path / "graph-edges.csv"]}
    for old in before:
        (tmp_path / old).write_text("what was there", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", HUGE, str(tmp_path / name)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert "cannot be written" in done.stderr and "choose another place" in done.stderr
    assert {p.name for p in tmp_path.iterdir()} == before
    assert {p.read_text(encoding="utf-8") for p in tmp_path.iterdir()} == {"what was there"}


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "the disk is full; free some space"),
        (errno.EDQUOT, "your quota is used up"),
        (errno.EIO, "choose another place"),
    ],
)
def test_errors_name_the_file_and_the_remedy(tmp_path: Path, number: int, remedy: str) -> None:
    path = tmp_path / "graph.gexf"
    with pytest.raises(ExportError, match=remedy) as raised, writing(path) as stream:
        stream.write(b"half")
        raise OSError(number, os.strerror(number))
    assert str(path) in str(raised.value)
    assert not list(tmp_path.iterdir())


def test_a_device_that_is_full_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(ExportError, match="the disk is full"):
        export_graph(small(), Path("/dev/full"), "gexf")


@pytest.mark.parametrize(
    ("place", "remedy"),
    [("no/such/graph.gexf", "the folder does not exist"), (".", "it is a folder; name a file")],
)
def test_places_that_cannot_be(tmp_path: Path, place: str, remedy: str) -> None:
    with pytest.raises(ExportError, match=remedy):
        export_graph(small(), tmp_path / place, "gexf")


def test_an_error_while_writing_leaves_nothing(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", key="r", kind="release", start="never")
    for name in ("gexf", "csv"):
        with pytest.raises(ExportError, match="relationship r"):
            export_graph(graph, tmp_path / f"graph.{name}")
    assert not list(tmp_path.iterdir())


def test_the_file_keeps_its_rights_and_links_stay_links(tmp_path: Path) -> None:
    path, link = tmp_path / "real.gexf", tmp_path / "link.gexf"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    export_graph(small(), link)
    assert link.is_symlink()
    assert path.read_bytes().startswith(b"<?xml")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    fresh = tmp_path / "fresh.gexf"
    export_graph(small(), fresh)
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o666 & ~mask


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"parquet", "csv"}))
def test_a_stream_that_fails_passes_its_error_on(name: str) -> None:
    with pytest.raises(OSError, match="No space left"):
        export_graph(small(), io.BufferedWriter(Full(errno.ENOSPC), 16), name)


def test_an_interrupted_export_leaves_nothing(tmp_path: Path) -> None:
    slow = HUGE.replace("export_graph(graph, Path(sys.argv[1]))", "").replace(
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))", ""
    )
    # A suite run in the background has SIGINT ignored, and its children with it.
    slow += """
import time
signal.signal(signal.SIGINT, signal.default_int_handler)
def progress(done, total):
    print("begun", flush=True)
    time.sleep(30)
export_graph(graph, Path(sys.argv[1]), progress=progress)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", slow, str(tmp_path / "graph.gexf")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    assert [p.suffix for p in tmp_path.iterdir()] == [".part"]
    process.send_signal(signal.SIGINT)
    process.wait(timeout=20)
    process.stdout.close()
    assert not list(tmp_path.iterdir())


def test_the_reader_of_a_pipe_may_go_away(bundled_store: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "export", "-o", "-", "--format", "gexf"],
        cwd=ROOT,
        env=os.environ | {"KG_STORE": str(bundled_store)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.read(5) == b"<?xml"
    process.stdout.close()
    said = process.stderr.read().decode()
    assert process.wait(timeout=60) == 141
    process.stderr.close()
    assert "Traceback" not in said and "Error" not in said


def test_the_command_writes_and_tells(bundled_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "mistral.svg"
    done = kg("export", "-o", path, "--around", "Mistral AI", store=bundled_store)
    assert done.code == 0, done.err
    assert done.out == ""
    assert "nodes" in done.err and str(path) in done.err
    assert "Mistral AI" in path.read_text(encoding="utf-8")
    both = kg("export", "-o", tmp_path / "g.csv", "--kind", "investment", store=bundled_store)
    assert str(tmp_path / "g-edges.csv") in both.err
    kinds = {
        line.split(",")[3]
        for line in (tmp_path / "g-edges.csv").read_text().splitlines()[1:]
        if line.count(",") > 5 and line.split(",")[2] in ("Directed", "Undirected")
    }
    assert kinds == {"investment"}
    wrong = kg("export", "-o", tmp_path / "g.doc", store=bundled_store)
    assert wrong.code == 1
    assert "stands for no format" in wrong.err
    assert not (tmp_path / "g.doc").exists()
    started = time.monotonic()
    assert kg("export", "-o", "-", "--format", "gexf-lite", store=bundled_store).out.endswith(
        "</gexf>\n"
    )
    assert time.monotonic() - started < 60
