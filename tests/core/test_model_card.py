from __future__ import annotations

import pytest
from pydantic import ValidationError

from pandok.core.model_card import ModelCard, ModelFile, safe_card_name

FILE = {"name": "model.onnx", "sha256": "0" * 64, "bytes": 3}
CARD = {
    "name": "tiny",
    "version": "1",
    "task": "design-encoder",
    "files": [FILE],
    "licence": "Apache-2.0",
    "origin_of_weights": "made in this test",
    "training_data": "none",
}


def test_a_card_survives_json() -> None:
    card = ModelCard.model_validate(CARD)
    assert ModelCard.model_validate_json(card.model_dump_json()) == card
    assert card.title == "tiny 1"
    assert card.file("model.onnx") == card.files[0]
    assert card.file("other") is None


@pytest.mark.parametrize("name", ["../weights", "/abs", "", "a/../../b", "a\\b"])
def test_a_file_stays_in_the_folder_of_its_card(name: str) -> None:
    with pytest.raises(ValidationError):
        ModelFile(name=name, sha256="0" * 64, bytes=1)


@pytest.mark.parametrize(
    "wrong",
    [{"files": []}, {"files": [FILE, FILE]}, {"name": "Big Name"}, {"colour": "red"}, {"licence": None}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_wrong_card_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ModelCard.model_validate({**CARD, **wrong})


def test_a_name_becomes_a_card_name() -> None:
    name = safe_card_name("hf-hub:Someone/ViT L")
    assert name == "hf-hub-someone-vit-l"
    assert ModelCard.model_validate({**CARD, "name": name}).name == name
    assert safe_card_name("!!!") == "model"
