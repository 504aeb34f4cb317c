"""A standalone cluster gives what the embedded run gives, whatever happens to it.

One master, two workers of one core, real processes on loopback; see ``cluster.py``.
"""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.store import open_store
from tests.conftest import kg
from tests.spark import articles
from tests.spark.cluster import Cluster, cluster, listening_beyond_loopback, python

pytestmark = pytest.mark.interop
PLUGIN = Path(__file__).parent / "plugin"
COUNT = 160


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster"), 2, PLUGIN) as running:
        yield running


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """160 articles in JSONL, one file of them gzipped, some of them met twice."""
    folder = articles.write(tmp_path_factory.mktemp("corpus") / "news", COUNT)
    packed = folder / "part-3.jsonl"
    with gzip.open(folder / "part-3.jsonl.gz", "wb") as stream:
        stream.write(packed.read_bytes())
    packed.unlink()
    first = json.loads((folder / "part-0.jsonl").open(encoding="utf-8").readline())
    again = [first | {"id": "again", "published": "2026"}, {**first, "id": None}]
    (folder / "sub").mkdir()
    text = "\n\n".join(json.dumps(r) for r in again)
    (folder / "sub" / "late.jsonl").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def embedded(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same corpus in a store, by the embedded run."""
    store = tmp_path_factory.mktemp("embedded") / "store"
    done = kg("ingest", corpus, store=store)
    assert done.code == 0, done.err
    return store


def stored(store: Path) -> list[str]:
    """All quads of a store, sorted."""
    with open_store(store).read() as reader:
        dumped = io.BytesIO()
        reader.dump(dumped)
    return sorted(dumped.getvalue().decode().splitlines())


def written(folder: Path) -> list[str]:
    """All quads of a run's folder, sorted."""
    parts = folder.glob("quads/*/part-*.nq")
    return sorted(line for part in parts for line in part.read_text("utf-8").splitlines())


def report(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "report.json").read_text("utf-8"))
    return found


