"""The invented industry as a store on disk, as the commands read one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.store import open_store
from tests.questions.industry import industry


@pytest.fixture(scope="session")
def industry_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("industry") / "store"
    with open_store(folder).write() as writer:
        writer.bulk_load(industry().store)
        writer.publish()
    return folder
