"""Rules that changed read anew what they have read before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.extraction.rules import RuleExtractor
from kg.extraction.rules.version import fingerprint
from tests.conftest import ROOT

RULES = ROOT / "kg" / "extraction" / "rules"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    copy = tmp_path / "rules"
    shutil.copytree(RULES, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def test_the_same_rules_have_the_same_version(rules: Path) -> None:
    (rules / "__pycache__").mkdir()
    (rules / "__pycache__" / "frames.pyc").write_bytes(b"compiled")
    assert fingerprint("3.8.0", rules) == fingerprint("3.8.0", RULES)
    for path in rules.glob("*.py"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert fingerprint("3.8.0", rules) == fingerprint("3.8.0", RULES)
    assert RuleExtractor().version == RuleExtractor(prefilter=False).version


@pytest.mark.parametrize("name", ["frames.py", "lexicon/modality.yaml", "lexicon/first_names.txt"])
def test_changed_rules_have_another(rules: Path, name: str) -> None:
    with (rules / name).open("a", encoding="utf-8") as file:
        file.write("\n# and another word\n")
    assert fingerprint("3.8.0", rules) != fingerprint("3.8.0", RULES)


def test_another_parser_has_another(rules: Path) -> None:
    assert fingerprint("3.8.0", rules) != fingerprint("3.8.1", rules)


def test_a_file_by_another_name_has_another(rules: Path) -> None:
    (rules / "frames.py").rename(rules / "frame.py")
    assert fingerprint("3.8.0", rules) != fingerprint("3.8.0", RULES)
