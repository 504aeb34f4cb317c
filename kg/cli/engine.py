"""``--engine spark``: the options that send a command's work to a cluster, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from kg.cli.options import say

if TYPE_CHECKING:
    from kg.spark import Job, Outcome

_LOCAL_ONLY = ("output_format", "processes", "explain", "batch")
F = TypeVar("F", bound=Callable[..., Any])


def engine_options(function: F) -> F:
    """``--engine``, ``--master`` and ``--output``."""
    for option in (
        click.option(
            "--output",
            "-o",
            metavar="DIR|URI",
            help="With --engine spark: the folder for facts and quads, on any file system that "
            "Spark knows.",
        ),
        click.option(
            "--master",
            envvar="KG_SPARK_MASTER",
            metavar="URL",
            help="Where Spark runs: local[*], spark://HOST:PORT, yarn, k8s://...; local[*] if not "
            "given (environment: KG_SPARK_MASTER).",
        ),
        click.option(
            "--engine",
            type=click.Choice(["local", "spark"]),
            default="local",
            show_default=True,
            help="What does the work: this process, or Spark (docs/scale.md).",
        ),
    ):
        function = option(function)
    return function


def job(engine: str, paths: tuple[str, ...], extractor: str, **given: str | None) -> Job | None:
    """The job that the options ask Spark for; None if they ask for none.

    Raises click.UsageError for options that do not go with the engine.
    """
    context = click.get_current_context()
    if engine != "spark":
        if given["output"]:
            raise click.UsageError("--output goes with --engine spark")
        return None
    for option in context.command.params:
        given_here = context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
        if option.name in _LOCAL_ONLY and given_here:
            raise click.UsageError(f"{option.opts[0]} does not go with --engine spark")
    from kg.spark import Job

    return Job(paths, given["output"] or "", given["master"] or "local[*]", extractor)


def extract_on_spark(asked: Job, location: str) -> int:
    """``kg extract --engine spark``: facts and quads to a folder. Exit code 3 if inputs failed."""
    from kg.pipeline.setup import linker_for
    from kg.spark import extract

    if not asked.output:
        raise click.UsageError("--engine spark needs --output, a folder for facts and quads")
    return _tell(extract(asked, linker_for(location)))


def ingest_on_spark(asked: Job, location: str) -> int:
    """``kg ingest --engine spark``: the same into a store."""
    from kg.pipeline.setup import linker_for
    from kg.spark import ingest

    outcome, report = ingest(asked, location, linker_for(location))
    code = _tell(outcome)
    say(
        f"stored: {report.added:,} new, {report.replaced:,} replaced, "
        f"{report.unchanged:,} unchanged articles"
    )
    return code


def _tell(outcome: Outcome) -> int:
    for problem in outcome.problems:
        say(f"kg: {problem.message}")
    if (more := outcome.failures - len(outcome.problems)) > 0:
        say(f"kg: and {more:,} more; all of them are in {outcome.output}/problems")
    say(
        f"{outcome.articles:,} articles ({outcome.repeats:,} repeated), {outcome.facts:,} facts, "
        f"{outcome.statements:,} statements, {outcome.quads:,} quads; {outcome.unread:,} figures not "
        f"read, {outcome.refused:,} statements refused, {outcome.unreadable:,} inputs not read, "
        f"{outcome.poisoned:,} articles given up"
    )
    took = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in outcome.seconds.items())
    say(f"{outcome.output}: {took}; the model was loaded {outcome.loads:,} times")
    return 3 if outcome.failures else 0
