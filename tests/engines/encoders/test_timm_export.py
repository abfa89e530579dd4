"""What the export does not leave to timm: weights that are missing are an error, not random numbers."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from pandok.core.errors import RequestError
from pandok.engines.encoders.timm_export import _backbone


class Timm:
    """As timm behaves: an unknown argument is a TypeError, and missing weights are mentioned in the log."""

    def __init__(self, *, takes_size: bool = True, missing: bool = False):
        self.takes_size, self.missing = takes_size, missing
        self.asked: list[dict[str, Any]] = []

    def create_model(self, name: str, **arguments: Any) -> str:
        if "img_size" in arguments and not self.takes_size:
            raise TypeError("unexpected keyword argument 'img_size'")
        self.asked.append(arguments)
        if self.missing:
            logging.getLogger("timm.models._builder").info("Missing keys (a, b) discovered while loading.")
        return name


def test_networks_that_take_no_size_are_made_without() -> None:
    timm = Timm(takes_size=False)
    assert _backbone(timm, "resnet18", 224, None) == "resnet18"
    assert timm.asked == [{"num_classes": 0, "pretrained": True}]


def test_weights_of_another_model_are_refused(tmp_path: Path) -> None:
    level = logging.getLogger("timm").level
    with pytest.raises(RequestError, match="do not fit"):
        _backbone(Timm(missing=True), "vit", 224, tmp_path / "w.safetensors")
    assert logging.getLogger("timm").level == level
    timm = Timm()
    _backbone(timm, "vit", 224, tmp_path / "w.safetensors")
    assert timm.asked[0]["pretrained_cfg_overlay"] == {"file": str(tmp_path / "w.safetensors")}
