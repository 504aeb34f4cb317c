"""Every command explains itself."""

from __future__ import annotations

import re

import click
import pytest

from kg.cli import COMMANDS, group
from tests.conftest import ROOT, kg


def leaves() -> list[tuple[str, click.Command]]:
    context = click.Context(group)
    found = []
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found += [(f"{name} {sub}", c) for sub, c in command.commands.items()]
        else:
            found.append((name, command))
    return found


@pytest.mark.parametrize(("name", "command"), leaves(), ids=[n for n, _ in leaves()])
def test_a_command_has_help_and_an_example(name: str, command: click.Command) -> None:
    assert command.help
    assert re.search(rf"kg {name}", command.help), "give an example"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts} lacks help"


def test_every_command_stands_in_the_readme_or_the_docs() -> None:
    texts = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    told = "\n".join(p.read_text(encoding="utf-8") for p in texts)
    missing = [name for name, _ in leaves() if f"kg {name}" not in told]
    assert not missing


def test_a_wrong_command_is_told_with_what_is_near() -> None:
    ran = kg("exprot")
    assert ran.code == 2
    assert "export" in ran.err
    assert ran.out == ""
