"""What a company hands in: a model as data, and how to feed it, from a closed list. Never code.

The values of `submission.json`. A submission is a zip with `model.onnx`, `submission.json`, `card.md`, and
`sample_outputs.csv` (case_id + one column for each output number) for the public cases.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from pandok.core.hidden_letters import without_hidden
from pandok.core.lab.strict_value import StrictValue

LONGEST_NAME = 200


def is_plain_name(name: str) -> bool:
    """Whether a name of a tensor can be shown and stored, as exporters give them: `15`, `input.1`, `model/dense:0`.

    Nothing in it moves a terminal's cursor, turns the direction of reading or shows nothing.

    >>> is_plain_name("15"), is_plain_name("../../etc"), is_plain_name("a\\nb"), is_plain_name("a\\x9b2J")
    (True, False, False, False)
    """
    return len(name) <= LONGEST_NAME and name.isprintable() and "\\" not in name and "../" not in name


def _plain(name: str) -> str:
    if not name or not is_plain_name(name):
        raise ValueError(f"1–{LONGEST_NAME} plain characters, without line breaks, backslash or “../”")
    return name


Name = Annotated[str, AfterValidator(_plain)]
"""A tensor's name. Whatever the gate lets through can be written here."""


def _without_hidden(words: str) -> str:
    return "".join(one for one in without_hidden(words) if one in "\n\t" or unicodedata.category(one) != "Cc")


Words = Annotated[str, BeforeValidator(lambda said: _without_hidden(said) if isinstance(said, str) else said)]
"""What people read: without letters that show nothing, turn the reading or move a terminal's cursor."""


class Resize(StrictValue):
    """Pictures. `fit`: stretch, pad (keeps the form, fills with `fill`), crop (keeps the form, cuts the middle)."""

    step: Literal["resize"]
    width_px: int = Field(ge=1, le=2048)
    height_px: int = Field(ge=1, le=2048)
    fit: Literal["stretch", "pad", "crop"] = "stretch"
    interpolation: Literal["nearest", "area", "bilinear", "bicubic", "lanczos"] = "bilinear"
    fill: int = Field(default=255, ge=0, le=255)


class Colours(StrictValue):
    """Pictures: which channels, in which order. Gray is ITU-R BT.601."""

    step: Literal["colours"]
    order: Literal["RGB", "BGR", "gray"]


class Scale(StrictValue):
    """(value * factor - mean) / deviation, for each channel or column; one number stands for all."""

    step: Literal["scale"]
    factor: float = 1.0
    mean: tuple[float, ...] = (0.0,)
    deviation: tuple[Annotated[float, Field(gt=0)], ...] = (1.0,)


class Layout(StrictValue):
    step: Literal["layout"]
    order: Literal["NCHW", "NHWC", "NC", "NTC", "NCT"]


class Fill(StrictValue):
    """Tables and series: a missing value becomes this."""

    step: Literal["fill"]
    value: float


class Codes(StrictValue):
    """Tables: a column of words becomes numbers by this list; an unknown word becomes `unknown`."""

    step: Literal["codes"]
    column: str
    words: tuple[str, ...] = Field(max_length=20_000)
    unknown: float = -1.0


class Tokens(StrictValue):
    """Text: a character becomes its place in `alphabet` + 1; 0 fills up to `length`; others become `unknown`."""

    step: Literal["tokens"]
    alphabet: str = Field(min_length=1, max_length=20_000)
    length: int = Field(ge=1, le=4096)
    unknown: int = 0


Preprocess = Annotated[Resize | Colours | Scale | Layout | Fill | Codes | Tokens, Field(discriminator="step")]


class Softmax(StrictValue):
    step: Literal["softmax"]


class Sigmoid(StrictValue):
    step: Literal["sigmoid"]


class Pick(StrictValue):
    """One number of the output: column `index`."""

    step: Literal["pick"]
    index: int = Field(ge=0, le=100_000)


class UnitLength(StrictValue):
    """Embeddings: divided by the Euclidean norm."""

    step: Literal["unit_length"]


class Affine(StrictValue):
    step: Literal["affine"]
    factor: float
    offset: float = 0.0


Postprocess = Annotated[Softmax | Sigmoid | Pick | UnitLength | Affine, Field(discriminator="step")]


class SubmissionSheet(StrictValue):
    """submission.json."""

    problem: str
    name: Words = Field(min_length=1, max_length=120)
    version: Words = Field(min_length=1, max_length=40)
    model_input: Name
    model_output: Name
    input_type: Literal["float32", "float64", "int32", "int64", "uint8"] = "float32"
    preprocess: tuple[Preprocess, ...] = Field(max_length=64)
    postprocess: tuple[Postprocess, ...] = Field(default=(), max_length=16)
    threshold: float | None = None
    """At or above it the model says yes, where the metric needs a yes."""
    training_data: Words = Field(min_length=10, max_length=4000)
    """What the model was trained on, and that none of it is of the sealed set."""
    licence: Words = Field(min_length=2, max_length=200)
    sample_tolerance: float = Field(default=1e-3, gt=0, le=0.05)
    """How far our outputs on the public cases may lie from the stated ones (absolute)."""
