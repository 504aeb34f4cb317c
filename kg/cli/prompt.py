"""Questions one after the other, with completion of names and a history."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import click
import platformdirs
from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory

from kg.cli.options import build_if_missing, default_store, say
from kg.model import KgError
from kg.records import Catalogue
from kg.store import open_store

EXAMPLES = (
    "Which labs does Microsoft back?",
    "Who invests in Mistral AI?",
    "Who distributes Mistral AI's models?",
    "Which regulators are looking at Microsoft?",
    "How much did Microsoft invest in Mistral AI?",
)


class NameCompleter(Completer):
    """Offers the names of the graph that begin with the words before the cursor."""

    def __init__(self, location: str) -> None:
        self._location = location

    @cached_property
    def _names(self) -> list[str]:
        with open_store(self._location).read() as reader:
            return sorted({e.name for e in Catalogue(reader).entities()}, key=str.casefold)

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        before = document.text_before_cursor
        if not before.strip():
            for example in EXAMPLES:
                yield Completion(example, start_position=-len(before))
            return
        words = [m.start() for m in re.finditer(r"\S+", before)]
        for start in words[-4:]:
            typed = before[start:]
            if len(typed) < 2:
                continue
            found = [n for n in self._names if n.casefold().startswith(typed.casefold())]
            for name in found[:20]:
                yield Completion(name, start_position=-len(typed))


def converse() -> None:
    """Ask for questions until the end of input; an error ends the question, not the talk."""
    from kg.cli.commands.ask import command as ask

    location = default_store()
    build_if_missing(location)
    folder = Path(platformdirs.user_data_dir("kg", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(folder / "history")),
        auto_suggest=AutoSuggestFromHistory(),
        completer=NameCompleter(location),
        complete_while_typing=True,
    )
    say("Ask in plain English; Tab completes names, Ctrl-D ends.")
    while True:
        try:
            question = session.prompt("kg> ").strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if question in ("exit", "quit"):
            return
        if not question:
            continue
        try:
            ask.main(["--store", location, "--", question], prog_name="kg", standalone_mode=False)
        except click.ClickException as error:
            error.show()
        except KgError as error:
            say(f"kg: {error}")
