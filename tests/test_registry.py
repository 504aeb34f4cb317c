"""The reader of registry files, and the rules that the bundled registry keeps."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg import registry
from kg.model import ARTEFACT_KINDS, ORGANISATION_KINDS, Entity, EntityKind
from kg.names import fold
from kg.registry import Registry, RegistryError
from kg.resources import data_dir

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(text: str, name: str = "own.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def refused(*paths: Path) -> str:
    with pytest.raises(RegistryError) as caught:
        registry.load(paths)
    return str(caught.value)


GOOD = """\
# A comment and a blank line do not disturb the count of lines.

- id: acme-labs
  name: Acme Labs
  kinds: [lab, company]
  names: [Acme, Acme Laboratories]
  former: [Acme Brain Co]
  ambiguous: [Acme]
  country: NO
  city: Oslo
  founded: 2019-05
  identifiers: {wikidata: Q1, ticker: "OSE:ACME"}
  sources: [https://acme.example/about]

- id: roadrunner-1
  name: Roadrunner 1
  kinds: [model]
  developer: acme-labs
  released: 2024
  weights: open
"""


# ------------------------------------------------------------------ reading


def test_yaml_is_read_with_every_field(write: Write) -> None:
    read = registry.load([write(GOOD)])
    assert read["acme-labs"] == Entity(
        id="acme-labs",
        name="Acme Labs",
        kinds=(EntityKind.LAB, EntityKind.COMPANY),
        names=("Acme", "Acme Laboratories"),
        former=("Acme Brain Co",),
        ambiguous=("Acme",),
        country="NO",
        city="Oslo",
        founded="2019-05",
        identifiers=(("ticker", "OSE:ACME"), ("wikidata", "Q1")),
        sources=("https://acme.example/about",),
    )
    assert read["roadrunner-1"].released == "2024"


def test_csv_says_the_same_as_yaml(write: Write) -> None:
    table = write(
        "id,name,kinds,names,former,ambiguous,developer,country,city,founded,released,weights,"
        "wikidata,ticker,sources\n"
        "acme-labs,Acme Labs,lab;company,Acme; Acme Laboratories,Acme Brain Co,Acme,,NO,Oslo,2019-05,,,"
        "Q1,OSE:ACME,https://acme.example/about\n"
        "\n"
        "roadrunner-1,Roadrunner 1,model,,,,acme-labs,,,,2024,open,,,\n",
        "own.csv",
    )
    assert list(registry.load([table])) == list(registry.load([write(GOOD)]))


def test_a_byte_order_mark_and_a_quoted_comma_are_no_trouble(write: Write) -> None:
    table = write('\ufeffid,name,kinds\nacme,"Acme, Inc.",company\n', "own.csv")
    assert registry.load([table])["acme"].name == "Acme, Inc."


def test_an_empty_file_is_an_empty_registry(write: Write) -> None:
    assert len(registry.load([write("# nothing yet\n")])) == 0


def test_the_forms_in_the_documentation_are_read(write: Write) -> None:
    text = (Path(__file__).parents[1] / "docs" / "registry.md").read_text(encoding="utf-8")
    (as_yaml,) = re.findall(r"```yaml\n(.*?)```", text, re.S)
    (as_csv,) = re.findall(r"```csv\n(.*?)```", text, re.S)
    group = write("- {id: acme-group, name: Acme Group, kinds: [company]}\n", "group.yaml")
    one = registry.load([group, write(as_yaml)])["acme-labs"]
    other = registry.load([group, write(as_csv, "own.csv")])["acme-labs"]
    assert (one.kinds, one.names, one.parent) == (other.kinds, other.names, other.parent)
    for kind in EntityKind:
        assert f"`{kind}`" in text


PLAIN = st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\x85\u2028\u2029"),
    min_size=1,
    max_size=20,
).filter(lambda text: fold(text) and text == text.strip())
LOOK_ALIKES = st.sampled_from(
    ["NO", "null", "1.10", "2024-01-01", "yes", "0x1F", "~", "- a", "a: b", "#1"]
)


@settings(deadline=None)
@given(name=PLAIN | LOOK_ALIKES, names=st.lists(PLAIN | LOOK_ALIKES, max_size=3))
def test_whatever_a_name_looks_like_it_stays_a_text(name: str, names: list[str]) -> None:
    assume(fold(name) and all(fold(n) for n in names))
    row = {"id": "x", "name": name, "kinds": ["lab"], "names": names}
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "own.yaml")
        written.write_text(yaml.safe_dump([row], allow_unicode=True), encoding="utf-8")
        read = registry.load([written])["x"]
        assert (read.name, read.names) == (name, tuple(names))
        table = Path(folder, "own.csv")
        with table.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([["id", "name", "kinds"], ["x", name, "lab"]])
        assert registry.load([table])["x"].name == name


# ---------------------------------------------------------------- bad rows


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{id: acme, name: Acme}", "needs 'kinds'"),
        ("{id: acme, name: Acme, kinds: lab}", "kinds must be a list"),
        ("{id: acme, name: Acme, kinds: [labs]}", "unknown kind 'labs'"),
        ("{id: acme, kinds: [lab]}", "needs 'name'"),
        ("{name: Acme, kinds: [lab]}", "needs 'id'"),
        ("{id: Acme Labs, name: Acme, kinds: [lab]}", "lower-case letters"),
        ("{id: acme, name: '!', kinds: [lab]}", "at least one letter or digit"),
        ("{id: acme, name: Acme, kinds: [lab], city: [Oslo]}", "city must be one non-empty text"),
        ("{id: acme, name: Acme, kinds: [lab], city: }", "city must be one non-empty text"),
        ("{id: acme, name: Acme, kinds: [lab], colour: red}", "unknown field 'colour'"),
        ("{id: acme, name: Acme, kinds: [lab], country: UK}", "GB for the UK"),
        ("{id: acme, name: Acme, kinds: [lab], country: Norway}", "two capital letters"),
        ("{id: acme, name: Acme, kinds: [lab], founded: 2019-13}", "founded '2019-13'"),
        ("{id: acme, name: Acme, kinds: [lab], founded: 2019-02-30}", "founded '2019-02-30'"),
        ("{id: acme, name: Acme, kinds: [model], weights: ajar}", "one of open, closed"),
        ("{id: acme, name: Acme, kinds: [lab], ambiguous: [Ac]}", "ambiguous name 'Ac'"),
        ("{id: acme, name: Acme, kinds: [lab], sources: [acme]}", "address of a page"),
        ("{id: acme, name: Acme, kinds: [lab], identifiers: Q1}", "must be a mapping"),
        ("{id: acme, name: Acme, kinds: [lab], identifiers: {isin: x}}", "identifier 'isin'"),
        ("{id: acme, name: Acme, kinds: [lab], identifiers: {wikidata: P31}}", "wikidata 'P31'"),
        ("{id: acme, name: Acme, name: Acne, kinds: [lab]}", "'name' a second time"),
        ("{id: acme, name: Acme, kinds: [lab], parent: nobody}", "parent 'nobody' is no id"),
        ("{id: acme, name: Acme, kinds: [lab], developer: mug}", "developer 'mug' is no id"),
        ("just words", "expected an entity"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(write: Write, row: str, reason: str) -> None:
    path = write(f"- {{id: fine, name: Fine, kinds: [company]}}\n\n# the bad one:\n- {row}\n")
    message = refused(path)
    assert f"{path}:4: " in message
    assert reason in message


def test_all_problems_are_reported_at_once(write: Write) -> None:
    message = refused(
        write(
            "- {id: a, name: A, kinds: [lamb]}\n- {id: b, name: B, kinds: [lab], founded: soon}\n"
        ),
        write("id,name,kinds,country\nc,C,lab,Mars\n", "own.csv"),
    )
    assert message.startswith("3 problem(s)")
    for place in ("own.yaml:1", "own.yaml:2", "own.csv:2"):
        assert place in message


def test_a_csv_row_is_named_by_the_line_it_starts_on(write: Write) -> None:
    path = write(
        'id,name,kinds\na,"A\nof two lines",lab\nb,B,lab,surplus\nc,C,lamb\n',
        "own.csv",
    )
    message = refused(path)
    assert f"{path}:4: 4 cells under 3 columns" in message
    assert f"{path}:5: c: unknown kind 'lamb'" in message


@pytest.mark.parametrize("header", ["", "name,kinds", "id,name,kind", "id,id,name,kinds"])
def test_a_csv_must_name_its_columns(write: Write, header: str) -> None:
    message = refused(write(f"{header}\nacme,Acme,lab\n", "own.csv"))
    assert "own.csv:1: the first line must name the columns" in message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id: acme\n", "expected a list"),
        ("- id: acme\n  names: [Acme\n", "not valid YAML"),
        ("- id: acme\n\t name: Acme\n", "own.yaml:2: not valid YAML"),
    ],
)
def test_what_is_no_list_of_entities_is_refused(write: Write, text: str, reason: str) -> None:
    assert reason in refused(write(text))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert "absent.yaml: cannot be read" in refused(tmp_path / "absent.yaml")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("- {id: a, name: Société, kinds: [company]}".encode("latin-1"))
    assert "UTF-8" in refused(latin)


def test_an_id_is_taken_once(write: Write) -> None:
    first = write("- {id: acme, name: Acme, kinds: [lab]}\n", "a.yaml")
    second = write("\n- {id: acme, name: Acme Again, kinds: [lab]}\n", "b.yaml")
    message = refused(first, second)
    assert f"{second}:2: id 'acme' is taken by {first}:1" in message


def test_parents_must_not_run_in_a_circle(write: Write) -> None:
    path = write(
        "- {id: a, name: A, kinds: [company], parent: b}\n"
        "- {id: b, name: B, kinds: [company], parent: c}\n"
        "- {id: c, name: C, kinds: [company], parent: b}\n"
        "- {id: d, name: D, kinds: [company], parent: d}\n"
    )
    message = refused(path)
    assert "own.yaml:1" not in message  # it leads into the circle, it is no part of it
    for line in (2, 3, 4):
        assert f"own.yaml:{line}: " in message and "runs in a circle" in message


def test_the_developer_is_an_organisation(write: Write) -> None:
    path = write(
        "- {id: m, name: M-1, kinds: [model], developer: p}\n- {id: p, name: P, kinds: [product]}\n"
    )
    assert "own.yaml:1: m: developer 'p' is no organisation" in refused(path)


# ------------------------------------------------------------------- lookup


def test_lookup_is_by_folded_name_and_tells_what_is_ambiguous(write: Write) -> None:
    read = registry.load([write(GOOD)])
    assert [e.id for e in read.lookup("ACME Laboratories, Inc.")] == ["acme-labs"]
    assert [e.id for e in read.lookup("acme brain")] == ["acme-labs"]
    assert read.lookup("Acme Rockets") == ()
    assert read.is_ambiguous("acme", "acme-labs")
    assert not read.is_ambiguous("Acme Labs", "acme-labs")


def test_a_shared_name_is_ambiguous_for_both(write: Write) -> None:
    read = registry.load(
        [
            write(
                "- {id: mistral-ai, name: Mistral AI, kinds: [lab], names: [Mistral]}\n"
                "- {id: mistral-wind, name: Mistral, kinds: [organisation]}\n"
            )
        ]
    )
    assert [e.id for e in read.lookup("Mistral")] == ["mistral-ai", "mistral-wind"]
    assert all(read.is_ambiguous("Mistral", e.id) for e in read)


def test_the_owner_answers_for_its_product(write: Write) -> None:
    read = registry.load([write(GOOD)])
    assert read.owner(read["roadrunner-1"]).id == "acme-labs"
    assert read.owner(read["acme-labs"]).id == "acme-labs"


def test_merging_adds_and_replaces_and_checks(write: Write) -> None:
    read = registry.load([write(GOOD)])
    other = Entity(id="acme-labs", name="Acme AI", kinds=(EntityKind.LAB,))
    merged = read.merged([other])
    assert merged["acme-labs"].name == "Acme AI" and len(merged) == len(read)
    assert read["acme-labs"].name == "Acme Labs"
    with pytest.raises(RegistryError, match="parent 'nobody'"):
        read.merged([Entity(id="x", name="X1", kinds=(EntityKind.LAB,), parent="nobody")])


def test_files_add_to_a_base_and_may_replace_its_entries(write: Write) -> None:
    base = registry.load([write(GOOD)])
    own = write(
        "- {id: acme-labs, name: Acme AI, kinds: [lab]}\n"
        "- {id: roadrunner-2, name: Roadrunner 2, kinds: [model], developer: acme-labs}\n",
        "more.yaml",
    )
    both = registry.load([own], base=base)
    assert [e.id for e in both] == ["acme-labs", "roadrunner-1", "roadrunner-2"]
    assert both["acme-labs"].name == "Acme AI" and both.lookup("Acme Laboratories") == ()


def test_membership_is_by_id(write: Write) -> None:
    read = registry.load([write(GOOD)])
    assert "acme-labs" in read and "Acme Labs" not in read
    assert read.get("nobody") is None and read.get(None) is None


# --------------------------------------------------------- the bundled data


@pytest.fixture(scope="module")
def bundled() -> Registry:
    return registry.bundled()


SHARED_NAMES = {
    "european union": {"european-commission", "european-union"},  # acts through its Commission
    "epic": {"epic", "epic-games"},  # an acronym and a short form
    "midjourney": {"midjourney", "midjourney-model"},  # a lab and its model by one name
}
"""The only names that two entities may share."""


def test_it_is_large_enough_to_ask_questions_of(bundled: Registry) -> None:
    assert len(bundled) >= 450
    have = {kind for entity in bundled for kind in entity.kinds}
    assert have == set(EntityKind)


def test_every_name_folds_to_something(bundled: Registry) -> None:
    assert [e.id for e in bundled if not all(fold(n) for n in e.all_names)] == []


def test_no_two_entities_share_a_name_unless_meant(bundled: Registry) -> None:
    shared = {name: set(ids) for name, ids in bundled.by_name.items() if len(ids) > 1}
    assert shared == SHARED_NAMES


def test_no_entity_repeats_a_name(bundled: Registry) -> None:
    for entity in bundled:
        written = (entity.name, *entity.names)
        assert len(set(written)) == len(written), entity.id
        assert not set(written) & set(entity.former), entity.id


def test_a_name_in_one_short_word_of_the_language_is_marked(bundled: Registry) -> None:
    for name, entity_id in [
        ("Mistral", "mistral-ai"),
        ("Together", "together-ai"),
        ("Character", "character-ai"),
        ("Inflection", "inflection-ai"),
        ("Adept", "adept"),
        ("Runway", "runway"),
        ("Scale", "scale-ai"),
        ("Covariant", "covariant"),
        ("Figure", "figure-ai"),
        ("Harvey", "harvey"),
        ("Glean", "glean"),
        ("Notion", "notion"),
        ("Cursor", "cursor"),
        ("Claude", "claude"),
        ("Gemini", "gemini"),
        ("Llama", "llama"),
        ("Nova", "amazon-nova"),
        ("Titan", "amazon-titan"),
        ("Falcon", "falcon"),
        ("Command", "command"),
        ("Orca", "orca"),
        ("Phi", "phi"),
        ("o1", "openai-o1"),
        ("the Commission", "european-commission"),
        ("Brussels", "european-commission"),
        ("EC", "european-commission"),
    ]:
        assert [e.id for e in bundled.lookup(name)] == [entity_id], name
        assert bundled.is_ambiguous(name, entity_id), name


@pytest.mark.parametrize(
    ("name", "entity_id"),
    [
        ("Open AI", "openai"),
        ("NVIDIA Corporation", "nvidia"),
        ("a16z", "andreessen-horowitz"),
        ("AWS", "amazon-web-services"),
        ("Meta Platforms, Inc.", "meta"),
        ("DeepMind", "google-deepmind"),
        ("Justice Department", "doj"),
        ("U.S. Federal Trade Commission", "ftc"),
        ("EU antitrust regulators", "european-commission"),
        ("UK's Competition and Markets Authority", "cma"),
        ("Federal Cartel Office", "bundeskartellamt"),
        ("French competition authority", "autorite-de-la-concurrence"),
        ("Korea Fair Trade Commission", "kftc"),
        ("Azure AI model catalog", "azure-model-catalogue"),
        ("News Corporation", "news-corp"),
        ("SoftBank Vision Fund", "softbank-vision-fund"),
        ("Safe Superintelligence Inc.", "safe-superintelligence"),
        ("Cohere Health", "cohere-health"),
        ("Metaphysic", "metaphysic"),
    ],
)
def test_names_in_use_find_their_entity(bundled: Registry, name: str, entity_id: str) -> None:
    assert [e.id for e in bundled.lookup(name)] == [entity_id]


@pytest.mark.parametrize(
    ("artefact", "owner"),
    [
        ("ChatGPT", "openai"),
        ("Windows", "microsoft"),
        ("Facebook", "meta"),
        ("Roomba", "irobot"),
        ("Photoshop", "adobe"),
        ("Vertex AI", "google-cloud"),
        ("Amazon Bedrock", "amazon-web-services"),
        ("Mistral Large", "mistral-ai"),
        ("GitHub Copilot", "github"),
    ],
)
def test_an_artefact_leads_to_its_maker(bundled: Registry, artefact: str, owner: str) -> None:
    assert [bundled.owner(e).id for e in bundled.lookup(artefact)] == [owner]


def test_every_artefact_has_an_organisation_behind_it(bundled: Registry) -> None:
    for entity in bundled:
        if entity.kind in ARTEFACT_KINDS:
            assert entity.developer is not None, entity.id
            assert ORGANISATION_KINDS & set(bundled[entity.developer].kinds), entity.id
        else:
            assert entity.developer is None, entity.id


def test_what_belongs_to_one_kind_stands_on_no_other(bundled: Registry) -> None:
    for entity in bundled:
        kinds = set(entity.kinds)
        assert (entity.jurisdiction is not None) == (EntityKind.AUTHORITY in kinds), entity.id
        if entity.released or entity.weights or entity.licence:
            assert kinds & ARTEFACT_KINDS, entity.id
        if entity.weights or entity.licence:
            assert EntityKind.MODEL in kinds, entity.id
        if entity.founded or entity.parent:
            assert kinds & ORGANISATION_KINDS, entity.id


ONE_BY_TWO_NUMBERS = {
    ("Nano Banana", "gemini-2.5-flash-image"),  # by-names
    ("Nano Banana Pro", "gemini-3-pro-image"),
    ("Grok Code Fast", "grok-code-fast"),
    ("Microsoft 365", "office"),  # not a version: the name of the subscription
    ("Office 365", "office"),
}


def test_versions_are_never_names_of_one_another(bundled: Registry) -> None:
    def numbers(name: str) -> list[str]:
        return re.findall(r"[0-9]+(?:\.[0-9]+)?", name)

    found = {
        (name, entity.id)
        for entity in bundled
        if entity.kind in ARTEFACT_KINDS
        for name in entity.all_names
        if numbers(name) != numbers(entity.name)
    }
    assert found == ONE_BY_TWO_NUMBERS


def test_parent_and_subsidiary_are_two_entities(bundled: Registry) -> None:
    for child, parent in [
        ("google-deepmind", "google"),
        ("google", "alphabet"),
        ("amazon-web-services", "amazon"),
        ("github", "microsoft"),
        ("m12", "microsoft"),
        ("nventures", "nvidia"),
        ("softbank-vision-fund", "softbank"),
        ("silo-ai", "amd"),
    ]:
        assert bundled[child].parent == parent
    for entity in bundled:
        if entity.parent:
            names = {fold(n) for n in entity.all_names}
            assert not names & {fold(n) for n in bundled[entity.parent].all_names}, entity.id


def test_every_entity_has_a_source(bundled: Registry) -> None:
    assert [e.id for e in bundled if not e.sources] == []


def test_identifiers_are_given_once(bundled: Registry) -> None:
    given = [pair for entity in bundled for pair in entity.identifiers]
    assert len(given) == len(set(given)) >= 200
    assert sum(bool(e.identifiers) for e in bundled) >= 100


def test_no_model_is_older_than_its_maker(bundled: Registry) -> None:
    for entity in bundled:
        maker = bundled.get(entity.developer)
        if EntityKind.MODEL in entity.kinds and entity.released and maker and maker.founded:
            assert entity.released[:4] >= maker.founded[:4], entity.id


def test_files_are_split_by_kind_and_in_one_form() -> None:
    paths = sorted((data_dir() / "registry").glob("*.yaml"))
    assert len(paths) >= 12
    for path in paths:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# ")
        assert not [n for n, line in enumerate(lines, 1) if line != line.rstrip()], path.name
        tops = [line for line in lines if re.match(r"\S", line) and not line.startswith("#")]
        assert all(re.fullmatch(r"- id: \S+", line) for line in tops), path.name
