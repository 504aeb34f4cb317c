"""Programs that know OWL have their say: ROBOT's profile checker and the reasoner HermiT.

Maven fetches both once into the user's cache; without Java or Maven the tests are skipped.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import platformdirs
import pyoxigraph as ox
import pytest

from kg import vocabulary as v
from kg.ontology import ALIGNMENTS, ONTOLOGY, text, triples
from kg.store import open_store
from tests.ontology.dataset import quads

pytestmark = pytest.mark.interop
ONTOLOGY_GRAPH = ox.NamedNode(v.BASE + "ontology")
ROBOT = "1.9.8"
POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>ontology-tools</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.obolibrary.robot</groupId><artifactId>robot-command</artifactId>
    <version>{ROBOT}</version>
  </dependency></dependencies>
</project>
"""


@pytest.fixture(scope="module")
def classpath() -> str:
    if not shutil.which("java") or not shutil.which("mvn"):
        pytest.skip("needs java and mvn")
    place = platformdirs.user_cache_path("ai-industry-kg") / f"robot-{ROBOT}"
    found = place / "classpath.txt"
    if not found.exists() or not all(Path(p).exists() for p in found.read_text().split(":")):
        place.mkdir(parents=True, exist_ok=True)
        (place / "pom.xml").write_text(POM, encoding="utf-8")
        goal = ["dependency:build-classpath", f"-Dmdep.outputFile={found}"]
        done = subprocess.run(
            ["mvn", "-q", "-B", *goal], cwd=place, capture_output=True, text=True, timeout=600
        )
        if done.returncode:
            pytest.skip(f"Maven could not fetch ROBOT: {done.stdout[-500:]}")
    return found.read_text(encoding="utf-8").strip()


class Robot:
    """ROBOT in a folder of its own."""

    def __init__(self, classpath: str, folder: Path) -> None:
        self._classpath = classpath
        self.folder = folder

    def file(self, name: str, turtle: str) -> Path:
        path = self.folder / name
        path.write_text(turtle, encoding="utf-8")
        return path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        java = ["java", "-Xmx1g", "-cp", self._classpath]
        return subprocess.run(
            [*java, "org.obolibrary.robot.CommandLineInterface", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def profile(self, profile: str, *paths: Path) -> str:
        """The report on whether the files together keep to a profile."""
        report = self.folder / "report.txt"
        inputs = [part for path in paths for part in ("--input", str(path))]
        self.run(
            *("merge", *inputs, "--collapse-import-closure", "true"),
            *("validate-profile", "--profile", profile, "--output", str(report)),
        )
        return report.read_text(encoding="utf-8")

    def reason(self, *paths: Path, generators: str = "ClassAssertion") -> tuple[int, str, str]:
        """Exit code, output, and what the merged files with all that follows look like."""
        result = self.folder / "result.ttl"
        inputs = [part for path in paths for part in ("--input", str(path))]
        done = self.run(
            *("merge", *inputs, "reason", "--reasoner", "hermit"),
            *("--axiom-generators", generators, "--output", str(result)),
        )
        written = result.read_text(encoding="utf-8") if result.exists() else ""
        return done.returncode, done.stdout + done.stderr, written


@pytest.fixture
def robot(classpath: str, tmp_path: Path) -> Robot:
    return Robot(classpath, tmp_path)


@pytest.fixture
def ontology(robot: Robot) -> Path:
    return robot.file(ONTOLOGY, text(ONTOLOGY))


PREFIXES = """@prefix aio: <https://w3id.org/ai-industry/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
IN_PROFILE = "[Ontology and imports closure in profile]"


@pytest.mark.parametrize("profile", ["RL", "DL"])
def test_the_ontology_keeps_to_the_profile(robot: Robot, ontology: Path, profile: str) -> None:
    assert IN_PROFILE in robot.profile(profile, ontology)


def test_the_profile_checker_does_find_violations(robot: Robot, ontology: Path) -> None:
    beyond = "aio:Lab rdfs:subClassOf [ a owl:Restriction ; owl:onProperty aio:developedBy ; owl:someValuesFrom aio:Model ] ."
    report = robot.profile("RL", ontology, robot.file("beyond.ttl", PREFIXES + beyond))
    assert IN_PROFILE not in report
    assert "ObjectSomeValuesFrom" in report


def test_the_alignments_say_nothing_that_a_reasoner_would_act_on(
    robot: Robot, ontology: Path
) -> None:
    alignments = robot.file(ALIGNMENTS, text(ALIGNMENTS))
    assert IN_PROFILE in robot.profile("RL", ontology, alignments)


def test_the_ontology_is_consistent_and_every_class_can_have_members(
    robot: Robot, ontology: Path
) -> None:
    code, output, _ = robot.reason(ontology, generators="SubClass")
    assert code == 0, output


def test_the_reasoner_does_find_a_class_that_can_have_none(robot: Robot, ontology: Path) -> None:
    absurd = "aio:Absurd a owl:Class ; rdfs:subClassOf aio:Person , aio:Organisation ."
    code, output, _ = robot.reason(ontology, robot.file("absurd.ttl", PREFIXES + absurd))
    assert code != 0
    assert "unsatisfiable" in output


def data(robot: Robot, *more: ox.Triple, content: Iterable[ox.Quad] | None = None) -> Path:
    """Ontology and data in one file; dates become texts, for OWL knows none of reduced precision.

    One file, because without the declarations at hand the OWL API reads every property of
    the data as an annotation, of which nothing follows.
    """
    unknown = {v.XSD + n for n in ("date", "gYear", "gYearMonth")}
    plain = {*more, *(ox.Triple(q.subject, q.predicate, q.object) for q in triples())}
    for quad in quads() if content is None else content:
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype.value in unknown:
            value = ox.Literal(value.value)
        plain.add(ox.Triple(quad.subject, quad.predicate, value))
    written = ox.serialize(plain, format=ox.RdfFormat.TURTLE)
    assert written is not None
    return robot.file("data.ttl", written.decode())


def test_data_are_consistent_and_labs_and_backing_follow(robot: Robot) -> None:
    code, output, result = robot.reason(data(robot), generators="ClassAssertion PropertyAssertion")
    assert code == 0, output
    known = {
        (str(q.subject.value), q.predicate.value, str(getattr(q.object, "value", "")))
        for q in ox.parse(result, format=ox.RdfFormat.TURTLE)
        if isinstance(q.subject, ox.NamedNode)
    }
    microsoft, mistral = v.entity_iri("microsoft"), v.entity_iri("mistral-ai")
    assert (microsoft, v.RDF + "type", v.AIO + "Lab") in known
    assert (microsoft, v.AIO + "backs", mistral) in known
    assert (v.entity_iri("amazon"), v.RDF + "type", v.AIO + "Lab") not in known


def test_data_that_contradict_the_ontology_are_found(robot: Robot) -> None:
    owner = ox.Triple(
        ox.NamedNode(v.entity_iri("phi")),
        ox.NamedNode(v.AIO + "developedBy"),
        ox.NamedNode(v.entity_iri("ada-example")),
    )
    code, output, _ = robot.reason(data(robot, owner))
    assert code != 0
    assert "inconsistent" in output


def test_the_bundled_graph_is_consistent(robot: Robot, bundled_store: Path) -> None:
    with open_store(bundled_store).read() as reader:
        # The ontology's own graph lacks the axioms that need blank nodes; ``data`` adds it whole.
        content = [q for q in reader.quads() if q.graph_name != ONTOLOGY_GRAPH]
        code, output, _ = robot.reason(data(robot, content=content))
    assert code == 0, output
