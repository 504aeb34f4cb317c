"""The command line: each command parses, calls one function and prints.

A command's module is imported only when the command runs, and imports what is heavy only
where it needs it: a lookup must not pay for the extractor.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from kg.model import KgError

COMMANDS: dict[str, str] = {
    "add": "Add an entity to your own registry.",
    "annotate": "Write an article with its facts marked, to be checked.",
    "ask": "Ask a question in plain English.",
    "backup": "Copy the store to a folder of its own.",
    "conflicts": "List figures that truly contradict one another.",
    "diff": "Show what changed between two dates.",
    "doctor": "Say what is wrong with the store, and mend it.",
    "evaluate": "Score an extractor against labelled texts.",
    "export": "Write the graph for Gephi and other programs.",
    "extract": "Show what articles say, without storing it.",
    "ingest": "Store what articles say.",
    "load": "Load statements that were prepared as quads.",
    "path": "Show how two entities are connected.",
    "restore": "Bring a backup back.",
    "review": "Decide on what is unsure; decisions survive every rebuild.",
    "serve": "Serve pages and a SPARQL endpoint.",
    "show": "Show all that is known of an entity.",
    "sparql": "Run a SPARQL 1.1 query.",
    "stats": "Count what the store holds.",
    "timeline": "Show what is told of an entity, in time.",
    "validate": "Check the store against the ontology's shapes.",
    "why": "Explain which names were taken for an entity.",
}
"""Every command with the line that ``kg --help`` shows; tests hold it to the modules."""


class _ReaderGoneError(Exception):
    """The reader of our output went away; no OSError, for click turns those of pipes into 1."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise _ReaderGoneError from error
        return result

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kg.cli.commands.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, n=2)
            hint = f" Did you mean {' or '.join(near)}?" if near else " See 'kg --help'."
            raise click.UsageError(f"No such command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="ai-industry-kg", prog_name="kg")
@click.pass_context
def group(ctx: click.Context) -> None:
    """A knowledge graph of AI industry relationships.

    Who backs which lab, who distributes whose models, which authority looks at which deal:
    every fact with the sentence that states it.

    \b
    Examples:
      kg ask "Which labs does Microsoft back?"
      kg extract article.txt
      kg ingest articles/ && kg export -o graph.gexf

    Without a command it asks for questions, one after the other.
    """
    if ctx.invoked_subcommand is None:
        if sys.stdin.isatty() and sys.stdout.isatty():
            from kg.cli.prompt import converse

            converse()
        else:
            click.echo(ctx.get_help())


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; errors meant for the user go to stderr with exit code 1."""
    try:
        result: Any = group.main(args=arguments, prog_name="kg", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        sys.exit(1)
    except _ReaderGoneError:
        # What is still buffered must go nowhere, or Python complains of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except OSError as error:
        click.echo(f"kg: {_told(error)}", err=True)
        sys.exit(1)
    sys.exit(result if isinstance(result, int) else 0)


def _told(error: OSError) -> str:
    """What the system refused, where, and what to do."""
    import errno

    remedy = {
        errno.ENOSPC: "free some space, then run the command again",
        errno.EDQUOT: "free some space, then run the command again",
        errno.EACCES: "change the permissions, or choose another place",
        errno.EROFS: "choose another place",
    }.get(error.errno or 0, "check the path")
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}; {remedy}"
