"""The library: its answers are those of the queries, whatever the graph; networkx, rdflib and pandas."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import KnowledgeGraph
from kg.knowledge import UnknownNameError
from kg.knowledge import answers as library
from kg.model import KgError, Kind, Modality
from kg.questions import ask
from tests.questions.agreement import disagreement
from tests.questions.generated import LABELS, graphs
from tests.questions.industry import industry
from tests.questions.memory import Memory

CALLS: dict[str, Callable[[KnowledgeGraph, str, str], Any]] = {
    "labs_backed_by": lambda g, a, b: g.labs_backed_by(a),
    "labs_backed_by rumoured": lambda g, a, b: g.labs_backed_by(
        a, modalities=frozenset({Modality.RUMOURED})
    ),
    "backers_of": lambda g, a, b: g.backers_of(a),
    "backers_of over": lambda g, a, b: g.backers_of(a, ended="all", direct=True),
    "backers_of since": lambda g, a, b: g.backers_of(a, since="2023-01-01", until="2024-06-30"),
    "distributors_of": lambda g, a, b: g.distributors_of(a),
    "models_distributed_by": lambda g, a, b: g.models_distributed_by(a),
    "competitors_of": lambda g, a, b: g.competitors_of(a),
    "partners_of": lambda g, a, b: g.partners_of(a),
    "partners_of compute": lambda g, a, b: g.partners_of(a, nature="compute"),
    "reviews_of": lambda g, a, b: g.reviews_of(a),
    "reviews_by": lambda g, a, b: g.reviews_by(a),
    "co_investors": lambda g, a, b: g.co_investors(a),
    "shared_labs": lambda g, a, b: g.shared_labs(),
    "dependence_of": lambda g, a, b: g.dependence_of(a),
    "overlaps": lambda g, a, b: g.overlaps(),
    "labs_without_backer": lambda g, a, b: g.labs_without_backer(),
    "labs_without_backer any": lambda g, a, b: g.labs_without_backer(big_tech=False),
    "paths_between": lambda g, a, b: g.paths_between(a, b),
    "paths_between all": lambda g, a, b: g.paths_between(a, b, all_short=True),
    "timeline": lambda g, a, b: g.timeline(a),
    "diff": lambda g, a, b: g.diff("2023-01-01", "2024-06-30"),
    "diff of one": lambda g, a, b: g.diff("2020-01-01", "2025-06-30", a),
    "rumours": lambda g, a, b: g.rumours(),
}
QUESTIONS = (
    "Who backs both {a} and {b}?",
    "Which labs do both {a} and {b} back?",
    "Who both invests in and distributes {a}?",
    "How much has {a} invested in {b}?",
    "How much has {a} invested in labs in total?",
    "Which investor backs the most labs?",
    "Who put the most money into {a}?",
    "What is the largest investment?",
    "Which authorities look at {a}?",
    "Which deals are under review?",
    "How did the FTC's review of {a} end?",
    "What stake does {a} hold in {b}?",
    "What is {a}'s latest investment?",
    "Who is most central?",
    "Who led {a}'s last round?",
    "Which labs did {a} invest in during 2023?",
    "Which American labs has {a} put more than $1 billion into?",
    "Who depends on {a}?",
    "Which deals were cleared?",
    "Does {a} back {b}?",
    "How much has {a} invested in labs in total in euros?",
    "How much has been invested in {a} in total in dollars?",
    "Who backs {a} but not {b}?",
    "Which labs does {a} back that {b} does not?",
    "Which backers of {a} do not distribute its models?",
    "Which labs backed by {a} does {b} distribute?",
    "Which labs are backed only by {a}?",
    "Who backs only {a}?",
    "Who both backs {a} and supplies it with compute?",
    "Which labs does {a} back and distribute?",
    "Who backs more labs, {a} or {b}?",
    "Which companies are under review?",
    "What was the largest funding round?",
    "Who invests in {a} alongside {b}?",
    "Who backs {a} apart from big tech?",
    "What belongs to {a}?",
    "Which labs does {a} back indirectly?",
    "Which labs have at least two investors?",
    "Which labs have exactly one investor?",
    "Which companies distribute more than one lab?",
    "Which labs are not distributed by anyone?",
    "Which labs does {a} not distribute?",
    "Which big tech companies do not back any lab?",
    "Which American companies do not invest in {a}?",
    "Which non-American investors does {a} have?",
    "Which models have open weights?",
    "Who holds more than 10% of {a}?",
    "Which acquisitions were called off?",
    "Which reviews were opened in 2023?",
    "Which deals were cleared between January 2023 and March 2024?",
    "How much has {a} raised in total?",
    "How much has {a} raised in total since 2023 in euros?",
    "Has {a} put more than $2 billion into {b}?",
    "How much did each investor put into {a}?",
    "Which labs are backed by the investors of {a}?",
    "Which other labs are backed by rivals of {a}?",
    "Who distributes the models of the labs backed by {a}?",
    "Who are the new backers of {a} since 2023?",
    "Which investments has no authority looked at?",
    "Which labs backed by {a} were founded before 2020?",
    "Who put the most into labs, converted to dollars?",
    "Who put more into labs, {a} or {b}?",
    "Who has put more than $2 billion into {a}?",
    "Which labs has {a} put at least $2 billion into?",
    "Who put less than $2 billion into {a}?",
)
ENDS = st.permutations(sorted(LABELS.keys() - {"ftc"})).map(lambda names: names[:2])


@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(source=graphs(8), ends=ENDS, day=st.sampled_from([None, "2022", "2023-07-15", "2024-03"]))
def test_a_function_gives_what_its_query_gives(
    name: str, source: Memory, ends: list[str], day: str | None
) -> None:
    checked = []

    def run(*arguments: Any) -> Any:
        answer = original(*arguments)
        checked.append(disagreement(answer, source))
        return answer

    original = library.run
    library.run = run
    try:
        CALLS[name](KnowledgeGraph(source, as_of=day), *ends)
    finally:
        library.run = original
    assert checked == [None]


@pytest.mark.parametrize("question", QUESTIONS)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(source=graphs(8), ends=ENDS)
def test_a_question_gives_what_its_query_gives(
    question: str, source: Memory, ends: list[str]
) -> None:
    a, b = (LABELS[e] for e in ends)
    answer = ask(source, question.format(a=a, b=b))
    assert answer.understood, answer.interpretation
    assert disagreement(answer, source) is None


# typed answers --------------------------------------------------------------------


@pytest.fixture
def graph() -> KnowledgeGraph:
    return KnowledgeGraph(industry())


def test_labs_backed_by_tells_through_whom(graph: KnowledgeGraph) -> None:
    found = {f.name: f for f in graph.labs_backed_by("Microsoft")}
    assert set(found) == {"OpenAI", "Mistral AI", "Inflection AI", "Anthropic", "AI21 Labs"}
    assert found["AI21 Labs"].extra["through"] == "M12"
    assert all(f.relationships for f in found.values())


def test_names_ids_and_entities_are_all_taken(graph: KnowledgeGraph) -> None:
    entity = graph.entity("mistral")
    assert entity.id == "mistral-ai"
    by = [graph.backers_of(x) for x in ("Mistral AI", "mistral-ai", entity)]
    assert by[0] == by[1] == by[2]


def test_an_unknown_name_is_told_with_near_ones(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean Mistral AI"):
        graph.backers_of("Mistrall")


def test_paths_tell_who_is_passed_and_by_which_relationships(graph: KnowledgeGraph) -> None:
    (way,) = graph.paths_between("Bpifrance", "Microsoft")
    assert way.names == ("Bpifrance", "Mistral AI", "Microsoft")
    assert way.entities == ("bpifrance", "mistral-ai", "microsoft")
    assert {r.kind for r in way.relationships} >= {Kind.INVESTMENT, Kind.DISTRIBUTION}


def test_conflicts_overlaps_and_dependence(graph: KnowledgeGraph) -> None:
    pairs = {(p.one.name, p.other.name): p.shared for p in graph.overlaps()}
    assert pairs["Microsoft", "OpenAI"] == ("invests in", "distributes models of", "competes with")
    assert {f.name for f in graph.dependence_of("Mistral AI")} >= {"Microsoft", "Nscale"}
    assert all(c.sums for c in graph.conflicts())


# networkx -------------------------------------------------------------------------


def test_the_projection_works_with_the_algorithms_of_networkx(graph: KnowledgeGraph) -> None:
    network = graph.graph()
    assert isinstance(network, nx.MultiDiGraph)
    flat = network.to_undirected()
    assert nx.shortest_path(flat, "bpifrance", "microsoft") == [
        "bpifrance",
        "mistral-ai",
        "microsoft",
    ]
    investments = nx.MultiDiGraph(
        (u, v, d) for u, v, d in network.edges(data=True) if d["kind"] == "investment"
    )
    assert {o for _, o in investments.out_edges("microsoft")} >= {"openai", "mistral-ai"}
    assert nx.number_weakly_connected_components(network) >= 1


def test_labs_that_microsoft_backs_can_be_read_from_the_projection(graph: KnowledgeGraph) -> None:
    network = graph.graph("investment", around=["Microsoft"])
    backed = {
        network.nodes[lab]["label"]
        for _, lab, deal in network.out_edges("microsoft", data=True)
        if deal["in_force"] and "lab" in network.nodes[lab]["kinds"]
    }
    assert backed == {"OpenAI", "Mistral AI", "Inflection AI"}


def test_an_answer_can_be_drawn(graph: KnowledgeGraph) -> None:
    network = graph.graph(of=graph.ask("Which labs does Microsoft back directly?"))
    assert set(network) == {"microsoft", "openai", "mistral-ai", "inflection-ai", "anthropic"}
    assert all(deal["kind"] == "investment" for _, _, deal in network.edges(data=True))


def test_only_what_lies_around_is_read(graph: KnowledgeGraph) -> None:
    near = graph.graph(around=["Bpifrance"])
    assert set(near) == {"bpifrance", "mistral-ai"}
    assert set(graph.graph(around=["Bpifrance"], depth=2)) > set(near)
    with pytest.raises(UnknownNameError):
        graph.graph(around=["Nobody"])


@pytest.mark.parametrize("measure", ["degree", "betweenness", "closeness"])
def test_centrality_is_what_networkx_says(graph: KnowledgeGraph, measure: str) -> None:
    ranked = graph.centrality(measure=measure)
    assert [s for _, s in ranked] == sorted((s for _, s in ranked), reverse=True)
    if measure == "degree":
        asked = graph.ask("Who is most central?").answers[0]
        assert ranked[0][0].name == asked.name


def test_an_unknown_measure_is_told(graph: KnowledgeGraph) -> None:
    with pytest.raises(KgError, match="choose one of degree, betweenness"):
        graph.centrality(measure="charm")


def test_communities_part_the_entities(graph: KnowledgeGraph) -> None:
    groups = graph.communities("investment")
    members = [ref.id for group in groups for ref in group]
    assert len(members) == len(set(members))
    assert len(groups[0]) >= len(groups[-1])


# other views ----------------------------------------------------------------------


def test_rdflib_reads_the_same_store(industry_store: Path) -> None:
    with KnowledgeGraph.open(industry_store) as opened:
        query = "SELECT ?lab { id:microsoft aio:investsIn ?lab }"
        ours = {row["lab"].value for row in opened.sparql(query)}  # type: ignore[union-attr, index]
        from kg.vocabulary import PREFIXES

        theirs = {str(row.lab) for row in opened.dataset.query(query, initNs=PREFIXES)}  # type: ignore[union-attr]
        assert ours == theirs != set()


def test_a_frame_has_a_row_for_each_stated_sum(graph: KnowledgeGraph) -> None:
    pytest.importorskip("pandas")
    frame = graph.frame(graph.ask("Who invests in Mistral AI?"))
    ours = frame[frame.subject == "Microsoft"]
    assert sorted(ours.currency) == ["EUR", "USD"]
    assert set(graph.frame().kind) > {"investment", "distribution"}


def test_without_pandas_the_remedy_is_told(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KgError, match=r"pip install 'ai-industry-kg\[pandas\]'"):
        graph.frame()


def test_nothing_heavy_is_imported_on_the_way_to_an_answer(industry_store: Path) -> None:
    program = (
        "import sys, kg.cli as c\n"
        "try:\n c.group.main(['ask', 'Which labs does Microsoft back?', '--format', 'csv'], standalone_mode=False)\n"
        "finally:\n print(sorted({'rdflib', 'networkx', 'spacy', 'pandas', 'scipy', 'numpy', 'rich', 'yaml', 'lxml', 'rapidfuzz'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"KG_STORE": str(industry_store), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_party_is_read_back_whatever_the_kind() -> None:
    """Found by hypothesis: kinds that declare no further roles lost theirs."""
    from kg.model import Article, Evidence, Mention, Resolved, Statement
    from tests.questions.industry import ENTITIES

    article = Article(text="Mistral AI and Microsoft share a seat in Paris.", source="seat.md")

    def mention(name: str, id_: str) -> Mention:
        start = article.text.index(name)
        return Mention(name, start, start + len(name), name, id_)

    statement = Statement(
        article=article.id,
        kind=Kind.HEADQUARTERS,
        subject=mention("Mistral AI", "mistral-ai"),
        object=mention("Paris", "paris"),
        evidence=(Evidence(0, 47, article.text),),
        participants=(("party", mention("Microsoft", "microsoft")),),
    )
    resolved = Resolved(statement, "mistral-ai", "paris", (("party", "microsoft"),))
    (record,) = KnowledgeGraph(Memory(ENTITIES, [(article, [resolved])])).relationships()
    assert [(role, ref.id) for role, ref in record.participants] == [("party", "microsoft")]
