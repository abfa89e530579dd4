"""docs/journeys.py traces tests: they stand where it looks for them, and every folder has a storey."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def journeys() -> ModuleType:
    spec = importlib.util.spec_from_file_location("journeys", ROOT / "docs" / "journeys.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_each_journey_is_a_test_that_stands(journeys: ModuleType) -> None:
    for journey in journeys.JOURNEYS:
        [path] = [one for one in (ROOT / "tests").rglob("*.py") if str(one).endswith(journey.file)]
        assert f"def {journey.test.partition('[')[0]}(" in path.read_text(encoding="utf-8")


def test_pages_stand_above_use_cases_and_these_above_the_floor(journeys: ModuleType) -> None:
    storeys = [names.split(",") for names in journeys.STOREYS.split()]

    def at(path: str) -> int:
        return int(journeys.storey(tuple(path.split("/")), storeys))

    way = ["core/text", "readers/designs/reader", "engines/index/port", "common/audit/chain", "fields/register/paths"]
    way += ["fields/counterfeit/acts/guides", "fields/lab/acts/explained", "fields/lab/web/areas"]
    assert [at(one) for one in way] == sorted({at(one) for one in way})
    assert at("common/web/views/audit") == at("web/urls") == at("fields/designs/api/readings") == len(storeys) - 1


def test_every_folder_has_a_storey(journeys: ModuleType) -> None:
    named = {name for names in journeys.STOREYS.split() for name in names.split(",")}
    top = {path.name for path in (ROOT / "src" / "pandok").iterdir() if (path / "__init__.py").exists()}
    assert top - named <= {"fields", "web", "cli", "demo", "languages", "models"}
