"""Known numbers in, known numbers out; strange input is refused by code and never a crash."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pandok.engines.feeding.codes import REASONS, FeedingCode, FeedingRefused
from pandok.engines.feeding.feeding import answer, tensors
from tests.engines.feeding.sheets import problem, sheet

NHWC = {"step": "layout", "order": "NHWC"}
NCHW = {"step": "layout", "order": "NCHW"}
NC = {"step": "layout", "order": "NC"}


def encoded(pixels: Any, form: str = "PNG", **options: Any) -> bytes:
    target = io.BytesIO()
    Image.fromarray(np.asarray(pixels)).save(target, form, **options)
    return target.getvalue()


def fed(data: bytes, *steps: dict[str, Any], kind: str = "image", **changes: Any) -> np.ndarray:
    spec = {key: changes.pop(key) for key in ("columns", "steps") if key in changes}
    found = tensors(data, sheet(*steps, **changes), problem(kind, **spec))
    assert list(found) == ["input"]
    return found["input"]


def refused(call: Any, *args: Any, **changes: Any) -> str:
    with pytest.raises(FeedingRefused) as caught:
        call(*args, **changes)
    return caught.value.error_code


RGB = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [51, 102, 153]]], np.uint8)


def test_pixels_come_in_the_stated_layout_and_type() -> None:
    flat = fed(encoded(RGB), NHWC, input_type="uint8")
    assert flat.shape == (1, 2, 2, 3)
    assert flat.dtype == np.uint8
    assert (flat[0] == RGB).all()
    first = fed(encoded(RGB), NCHW)
    assert first.shape == (1, 3, 2, 2)
    assert first.dtype == np.float32
    assert first.flags["C_CONTIGUOUS"]
    assert first[0, :, 1, 1].tolist() == [51, 102, 153]


def test_colour_orders() -> None:
    assert fed(encoded(RGB), {"step": "colours", "order": "BGR"}, NHWC)[0, 0, 0].tolist() == [0, 0, 255]
    gray = fed(encoded(RGB), {"step": "colours", "order": "gray"}, NCHW)
    assert gray.shape == (1, 1, 2, 2)
    assert gray[0, 0].tolist() == [[76, 150], [29, 93]]  # .299 R + .587 G + .114 B


def test_scale_is_value_times_factor_minus_mean_by_deviation() -> None:
    scale = {"step": "scale", "factor": 1 / 255, "mean": [0.5, 0.2, 0.0], "deviation": [0.5, 0.1, 2.0]}
    found = fed(encoded(RGB), scale, NCHW)[0, :, 1, 1]
    assert found == pytest.approx([(0.2 - 0.5) / 0.5, (0.4 - 0.2) / 0.1, 0.6 / 2.0], abs=1e-6)


def test_resizing_stretches_pads_or_crops() -> None:
    half = np.zeros((4, 8, 3), np.uint8)
    half[:, 4:] = 200
    resize = {"step": "resize", "width_px": 4, "height_px": 4, "interpolation": "area"}
    stretched = fed(encoded(half), resize, NHWC)[0, :, :, 0]
    assert stretched.tolist() == [[0, 0, 200, 200]] * 4
    padded = fed(encoded(half), resize | {"fit": "pad", "fill": 7}, NHWC)[0, :, :, 0]
    assert padded.tolist() == [[7] * 4, [0, 0, 200, 200], [0, 0, 200, 200], [7] * 4]
    cropped = fed(encoded(half), resize | {"fit": "crop"}, NHWC)[0, :, :, 0]
    assert cropped.tolist() == [[0, 0, 200, 200]] * 4


def test_an_endless_strip_is_cropped_without_an_endless_picture() -> None:
    strip = np.zeros((1, 60_000, 3), np.uint8)
    resize = {"step": "resize", "width_px": 2048, "height_px": 2048, "fit": "crop"}
    assert fed(encoded(strip), resize, NHWC, input_type="uint8").shape == (1, 2048, 2048, 3)


def test_exif_orientation_turns_the_picture() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned right by 90°
    data = encoded(np.array([[[255] * 3, [0] * 3]], np.uint8), "PNG", exif=exif)
    assert fed(data, NHWC)[0, :, :, 0].tolist() == [[255], [0]]


def test_transparency_becomes_white_and_16_bit_gray_becomes_8() -> None:
    clear = np.array([[[10, 20, 30, 0], [10, 20, 30, 255]]], np.uint8)
    assert fed(encoded(clear), NHWC)[0, 0].tolist() == [[255] * 3, [10, 20, 30]]
    deep = np.array([[0, 256, 65_535]], np.uint16)
    assert fed(encoded(deep), NHWC)[0, 0, :, 0].tolist() == [0, 1, 255]


CODES = {"step": "codes", "column": "origin", "words": ["JP", "KR"], "unknown": -1}


def row(**values: Any) -> bytes:
    return json.dumps(values).encode()


def test_a_row_becomes_codes_fill_and_scale() -> None:
    steps = (CODES, {"step": "fill", "value": 2.0}, {"step": "scale", "mean": [1.0], "deviation": [2.0, 1.0]}, NC)
    columns = ("mass", "origin")
    assert fed(row(mass="5", origin="KR"), *steps, kind="table", columns=columns).tolist() == [[2.0, 0.0]]
    assert fed(row(mass="", origin="XX"), *steps, kind="table", columns=columns).tolist() == [[0.5, -2.0]]
    assert fed(row(mass="5", origin="JP", more="x"), *steps, kind="table", columns=columns).shape == (1, 2)


def test_rows_that_do_not_fit_are_refused_by_code() -> None:
    def table(data: bytes, *steps: dict[str, Any], **changes: Any) -> str:
        return refused(fed, data, *steps, NC, kind="table", columns=("mass", "origin"), **changes)

    assert table(row(mass="1", origin="KR")) == "feeding.input_not_a_number"
    assert table(row(mass="", origin="KR"), CODES) == "feeding.input_missing"
    assert table(row(mass="nan", origin="KR"), CODES) == "feeding.input_not_a_number"
    assert table(row(mass="1"), CODES) == "feeding.input_shape"
    assert table(row(mass=1, origin="KR"), CODES) == "feeding.input_shape"
    assert table(b"[1]", CODES) == "feeding.input_shape"
    assert table(b"{", CODES) == "feeding.input_unreadable"
    assert table(row(mass="-1", origin="KR"), CODES, input_type="uint8") == "feeding.input_range"
    assert table(row(mass="1e300", origin="KR"), CODES) == "feeding.input_range"
    assert table(row(mass="9223372036854775808", origin="KR"), CODES, input_type="int64") == "feeding.input_range"


def test_whole_numbers_are_rounded() -> None:
    found = fed(row(mass="2.5"), NC, kind="table", columns=("mass",), input_type="int64")
    assert found.dtype == np.int64
    assert found.tolist() == [[2]]


SERIES = b"minute,depth,rain\n0,1,10\n1,,20\n2,3,30\n"


def test_a_window_becomes_time_by_channel() -> None:
    fill = {"step": "fill", "value": -1}
    common = {"kind": "series", "columns": ("rain", "depth"), "steps": 3}
    found = fed(SERIES, fill, {"step": "layout", "order": "NTC"}, **common)
    assert found.tolist() == [[[10, 1], [20, -1], [30, 3]]]
    turned = fed(SERIES, fill, {"step": "layout", "order": "NCT"}, **common)
    assert turned.tolist() == [[[10, 20, 30], [1, -1, 3]]]
    assert fed(SERIES, fill, NC, **common).tolist() == [[10, 1, 20, -1, 30, 3]]
    assert refused(fed, SERIES, fill, NC, **(common | {"steps": 4})) == "feeding.input_shape"
    assert refused(fed, SERIES, fill, NC, **(common | {"columns": ("wind",)})) == "feeding.input_shape"
    assert refused(fed, SERIES, NC, **common) == "feeding.input_missing"
    assert refused(fed, b"\xff", NC, **common) == "feeding.input_unreadable"


def test_letters_become_their_place() -> None:
    tokens = {"step": "tokens", "alphabet": "abc가", "length": 6, "unknown": 9}
    found = fed("ca?가".encode(), tokens, kind="text", input_type="int64")
    assert found.tolist() == [[3, 1, 9, 4, 0, 0]]
    # A syllable typed as its letters is the same syllable.
    assert fed("\u1100\u1161".encode(), tokens, kind="text", input_type="int64")[0, 0] == 4
    assert fed(b"abcabcabc", tokens, kind="text", input_type="int64").shape == (1, 6)
    assert refused(fed, b"\xff", tokens, kind="text") == "feeding.input_unreadable"


def said(values: Any, *steps: dict[str, Any], task: str = "score") -> tuple[float, ...]:
    outputs = {"output": np.asarray(values)}
    return answer(outputs, sheet(NC, postprocess=steps), problem("table", task, columns=("mass",))).values


def test_outputs_become_answers() -> None:
    assert said([[0.25]]) == (0.25,)
    assert said(0.25) == (0.25,)
    assert said([[0.1, 0.9]], {"step": "pick", "index": 1}) == (0.9,)
    assert said([[0.0]], {"step": "sigmoid"}) == (0.5,)
    assert said([[-1000.0]], {"step": "sigmoid"}) == (0.0,)
    assert said([[1000.0, 0.0, 1000.0]], {"step": "softmax"}, task="classes") == (0.5, 0.0, 0.5)
    assert said([[3.0, 4.0]], {"step": "unit_length"}, task="embedding") == pytest.approx((0.6, 0.8))
    assert said([[2]], {"step": "affine", "factor": 3, "offset": 1}, task="number") == (7.0,)


def test_outputs_that_do_not_fit_are_refused_by_code() -> None:
    assert refused(answer, {"other": np.zeros(1)}, sheet(NC), problem()) == "feeding.output_missing"
    assert refused(said, [["a"]]) == "feeding.output_type"
    assert refused(said, [[1 + 1j]]) == "feeding.output_type"
    assert refused(said, [[0.1, 0.9]]) == "feeding.output_shape"
    assert refused(said, [[0.1], [0.9]]) == "feeding.output_shape"
    assert refused(said, []) == "feeding.output_shape"
    assert refused(said, [[0.1, 0.9]], task="classes") == "feeding.output_shape"
    assert refused(said, [[0.1]], {"step": "pick", "index": 1}) == "feeding.output_shape"
    assert refused(said, [[float("nan")]]) == "feeding.output_not_finite"
    assert refused(said, [[0.0, 0.0]], {"step": "unit_length"}, task="embedding") == "feeding.output_not_finite"


def test_equal_answers_have_equal_hashes() -> None:
    outputs = {"output": np.array([[0.1]], np.float32)}
    first, second = (answer(outputs, sheet(NC), problem("table", columns=("mass",))) for _ in range(2))
    assert first.sha256 == second.sha256
    other = answer({"output": np.array([[0.2]])}, sheet(NC), problem("table", columns=("mass",)))
    assert first.sha256 != other.sha256


def test_every_code_says_what_and_what_to_do() -> None:
    assert set(REASONS) == set(FeedingCode)
    for what, next_step in REASONS.values():
        assert what.ko
        assert what.en
        assert next_step.ko
        assert next_step.en


RESIZE = {"step": "resize", "width_px": 9, "height_px": 7, "fit": "pad"}
KINDS = {
    "image": ((RESIZE, NCHW), {}),
    "table": ((CODES, NC), {"columns": ("mass", "origin")}),
    "series": ((NC,), {"columns": ("depth",)}),
    "text": (({"step": "tokens", "alphabet": "ab", "length": 5},), {}),
}
PNG = encoded(RGB)


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(sorted(KINDS)), data=st.binary(max_size=300), at=st.integers(0, len(PNG)), cut=st.booleans()
)
def test_any_bytes_are_fed_or_refused_and_always_alike(kind: str, data: bytes, at: int, cut: bool) -> None:
    if kind == "image":
        data = PNG[:at] + data[:3] + (b"" if cut else PNG[at + 3 :])
    steps, spec = KINDS[kind]

    def outcome() -> Any:
        try:
            found = fed(data, *steps, kind=kind, **spec)
        except FeedingRefused as error:
            return error.error_code
        assert found.shape[0] == 1
        assert np.isfinite(found).all()
        return found.tobytes()

    assert outcome() == outcome()
