"""ModelCard: what a model is, said before any of its bytes are loaded.

A card lists every file with its sha256. Cards are values; finding and checking files is
pandok.engines.encoders.model_store.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class CardValue(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelFile(CardValue):
    """One file beside the card. `name` is relative to the card's folder and never leaves it."""

    name: str
    sha256: Sha256
    bytes: int = Field(ge=0)

    @field_validator("name")
    @classmethod
    def _stays_inside(cls, name: str) -> str:
        if not name or name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise ValueError("the name of a model file stays inside the folder of its card")
        return name


class ModelInput(CardValue):
    """The tensor that goes in. `size_px` is (height, width); values lie in `value_range` before mean and deviation."""

    name: str = "pixels"
    layout: Literal["NCHW", "NHWC"] = "NCHW"
    dtype: Literal["float32", "float16", "uint8"] = "float32"
    channels: Literal["RGB", "BGR", "gray"] = "RGB"
    size_px: tuple[int, int]
    value_range: tuple[float, float] = (0.0, 1.0)


class Preprocessing(CardValue):
    """From an RGB picture to the input: fit, then (value - mean) / standard_deviation per channel."""

    fit: Literal["pad", "crop", "stretch"] = "pad"
    padding_value: int = Field(default=255, ge=0, le=255)
    interpolation: Literal["area", "bilinear", "bicubic", "lanczos"] = "area"
    mean: tuple[float, ...] = (0.0, 0.0, 0.0)
    standard_deviation: tuple[float, ...] = (1.0, 1.0, 1.0)


class MeasuredScore(CardValue):
    """One measured number with what is needed to repeat it; `interval` is the 95 % interval (low, high)."""

    data_set: str
    metric: str
    value: float
    interval: tuple[float, float] | None = None
    commit: str = ""


class ModelCard(CardValue):
    """A frozen description of one version of one model.

    `files[0]` is the model itself (ONNX) for tasks that run one. `dimensions` is the length of the output vector,
    0 where the output is none. `score_direction` says which way a score of this model points.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}$")
    version: str
    task: str
    files: tuple[ModelFile, ...] = Field(min_length=1)
    input: ModelInput | None = None
    preprocessing: Preprocessing = Preprocessing()
    outputs: tuple[str, ...] = ("descriptor",)
    dimensions: int = Field(default=0, ge=0)
    score_direction: Literal["higher_is_closer", "lower_is_closer", "none"] = "higher_is_closer"
    licence: str
    origin_of_weights: str
    training_data: str
    scores: tuple[MeasuredScore, ...] = ()
    calibration: str = ""
    """Name of the listed file that holds calibration constants; empty where there is none."""
    notes: str = ""

    @field_validator("files")
    @classmethod
    def _names_are_distinct(cls, files: tuple[ModelFile, ...]) -> tuple[ModelFile, ...]:
        names = [file.name for file in files]
        if len(set(names)) != len(names):
            raise ValueError("a file is listed twice")
        return files

    @property
    def title(self) -> str:
        """Name and version as readings carry them."""
        return f"{self.name} {self.version}"

    def file(self, name: str) -> ModelFile | None:
        return next((file for file in self.files if file.name == name), None)


def safe_card_name(name: str) -> str:
    """`name` in the spelling of card names: lower case letters, digits, dot, dash and underline."""
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-._")[:100] or "model"
