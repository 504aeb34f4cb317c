"""The built wheel in an environment of its own answers from the data it carries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "PYTHON"))}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment | {"HOME": str(cwd)},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = run(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        folder,
        ROOT,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    [path] = folder.glob("*.whl")
    return path


@pytest.mark.slow
def test_ontology_and_data_travel_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "data"):
        here = {
            f"kg/_bundled/{p.relative_to(ROOT).as_posix()}"
            for p in (ROOT / folder).rglob("*")
            if p.is_file() and "__pycache__" not in p.parts
        }
        assert here <= names


@pytest.mark.slow
def test_it_answers_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    assert run(sys.executable, "-m", "venv", environment, cwd=tmp_path).returncode == 0
    python = environment / "bin" / "python"
    locked = ROOT / "constraints.txt"
    done = run(python, "-m", "pip", "install", "--require-hashes", "-r", locked, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = run(python, "-m", "pip", "install", "--no-deps", wheel, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    question = "Which labs does Microsoft back?"
    kg = environment / "bin" / "kg"
    done = run(kg, "ask", question, "--format", "json", "--store", tmp_path / "s", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Mistral AI" in {a["name"] for a in json.loads(done.stdout)["answers"]}
