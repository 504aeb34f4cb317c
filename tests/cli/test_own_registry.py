"""A registry of one's own: added from the command line, or brought as YAML and CSV."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import registry
from kg.cli import group
from kg.model import EntityKind, KgError
from kg.pipeline.setup import registry_for
from tests.conftest import Ran

TEXT = "Microsoft has invested $5 million in Zorblax Labs. Zorblax Labs is based in Oslo.\n"


def kg(*arguments: str, store: Path, **env: str) -> Ran:
    ran = CliRunner().invoke(group, arguments, env={"KG_STORE": str(store), **env})
    error = ran.exception if isinstance(ran.exception, KgError) else ""
    return Ran(ran.exit_code, ran.stdout, f"{ran.stderr}{error}")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    assert kg("ingest", str(folder / "article.txt"), store=folder / "store").code == 0
    return folder / "store"


def backed_by_microsoft(store: Path) -> list[str]:
    ran = kg("ask", "Which labs does Microsoft back?", "--format", "json", store=store)
    return [answer["id"].rpartition("/")[2] for answer in json.loads(ran.out)["answers"]]


def test_an_added_entity_takes_the_place_of_the_unknown_one(store: Path) -> None:
    ran = kg(
        "add", "entity", "Zorblax Laboratories", "--id", "zorblax", "--kind", "lab", "--kind", "company",
        "--names", "Zorblax Labs; Zorblax", "--former", "Zorb Inc", "--ambiguous", "Zorblax",
        "--country", "NO", "--city", "Oslo", "--founded", "2019-05", "--wikidata", "Q42",
        "--source", "https://zorblax.example/about", store=store,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    added = registry_for(store)["zorblax"]
    assert added.kinds == (EntityKind.LAB, EntityKind.COMPANY)
    assert added.names == ("Zorblax Labs", "Zorblax")
    assert (added.former, added.ambiguous) == (("Zorb Inc",), ("Zorblax",))
    assert (added.country, added.city, added.founded) == ("NO", "Oslo", "2019-05")
    assert added.identifiers == (("wikidata", "Q42"),)
    assert backed_by_microsoft(store) == ["zorblax"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--country", "Norway"), "two capital letters"),
        (("--founded", "soon"), "founded 'soon'"),
        (("--parent", "nobody-at-all"), "no id of the registry"),
        (("--ambiguous", "Other"), "ambiguous name 'Other'"),
        (("--wikidata", "42"), "wikidata '42'"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    store: Path, options: tuple[str, str], told: str
) -> None:
    before = list(registry_for(store))
    ran = kg("add", "entity", "Wrong", "--kind", "lab", *options, store=store)
    assert ran.code != 0
    assert told in ran.err
    assert list(registry_for(store)) == before


def test_a_team_brings_files_and_bad_rows_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    yaml = tmp_path / "own.yaml"
    yaml.write_text("- {id: acme-labs, name: Acme Labs, kinds: [lab]}\n", encoding="utf-8")
    table = tmp_path / "own.csv"
    table.write_text("id,name,kinds,developer\nacme-1,Acme 1,model,acme-labs\n", encoding="utf-8")
    monkeypatch.setenv("KG_REGISTRY", f"{yaml}:{table}")
    known = registry_for(tmp_path / "store")
    assert known["acme-1"].developer == "acme-labs"
    assert len(known) == len(registry.bundled()) + 2
    table.write_text("id,name,kinds,developer\nacme-1,Acme 1,modle,nobody\n", encoding="utf-8")
    with pytest.raises(registry.RegistryError) as caught:
        registry_for(tmp_path / "store")
    assert f"{table}:2: acme-1: unknown kind 'modle'" in str(caught.value)
