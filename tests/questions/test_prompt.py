"""The prompt and the shell's completion, as somebody types into them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from kg.cli.completion import LIMIT
from kg.cli.prompt import EXAMPLES, NameCompleter, converse
from tests.questions.test_questions import answered


@pytest.fixture
def at_home(
    industry_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The store of the industry, and a home of its own for the history."""
    monkeypatch.setenv("KG_STORE", str(industry_store))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    yield tmp_path


def typed(text: str) -> None:
    """Hold a conversation in which this is typed, to its end."""
    with create_pipe_input() as keys:
        keys.send_text(text)
        with create_app_session(input=keys, output=DummyOutput()):
            converse()


def test_a_conversation_answers_one_question_after_the_other(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed("Who backs Cohere?\nWhich labs does Microsoft hate?\n\nWho owns M12?\nexit\n")
    out, err = capsys.readouterr()
    assert "Oracle" in out
    assert "Microsoft" in out.splitlines()[-1]
    assert "could not place: hate" in err
    history = next(at_home.rglob("history")).read_text(encoding="utf-8")
    assert "+Who backs Cohere?" in history


def test_an_error_ends_the_question_and_not_the_conversation(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed("--help\nWho backs Cohere?\nquit\n")
    assert "Oracle" in capsys.readouterr().out


def test_every_example_offered_is_understood() -> None:
    for example in EXAMPLES:
        assert answered(example).understood, example


@pytest.mark.parametrize(
    ("before", "offered", "replaced"),
    [
        ("Who backs Mis", "Mistral AI", 3),
        ("Who backs Scale A", "Scale AI", 7),
        ("Which labs does andreessen ho", "Andreessen Horowitz", 13),
    ],
)
def test_names_are_offered_for_the_words_before_the_cursor(
    industry_store: Path, before: str, offered: str, replaced: int
) -> None:
    completer = NameCompleter(str(industry_store))
    found = list(completer.get_completions(Document(before), CompleteEvent()))
    assert (offered, -replaced) in {(c.text, c.start_position) for c in found}


def test_an_empty_line_is_offered_examples(industry_store: Path) -> None:
    completer = NameCompleter(str(industry_store))
    found = list(completer.get_completions(Document(""), CompleteEvent()))
    assert tuple(c.text for c in found) == EXAMPLES


def completed(store: Path, *words: str) -> list[str]:
    """What bash is offered for the last of some words."""
    environment = os.environ | {
        "_KG_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["kg", *words]),
        "COMP_CWORD": str(len(words)),
        "KG_STORE": str(store),
    }
    done = subprocess.run(
        [Path(sys.executable).with_name("kg")],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


def test_the_shell_completes_commands_and_names(industry_store: Path) -> None:
    assert {"show", "sparql", "stats", "serve"} <= set(completed(industry_store, "s"))
    assert completed(industry_store, "show", "Mist") == ["Mistral AI", "Mistral Large"]
    assert "Nvidia" in completed(industry_store, "path", "Microsoft", "Nvi")
    assert len(completed(industry_store, "timeline", "")) <= LIMIT


def test_completion_needs_no_store(tmp_path: Path) -> None:
    assert completed(tmp_path / "none", "show", "Mist") == []
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_its_script(shell: str) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("kg")],
        env=os.environ | {"_KG_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "_KG_COMPLETE" in done.stdout
