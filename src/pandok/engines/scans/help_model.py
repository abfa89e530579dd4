"""The model behind the reading help, from its card: its share of each pixel for each class.

Contract: input `maps` float32 (1, 4, rows, columns), sides multiples of 16 (pandok.readers.xray.help.maps); output
`shares` float32 (1, classes, rows, columns), each from 0 to 1. The shipped model runs here, its sha256 compared with
its card; any other in the sandbox.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pandok.core.errors import ModelError
from pandok.core.text import Text
from pandok.engines.encoders.model_store import StoredModel, site_models
from pandok.engines.sandbox.codes import SandboxError
from pandok.engines.sandbox.limits import Limits
from pandok.engines.sandbox.sandbox import open_sandbox
from pandok.readers.xray.help.maps import Maps
from pandok.readers.xray.help.regions import PlaceRule, padded
from pandok.readers.xray.help.scoring import FEATURES, ScoreCurve

READER = "pandok-xray"
CONSTANTS = "help.json"
MOST_CLASSES = 50
_SECONDS = 30.0
Shares = Callable[[Maps], NDArray[np.float32]]
"""(4, rows, columns) to (classes, rows, columns); raises ModelError."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Score(_Value):
    mean: tuple[float, ...] = Field(min_length=len(FEATURES), max_length=len(FEATURES))
    scale: tuple[float, ...] = Field(min_length=len(FEATURES), max_length=len(FEATURES))
    weights: tuple[float, ...] = Field(min_length=len(FEATURES), max_length=len(FEATURES))
    bias: float


class _Places(_Value):
    grow: float
    seed: float


class HelpConstants(_Value):
    """`classes`: in the order of the output; `places`: how places are made of its shares; `score`: their curve."""

    classes: tuple[str, ...] = Field(min_length=1, max_length=MOST_CLASSES)
    places: _Places
    score: _Score


@dataclass(frozen=True, eq=False)
class HelpModel:
    """`title`: name and version. `training_data`: as its card says it."""

    title: str
    sha256: str
    classes: tuple[str, ...]
    curve: ScoreCurve
    rule: PlaceRule
    shares: Shares
    training_data: str


def open_help_model(name: str, home: Path, threads: int = 1) -> HelpModel:
    """The model that the setting `xray_reader` names. Raises ModelError."""
    stored = site_models(home).get(name)
    constants = _constants(stored)
    path = stored.verified()
    shares = shares_here(path, threads) if name == READER else shares_inside(path.read_bytes(), stored.card.name)
    score = constants.score
    try:
        curve = ScoreCurve(score.mean, score.scale, score.weights, score.bias)
        rule = PlaceRule(constants.places.grow, constants.places.seed)
    except ValueError as error:
        raise _wrong(name, str(error)) from error
    return HelpModel(
        title=stored.card.title,
        sha256=stored.card.files[0].sha256,
        classes=constants.classes,
        curve=curve,
        rule=rule,
        shares=shares,
        training_data=stored.card.training_data,
    )


def shares_here(path: Path, threads: int) -> Shares:
    """In this process: for the model that comes with Pandok."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads, options.log_severity_level = threads, 1, 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def shares(maps: Maps) -> NDArray[np.float32]:
        wide = padded(maps)
        (found,) = session.run(["shares"], {"maps": wide[None]})
        return _cut(np.asarray(found), maps, wide, path.stem)

    return shares


def shares_inside(model: bytes, name: str) -> Shares:
    """In the sandbox, a child for each scan: for models of others."""

    def shares(maps: Maps) -> NDArray[np.float32]:
        wide = padded(maps)
        limits = Limits(seconds_per_case=_SECONDS, seconds_in_all=2 * _SECONDS)
        try:
            with closing(open_sandbox().load(model, limits)) as running:
                found = running.run({"maps": wide[None]})["shares"]
        except (SandboxError, KeyError) as error:
            raise _wrong(name, str(error)) from error
        return _cut(np.asarray(found), maps, wide, name)

    return shares


def _cut(found: NDArray[np.generic], maps: Maps, wide: Maps, name: str) -> NDArray[np.float32]:
    _, rows, columns = maps.shape
    if found.ndim != 4 or found.shape[0] != 1 or found.shape[2:] != wide.shape[1:] or found.shape[1] > MOST_CLASSES:
        raise _wrong(name, f"shares {found.shape}, maps {wide.shape}")
    return np.clip(np.asarray(found[0, :, :rows, :columns], np.float32), 0.0, 1.0)


def _constants(stored: StoredModel) -> HelpConstants:
    text = stored.verified(CONSTANTS).read_text(encoding="utf-8")
    try:
        return HelpConstants.model_validate(json.loads(text))
    except (ValidationError, ValueError) as error:
        raise _wrong(stored.card.name, str(error).splitlines()[0]) from error


def _wrong(name: str, why: str) -> ModelError:
    return ModelError(
        Text(
            ko=f"X-ray 판독 보조 모델 {name}이(가) 규격에 맞지 않습니다: {why}.",
            en=f"The X-ray reader program {name} does not keep the contract: {why}.",
        ),
        Text(
            ko="docs/look-up/xray-reader.md의 입력·출력 규격을 확인하고 모델을 다시 설치하십시오.",
            en="See docs/look-up/xray-reader.md for what goes in and out, and install the model again.",
        ),
        code="model.xray_contract",
        model=name,
    )
