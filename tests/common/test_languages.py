"""Catalogues of further languages: compiled from their source, with every sentence an importer may read."""

from __future__ import annotations

import gettext
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from django.utils.translation import gettext as _

from pandok.common.languages import FOLDER, further_languages, speaking
from pandok.core.text import Text

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted(FOLDER.glob("*/LC_MESSAGES/django.po"))
PLACE = re.compile(r"\{[a-z_]+\}|%\([a-z_]+\)s")


@pytest.fixture(scope="module")
def words() -> ModuleType:
    spec = importlib.util.spec_from_file_location("words", ROOT / "docs" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_chinese_and_vietnamese_are_there_and_marked_as_unchecked() -> None:
    assert {code: one.name for code, one in further_languages().items()} == {"vi": "Tiếng Việt", "zh-hans": "中文"}
    for one in further_languages().values():
        assert "검수 필요" in one.mark.ko
        assert one.mark.in_language(one.code) != one.mark.en


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_nearly_all_that_importers_read_is_said(words: ModuleType, catalogue: Path) -> None:
    needed, lacking = words.needed(), words.missing(catalogue)
    assert len(needed) > 150
    assert len(lacking) <= len(needed) // 20, f"say in {catalogue}, then `make words`: {lacking}"


def test_what_is_missing_is_listed_with_its_number(
    words: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(words, "compiled", str)
    monkeypatch.setattr(words, "needed", lambda: ["Customs", "Nobody has said this yet."])
    words.main()
    said = capsys.readouterr().out
    assert said.count("1 of 2 sentences for importers; 1 stay English") == len(CATALOGUES)
    assert said.count("  Nobody has said this yet.") == len(CATALOGUES)


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_the_compiled_catalogue_is_that_of_its_source(words: ModuleType, catalogue: Path) -> None:
    with catalogue.with_suffix(".mo").open("rb") as file:
        kept = gettext.GNUTranslations(file)
    said = words.entries(catalogue)
    assert {english: kept.gettext(english) for english in said} == said, "run `make words`"
    for english, translated in said.items():
        assert set(PLACE.findall(translated)) <= set(PLACE.findall(english)), english


def test_what_a_catalogue_lacks_reads_english_not_korean() -> None:
    with speaking("vi"):
        assert _("Your statement") == "Ý kiến của quý vị"
        assert _("Reset two-step sign-in") == "Reset two-step sign-in"
        assert Text(ko="없는 문장", en="No such sentence").in_language("vi") == "No such sentence"
    assert Text(ko="종결", en="Closed").in_language("xx") == "종결"
