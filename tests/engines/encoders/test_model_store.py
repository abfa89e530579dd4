from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from pandok.core.errors import ModelError
from pandok.core.model_card import ModelCard, ModelFile
from pandok.engines.encoders.model_store import SHIPPED, ModelStore, StoredModel, write_card


def install(folder: Path, name: str, content: bytes = b"weights", version: str = "1") -> ModelCard:
    target = folder / name
    target.mkdir(parents=True)
    (target / "model.onnx").write_bytes(content)
    card = ModelCard(
        name=name,
        version=version,
        task="design-encoder",
        files=(ModelFile(name="model.onnx", sha256=hashlib.sha256(content).hexdigest(), bytes=len(content)),),
        licence="Apache-2.0",
        origin_of_weights="made in this test",
        training_data="none",
    )
    write_card(target, card)
    return card


def test_cards_are_listed_and_files_verified(tmp_path: Path) -> None:
    card = install(tmp_path, "a")
    store = ModelStore(tmp_path)
    assert [entry.card for entry in store.cards() if isinstance(entry, StoredModel)] == [card]
    assert store.get("a").verified().read_bytes() == b"weights"
    assert store.get(str(tmp_path / "a" / "card.json")).card == card


def test_the_later_folder_wins(tmp_path: Path) -> None:
    install(tmp_path / "shipped", "a", version="1")
    install(tmp_path / "site", "a", version="2")
    assert ModelStore(tmp_path / "shipped", tmp_path / "site").get("a").card.version == "2"


def test_a_changed_byte_is_refused_with_both_hashes(tmp_path: Path) -> None:
    install(tmp_path, "a")
    model = ModelStore(tmp_path).get("a")
    path = model.verified()
    path.write_bytes(b"weightz")
    os.utime(path, ns=(1, 1))
    with pytest.raises(ModelError) as refused:
        model.verified()
    assert refused.value.error_code == "model.sha256"
    assert refused.value.fields["expected"] == hashlib.sha256(b"weights").hexdigest()
    assert refused.value.fields["got"] == hashlib.sha256(b"weightz").hexdigest()
    assert refused.value.fields["got"] in refused.value.message("ko")


@pytest.mark.parametrize(
    ("name", "code"), [("", "model.file_missing"), ("other.bin", "model.unlisted_file")], ids=["absent", "unlisted"]
)
def test_a_file_that_is_absent_or_unlisted(tmp_path: Path, name: str, code: str) -> None:
    install(tmp_path, "a")
    (tmp_path / "a" / "model.onnx").unlink()
    with pytest.raises(ModelError) as refused:
        ModelStore(tmp_path).get("a").verified(name)
    assert refused.value.error_code == code


@pytest.mark.parametrize("content", ["", "{", "[]", '{"name": "b"}', "\x00"])
def test_a_damaged_card_is_listed_as_the_reason(tmp_path: Path, content: str) -> None:
    install(tmp_path, "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "card.json").write_text(content, encoding="utf-8")
    good, bad = ModelStore(tmp_path).cards()
    assert isinstance(good, StoredModel)
    assert isinstance(bad, ModelError)
    assert bad.error_code == "model.card"


def test_an_unknown_name_tells_the_known_ones(tmp_path: Path) -> None:
    install(tmp_path, "a")
    with pytest.raises(ModelError, match="Installed: a"):
        ModelStore(tmp_path).get("b")


def test_every_shipped_model_agrees_with_its_card() -> None:
    for entry in ModelStore(SHIPPED).cards():
        assert isinstance(entry, StoredModel), entry
        for file in entry.card.files:
            assert entry.verified(file.name).stat().st_size == file.bytes
        listed = {file.name for file in entry.card.files} | {"card.json"}
        assert {path.name for path in entry.folder.iterdir() if path.is_file()} <= listed | {"README.md"}


def test_a_card_is_plain_json(tmp_path: Path) -> None:
    install(tmp_path, "a")
    assert json.loads((tmp_path / "a" / "card.json").read_text(encoding="utf-8"))["files"][0]["bytes"] == 7
