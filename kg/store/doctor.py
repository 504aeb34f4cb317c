"""What is wrong with an embedded store, and mending what can be mended."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.store.embedded import EmbeddedStore
from kg.store.errors import StoreDamagedError, StoreError
from kg.store.files import write_atomically
from kg.store.layout import LAYOUT, Layout, checksum
from kg.store.texts import Texts
from kg.vocabulary import ARTICLE

RESCUED = "ingest-again.jsonl"
"""Where ``repair`` leaves articles whose graph was lost, in the store's folder."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a store that its keeper should know.

    ``serious`` is False for what mends itself with the next command.
    """

    place: Path | str
    problem: str
    remedy: str
    serious: bool = True


def doctor(store: EmbeddedStore) -> list[Finding]:
    """Everything that is wrong with a store; nothing is changed. Reads every file once.

    Takes about 0.3 s for a million quads.
    """
    layout = store.layout
    if not layout.root.exists():
        return [Finding(layout.root, "there is no store here", "make one with `kg ingest`")]
    try:
        if layout.is_begun():
            return [
                Finding(
                    layout.root,
                    "the making of a store was interrupted here",
                    "nothing: the next `kg ingest` makes it",
                    serious=False,
                )
            ]
        return list(_examine(layout, store))
    except PermissionError as error:
        return [Finding(layout.root, f"access is refused: {error}", "change the permissions")]


def repair(store: EmbeddedStore, timeout: float = 10.0) -> list[Finding]:
    """Mend what can be mended and return what was found.

    The current snapshot, if damaged, gives way to the newest good one, or to an empty graph if
    there is none; articles that this one does not know are written to ``RESCUED``, to be
    ingested again. Damaged files are set aside under names ending in ``.damaged``.
    """
    found = doctor(store)
    if not any(finding.serious for finding in found):
        return found
    layout = store.layout
    with store.locked(timeout, create=False):
        layout.snapshots.mkdir(exist_ok=True)
        good = [n for n in layout.numbers() if not list(_examine_snapshot(layout, n))]
        if layout.texts.exists() and list(_examine_texts(layout, 0)):
            _salvage_texts(layout)
        try:
            current = layout.current() or 0
        except StoreDamagedError:
            current = max(good, default=0)
            layout.switch(current)
        for number in layout.numbers():
            if number not in good:
                _set_aside(layout.folder(number))
        if current not in good:
            newest, current = current, max((n for n in good if n < current), default=0)
            _rescue_articles(layout, newest, current)
            layout.switch(current)
        if list(_examine_format(layout)):
            write_atomically(layout.format, json.dumps({"layout": LAYOUT}) + "\n")
    return found


def _examine(layout: Layout, store: EmbeddedStore) -> Iterator[Finding]:
    yield from _examine_format(layout)
    current = 0
    try:
        current = layout.current() or 0
    except StoreDamagedError:
        yield Finding(
            layout.pointer,
            "does not say which snapshot is current",
            "run `kg doctor --repair` to go to the newest good one",
        )
    numbers = layout.numbers()
    if current and current not in numbers:
        yield _damaged_snapshot(layout.folder(current), "is missing", current, numbers)
    for number in numbers:
        if current and number > current:
            yield Finding(
                layout.folder(number),
                "was left by a writer that was interrupted",
                "nothing: the next writer removes it",
                serious=False,
            )
            continue
        for problem in _examine_snapshot(layout, number):
            if number == current:
                yield _damaged_snapshot(layout.folder(number), problem, current, numbers)
            else:
                yield Finding(
                    layout.folder(number),
                    f"an earlier snapshot is damaged: {problem}",
                    "nothing if it is not needed; `kg doctor --repair` sets it aside",
                    serious=False,
                )
    yield from _examine_texts(layout, current)
    yield from _examine_graphs(store)
    if layout.work.exists() and not store.is_being_written():
        yield Finding(
            layout.work,
            "was left by a writer that was interrupted",
            "nothing: the next writer removes it",
            serious=False,
        )
    free = shutil.disk_usage(layout.root).free
    size = sum(p.stat().st_size for p in layout.database(current).glob("*")) if current else 0
    if free < max(size, 50 << 20):
        yield Finding(
            layout.root,
            f"the disk has {free >> 20} MB left, the store takes {size >> 20} MB",
            "free some space before the next large ingest",
            serious=False,
        )


def _damaged_snapshot(folder: Path, problem: str, current: int, numbers: list[int]) -> Finding:
    older = [number for number in numbers if number < current]
    back = f"snapshot {older[-1]}" if older else "an empty graph"
    return Finding(
        folder,
        f"the current snapshot is damaged: {problem}",
        f"`kg restore BACKUP`; or `kg doctor --repair`, which goes back to {back} and writes the "
        f"articles to be ingested again to {RESCUED}",
    )


def _examine_format(layout: Layout) -> Iterator[Finding]:
    try:
        layout.check_format()
    except StoreDamagedError:
        yield Finding(layout.format, "is missing or mutilated", "run `kg doctor --repair`")


def _examine_snapshot(layout: Layout, number: int) -> Iterator[str]:
    """What is wrong with one snapshot, by its checksums."""
    try:
        snapshot = layout.describe(number)
        layout.check_sizes(snapshot)
        for name, (_, sha) in snapshot.files.items():
            if checksum(layout.database(number) / name) != sha:
                yield f"{name} was altered"
    except StoreDamagedError as error:
        yield str(error).partition(";")[0]


def _examine_graphs(store: EmbeddedStore) -> Iterator[Finding]:
    """Articles in the graph whose text is not kept."""
    try:
        with store.read() as reader:
            kept = {article.id for article in reader.articles()}
            graphs = (g.value for g in reader.graph_names() if isinstance(g, ox.NamedNode))
            named = {g.removeprefix(ARTICLE) for g in graphs if g.startswith(ARTICLE)}
    except StoreError:
        return  # told elsewhere
    if missing := named - kept:
        yield Finding(
            store.layout.texts,
            f"{len(missing)} articles in the graph are kept without their text",
            "nothing if they were loaded as quads; else ingest them again",
            serious=False,
        )


def _examine_texts(layout: Layout, current: int) -> Iterator[Finding]:
    if not layout.texts.exists():
        if current:
            yield Finding(
                layout.texts,
                "the articles' texts are missing",
                "`kg restore BACKUP`, or ingest the articles again",
            )
        return
    texts = Texts(layout.texts, current)
    problem = texts.problem()
    texts.close()
    if problem is not None:
        yield Finding(
            layout.texts,
            f"the articles' texts are damaged: {problem}",
            "`kg doctor --repair` keeps those that can be read; then `kg restore BACKUP` or "
            "ingest the articles again for the rest",
        )


def _rescue_articles(layout: Layout, newest: int, current: int) -> None:
    """Write the articles known to snapshot ``newest`` and not to ``current`` as JSONL."""
    later, earlier = Texts(layout.texts, newest), Texts(layout.texts, current)
    try:
        lost = [article for article in later if earlier.get(article.id) != article]
    finally:
        later.close()
        earlier.close()
    if lost:
        with (layout.root / RESCUED).open("a", encoding="utf-8") as stream:
            for article in lost:
                record = {k: v for k, v in asdict(article).items() if v is not None}
                record["id"] = record.pop("source")
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def _salvage_texts(layout: Layout) -> None:
    """Set damaged texts aside and keep the rows that can still be read."""
    aside = _set_aside(layout.texts)
    fresh = Texts(layout.texts, 0)
    fresh.open_for_writing(newest=0)
    if aside is not None:
        fresh.salvage(aside)
    fresh.close()


def _set_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    for attempt in range(1, 1000):
        aside = path.with_name(f"{path.name}.damaged" + (f"-{attempt}" if attempt > 1 else ""))
        if not aside.exists():
            path.replace(aside)
            return aside
    raise StoreError(f"{path.parent}: remove the files whose names end in .damaged")
