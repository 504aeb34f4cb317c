"""Train the relation classifier: ``python -m kg.training --shared ../shared``."""

from __future__ import annotations

import pickle
from pathlib import Path

import click

from kg.extraction.relations.classifier import WEIGHTS
from kg.extraction.rules.gazetteer import Gazetteer
from kg.registry import bundled
from kg.resources import data_dir
from kg.training import fitting, sources
from kg.training.examples import Example


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), required=True, help="Folder of the articles and gold labels.")
@click.option("--cache", type=click.Path(path_type=Path), help="Keep the examples here, to fit again.")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("kg/extraction/relations/weights"))
def main(shared: Path, cache: Path | None, output: Path) -> None:
    """Read the labelled texts, fit, and write the weights."""
    if cache is not None and cache.exists():
        found: list[Example] = pickle.loads(cache.read_bytes())  # noqa: S301 - written by this command
    else:
        found = gather(shared)
        if cache is not None:
            cache.write_bytes(pickle.dumps(found))
    click.echo(f"{len(found)} pairs, {sum(bool(e.labels) for e in found)} of them related", err=True)
    data = fitting.matrix(found)
    output.mkdir(parents=True, exist_ok=True)
    kept = fitting.write(fitting.fit(data), data.names, output / WEIGHTS)
    click.echo(f"{kept} of {len(data.names)} features kept in {output / WEIGHTS}", err=True)


def gather(shared: Path) -> list[Example]:
    """All examples, in a fixed order."""
    registry = bundled()
    gazetteer = Gazetteer(registry)
    own = data_dir() / "training"
    return [
        *sources.from_articles(own / "labels.jsonl", shared / "articles" / "news.jsonl", gazetteer),
        *sources.from_gold(shared / "gold" / "sentences.jsonl", gazetteer),
        *sources.from_core(shared / "gold" / "core.train.jsonl", gazetteer),
        *sources.from_templates(own / "templates.jsonl", registry, gazetteer),
    ]


if __name__ == "__main__":
    main()