def parquet(folder: Path) -> list[dict[str, object]]:
    """Rows of Parquet files, read by pyarrow in the environment that has it."""
    script = (
        "import json, sys, pyarrow.dataset as d\n"
        "for row in d.dataset(sys.argv[1]).to_table().to_pylist(maps_as_pydicts='strict'):\n"
        "    print(json.dumps(row))\n"
    )
    done = subprocess.run(
        [str(python()), "-c", script, str(folder)], capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_cluster_writes_what_the_embedded_run_stores(
    spark: Cluster, corpus: Path, embedded: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    done = spark.kg("ingest", corpus, "--engine", "spark", "-o", tmp_path / "out", "--store", store)
    assert done.code == 0, done.err
    assert done.out == ""
    expected = stored(embedded)
    assert written(tmp_path / "out") == expected
    assert stored(store) == expected
    with open_store(store).read() as one, open_store(embedded).read() as other:
        assert list(one.articles()) == list(other.articles())
    told = report(tmp_path / "out")
    assert told["articles"] == COUNT
    assert told["repeats"] == 2
    assert told["quads"] == len(expected)
    # One load of the model for each process that extracts, however many tasks it has.
    assert told["processes"] == told["loads"] == 2
    assert not listening_beyond_loopback(spark.processes())


def test_facts_are_those_that_the_embedded_run_prints(
    spark: Cluster, corpus: Path, tmp_path: Path
) -> None:
    one = tmp_path / "one.jsonl"
    one.write_text((corpus / "part-1.jsonl").read_text("utf-8"), encoding="utf-8")
    done = spark.kg("extract", one, "--engine", "spark", "-o", tmp_path / "out")
    assert done.code == 0, done.err
    here = kg("extract", one, "--format", "jsonl", "--store", tmp_path / "none")
    printed = [json.loads(line) for line in here.out.splitlines()]
    assert len(printed) > 60
    assert sorted(map(_text, parquet(tmp_path / "out" / "facts"))) == sorted(map(_text, printed))


def _text(fact: object) -> str:
    return json.dumps(fact, sort_keys=True)


def test_a_store_that_holds_something_is_added_to(
    spark: Cluster, corpus: Path, embedded: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    some = tmp_path / "some.jsonl"
    records = [json.loads(line) for line in (corpus / "part-2.jsonl").open(encoding="utf-8")]
    # What the store holds of an article that comes again is replaced.
    some.write_text("\n".join(json.dumps(r | {"publisher": "Other"}) for r in records[:20]))
    assert kg("ingest", some, store=store).code == 0
    done = spark.kg("ingest", corpus, "--engine", "spark", "-o", tmp_path / "out", "--store", store)
    assert done.code == 0, done.err
    assert f"{COUNT - 20} new, 20 replaced, 0 unchanged" in done.err
    assert stored(store) == stored(embedded)


def test_a_worker_that_dies_loses_and_doubles_nothing(
    corpus: Path, embedded: Path, tmp_path: Path
) -> None:
    with cluster(tmp_path / "cluster", 2) as running:
        out = tmp_path / "out"
        process = running.start_kg("extract", corpus, "--engine", "spark", "-o", out)
        try:
            # In the middle: some tasks are done, their files not yet in place.
            wait_for(process, lambda: finished(out) >= 2)
            running.kill_worker()
            _, told = process.communicate(timeout=600)
        finally:
            process.kill()
            process.wait()
        assert process.returncode == 0, told
        assert written(out) == stored(embedded)
        assert report(out)["articles"] == COUNT


def finished(out: Path) -> int:
    """How many tasks of the extraction are done, their files not yet in place."""
    return len(list(out.glob("extracted/_temporary/0/task_*")))


def wait_for(process: subprocess.Popen[str], condition: Callable[[], bool]) -> None:
    """Until the condition holds while the process runs."""
    for _ in range(6000):
        if condition():
            return
        if process.poll() is not None:
            pytest.fail(f"it ended before: {process.communicate()[1]}")
        time.sleep(0.05)
    pytest.fail("it does not begin")


def test_poisoned_articles_are_told_and_the_others_are_read(
    spark: Cluster, corpus: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    healthy = (corpus / "part-1.jsonl").read_text("utf-8").splitlines()[:30]
    poison = [
        json.dumps({"id": what, "text": f"Microsoft invested in Cohere. POISON: {what}."})
        for what in ("RAISES", "KILLS", "RAISES AGAIN", "KILLS AGAIN")
    ]
    broken = ['{"id": "torn", "text": "Nvidia inv', '{"id": "without"}', '{"text": 3}']
    mixed = [*healthy[:20], *poison[:2], *broken, *healthy[20:], *poison[2:]]
    (folder / "mixed.jsonl").write_text("\n".join(mixed), encoding="utf-8")
    (folder / "notes.xyz").write_text("of no known kind", encoding="utf-8")
    out, store = tmp_path / "out", tmp_path / "store"
    done = spark.kg(
        *("ingest", folder, "--engine", "spark", "--extractor", "troubled"),
        *("-o", out, "--store", store),
    )
    assert done.code == 3, done.err
    told = report(out)
    assert (told["articles"], told["poisoned"], told["unreadable"]) == (30, 4, 4)
    assert "ValueError: cannot make sense of it" in done.err
    assert "ended (signal 9, SIGKILL)" in done.err
    assert f"{folder}/mixed.jsonl:23: not valid JSON" in done.err
    assert f"{folder}/notes.xyz: of unknown form" in done.err
    healthy_only = tmp_path / "healthy.jsonl"
    healthy_only.write_text("\n".join(healthy), encoding="utf-8")
    assert kg("ingest", healthy_only, store=tmp_path / "expected").code == 0
    assert stored(store) == stored(tmp_path / "expected")
    problems = [
        json.loads(line)
        for part in out.glob("problems/part-*.json")
        for line in part.read_text("utf-8").splitlines()
    ]
    assert sum(p["kind"] == "poisoned" for p in problems) == 4


def test_parquet_and_archives_are_read_as_the_embedded_run_reads_their_like(
    spark: Cluster, corpus: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed [1] news"
    folder.mkdir()
    records = [json.loads(line) for line in (corpus / "part-1.jsonl").open(encoding="utf-8")]
    plain = tmp_path / "plain.jsonl"
    plain.write_text("\n".join(json.dumps(r) for r in records[:24]), encoding="utf-8")
    script = (
        "import json, sys, datetime, pyarrow as pa, pyarrow.parquet as pq\n"
        "rows = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]\n"
        "for row in rows: row['published'] = datetime.date.fromisoformat(row['published'])\n"
        "pq.write_table(pa.Table.from_pylist(rows), sys.argv[2], row_group_size=10)\n"
    )
    target = folder / "articles.parquet"
    subprocess.run([str(python()), "-c", script, str(plain), str(target)], check=True)
    pages = [_page(r) for r in records[24:32]]
    _archive(folder / "crawl.warc.gz", pages)
    (folder / "page.HTML").write_text(_page(records[32])[1], encoding="utf-8")
    (folder / "note.md").write_text(f"# Note\n\n{records[33]['text']}", encoding="utf-8")
    out = tmp_path / "out"
    done = spark.kg("extract", folder, "--engine", "spark", "-o", out)
    assert done.code == 0, done.err
    store = tmp_path / "store"
    others = [p for p in sorted(folder.iterdir()) if p.suffix != ".parquet"]
    here = kg("ingest", plain, *others, store=store)
    assert here.code == 0, here.err
    assert report(out)["articles"] == 34
    assert written(out) == stored(store)


def _page(record: dict[str, object]) -> tuple[str, str]:
    html = (
        f"<!doctype html><html><head><title>{record['title']}</title></head><body><article>"
        f"<h1>{record['title']}</h1><p>{record['text']}</p></article></body></html>"
    )
    return f"https://news.example/{record['id']}", html


def _archive(path: Path, pages: list[tuple[str, str]]) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, html in pages:
            headers = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"
            )
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(html.encode()), http_headers=headers
            )
            writer.write_record(record)


def test_what_is_wrong_is_told_in_a_line_and_nothing_is_left(
    spark: Cluster, corpus: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    missing = spark.kg("extract", tmp_path / "nowhere", "--engine", "spark", "-o", out)
    assert missing.code == 1
    assert f"{tmp_path}/nowhere" in missing.err
    assert "Traceback" not in missing.err
    assert not out.exists()
    out.mkdir()
    (out / "mine.txt").write_text("kept")
    taken = spark.kg("extract", corpus, "--engine", "spark", "-o", out)
    assert taken.code == 1
    assert "name another folder, or remove it" in taken.err
    assert (out / "mine.txt").read_text() == "kept"


def test_without_spark_the_remedy_is_told(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Microsoft invested in Cohere.")
    done = kg("extract", story, "--engine", "spark", "-o", tmp_path / "out")
    assert done.code == 1
    assert "pip install 'ai-industry-kg[spark]'" in done.err
    assert kg("extract", story, "--engine", "spark").code == 2
    assert kg("extract", story, "-o", tmp_path / "out").code == 2
