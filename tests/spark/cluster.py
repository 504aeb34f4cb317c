"""A real standalone cluster on loopback: a master, workers, and ``kg`` as its driver.

Spark is half a gigabyte and wants an older pandas than the other tests have, so it lives in a
virtual environment of its own in the user's cache, made from ``constraints.txt`` beside this
file. Everything listens on 127.0.0.1 and is ended by its process id.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs
import pytest

from tests.conftest import ROOT, Ran

HERE = Path(__file__).parent
LOOPBACK = {"0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F"}
"""127.0.0.1, ::1 and ::ffff:127.0.0.1 as /proc/net writes them."""
_LISTENING = "0A"


def python() -> Path:
    """The interpreter that has Spark; made on first use. Skips where there is no Java."""
    if not shutil.which("java"):
        pytest.skip("Spark needs Java 17 or later")
    pins = HERE / "constraints.txt"
    key = hashlib.sha256(pins.read_bytes() + sys.version.encode()).hexdigest()[:12]
    place = platformdirs.user_cache_path("ai-industry-kg") / f"spark-{key}"
    interpreter = place / "bin" / "python"
    if not (place / "ready").exists():
        shutil.rmtree(place, ignore_errors=True)
        uv = [sys.executable, "-m", "uv"]
        _made([*uv, "venv", "--quiet", "--python", sys.executable, str(place)])
        install = ["pip", "install", "--quiet", "--require-hashes", "--python", str(interpreter)]
        _made([*uv, *install, "-r", str(pins)])
        (place / "ready").touch()
    return interpreter


def _made(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    if done.returncode:
        pytest.fail(f"{' '.join(command)}: {done.stderr[-2000:]}")


def environment(*folders: Path) -> dict[str, str]:
    """What Spark's processes are started with; ``folders`` hold further packages."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "SPARK_", "PYSPARK_"))}
    return kept | {
        "PYTHONPATH": os.pathsep.join(map(str, [ROOT, *folders])),
        "PYTHONUTF8": "1",
        "PYSPARK_PYTHON": str(python()),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "127.0.0.1",
    }


@dataclass
class Cluster:
    """A running cluster. ``workers`` are the processes that start executors."""

    url: str
    master: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    folders: tuple[Path, ...] = ()

    def kg(self, *arguments: str | Path, timeout: float = 900) -> Ran:
        """Run ``kg`` with this cluster as the master of whatever asks for Spark."""
        done = subprocess.run(
            [str(python()), "-m", "kg", *map(str, arguments)],
            env=environment(*self.folders) | {"KG_SPARK_MASTER": self.url},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def start_kg(self, *arguments: str | Path) -> subprocess.Popen[str]:
        """The same without waiting for it."""
        return subprocess.Popen(
            [str(python()), "-m", "kg", *map(str, arguments)],
            env=environment(*self.folders) | {"KG_SPARK_MASTER": self.url},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def processes(self) -> set[int]:
        """The master, the workers and everything that they have started."""
        return {p for one in (self.master, *self.workers) for p in (one.pid, *children(one.pid))}

    def kill_worker(self) -> None:
        """End a worker with its executors at once, as a machine does that loses its power."""
        worker = self.workers.pop()
        for pid in (worker.pid, *children(worker.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        worker.wait()


@contextmanager
def cluster(folder: Path, workers: int = 2, *folders: Path) -> Iterator[Cluster]:
    """A master and workers with one core each, ended when the block ends."""
    spark = python().parent / "spark-class"
    port, web = _free_port(), _free_port()
    deploy = "org.apache.spark.deploy"
    surroundings = environment(*folders) | {
        "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
        "SPARK_DAEMON_MEMORY": "256m",
    }
    folder.mkdir(parents=True, exist_ok=True)

    def started(name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [str(spark), *arguments], env=surroundings, cwd=folder, stdout=log, stderr=log
            )

    host = ["--host", "127.0.0.1"]
    url = f"spark://127.0.0.1:{port}"
    running = Cluster(
        url,
        started(
            "master", f"{deploy}.master.Master", *host, "-p", str(port), "--webui-port", str(web)
        ),
        folders=folders,
    )
    try:
        for number in range(workers):
            place = folder / f"worker-{number}"
            options = ["--webui-port", "0", "-c", "1", "-m", "1500m", "-d", str(place)]
            name = f"worker-{number}"
            running.workers.append(started(name, f"{deploy}.worker.Worker", *host, *options, url))
        _await(folder / "master.log", "Registering worker", workers, running)
        yield running
    finally:
        for process in (*running.workers, running.master):
            for pid in (*children(process.pid), process.pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM)
        for process in (*running.workers, running.master):
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def children(pid: int) -> list[int]:
    """All processes below one."""
    try:
        direct = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for task in Path(f"/proc/{pid}/task").iterdir():
            direct += (task / "children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    found = {int(child) for child in direct}
    return [*found, *(below for child in found for below in children(child))]


def listening_beyond_loopback(pids: set[int]) -> list[str]:
    """The addresses, as the kernel writes them, that the processes listen on beyond loopback."""
    sockets: set[str] = set()
    for pid in pids:
        with suppress(FileNotFoundError, PermissionError):
            for descriptor in Path(f"/proc/{pid}/fd").iterdir():
                with suppress(OSError):
                    sockets.add(str(descriptor.readlink()))
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            address = fields[1].split(":")[0]
            ours = fields[3] == _LISTENING and f"socket:[{fields[9]}]" in sockets
            if ours and address not in LOOPBACK:
                found.append(fields[1])
    return found


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _await(log: Path, words: str, times: int, running: Cluster) -> None:
    for _ in range(6000):
        if log.read_text(errors="replace").count(words) >= times:
            return
        for process in (running.master, *running.workers):
            if process.poll() is not None:
                pytest.fail(f"a process of the cluster ended:\n{_logs(log.parent)}")
        time.sleep(0.1)
    pytest.fail(f"the cluster does not come up:\n{_logs(log.parent)}")


def _logs(folder: Path) -> str:
    return "\n".join(p.read_text(errors="replace")[-1500:] for p in sorted(folder.glob("*.log")))
