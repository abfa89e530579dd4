"""What a test object says of a machine, as findings of the report: who laid it into the scanner says where its parts
are. No limits: a machine is compared with itself, scan by scan."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, Field, ValidationError

from pandok.core.errors import InputError
from pandok.core.reading import Value
from pandok.core.text import Text
from pandok.readers.xray.quality.measures import edge_of, uniformity
from pandok.readers.xray.quality.object_parts import Place, seen_apart, thickest_steel_mm, thinnest_wire_mm
from pandok.readers.xray.quality.report import Finding, Grade

MOST_BYTES = 100_000
Side = Annotated[int, Field(ge=0)]
Corners = tuple[Side, Side, Side, Side]
"""Left, top, right, bottom (beyond), in pixels."""


class Piece(Value):
    """A part of the object with its measure."""

    model_config = ConfigDict(extra="forbid")

    box: Corners
    millimetres: Annotated[float, Field(gt=0, le=10_000)]


class ObjectPlaces(Value):
    """`edge`: one nearly upright edge, .5 to 15 degrees off. `even`: a plate of one thickness. `steel`: steps of a
    wedge. `wires`: upright ones, each in the middle of its box. `apart`: pairs of places that should look different."""

    model_config = ConfigDict(extra="forbid")

    edge: Corners | None = None
    even: Corners | None = None
    steel: tuple[Piece, ...] = ()
    wires: tuple[Piece, ...] = ()
    apart: tuple[tuple[Corners, Corners], ...] = ()


def object_places(data: bytes) -> ObjectPlaces:
    """Of a JSON file. Raises InputError xray.test_object_wrong."""
    try:
        if len(data) > MOST_BYTES:
            raise ValueError("too long")
        return ObjectPlaces.model_validate_json(data)
    except (ValidationError, ValueError) as error:
        raise InputError(
            Text(ko="시험체 설명 파일을 읽을 수 없습니다.", en="The file of the test object cannot be read."),
            Text(
                ko="edge, even, steel, wires, apart 항목만 쓰고, 상자는 [왼쪽, 위, 오른쪽, 아래] 화소로 적으십시오.",
                en="Use edge, even, steel, wires and apart alone; boxes are [left, top, right, bottom] in pixels.",
            ),
            code="xray.test_object_wrong",
        ) from error


def object_findings(
    places: ObjectPlaces, high: NDArray[np.floating], pitch_mm: tuple[float, float] | None
) -> tuple[Finding, ...]:
    """`high`: transmission of the scan that shows the object. Raises InputError xray.test_object_outside for a box that
    is empty or leaves the scan."""
    pairs = [one for pair in places.apart for one in pair]
    pieces = [one.box for one in (*places.steel, *places.wires)]
    for box in (*filter(None, (places.edge, places.even)), *pairs, *pieces):
        _check(box, high.shape)
    found: list[Finding] = []
    if places.edge is not None:
        found += _edge(Place(places.edge, 0).of(high), pitch_mm)
    if places.even is not None:
        share = uniformity(Place(places.even, 0).of(high))
        found.append(_measured("uniformity", share, "", f"{share:.4f}", _UNEVEN))
    if places.steel:
        steel = thickest_steel_mm(high, [Place(one.box, one.millimetres) for one in places.steel])
        found.append(_measured("thickest_steel", steel, "mm", f"{steel or 0:g} mm", _STEEL, _NONE_SEEN))
    if places.wires:
        wire = thinnest_wire_mm(high, [Place(one.box, one.millimetres) for one in places.wires])
        found.append(_measured("thinnest_wire", wire, "mm", f"{wire or 0:g} mm", _WIRE, _NONE_SEEN))
    if places.apart:
        told = sum(seen_apart(high, Place(one, 0), Place(other, 0)) for one, other in places.apart)
        found.append(_measured("seen_apart", told, "pairs", f"{told}/{len(places.apart)}", _APART))
    return tuple(found)


_MTF = Text(ko="가는 선의 대비가 5분의 1이 되는 곳(MTF20)", en="Contrast of fine lines falls to a fifth (MTF20) at")
_BLUR = Text(ko="흐림(가우스 σ)", en="Blur, σ of a Gaussian")
_UNEVEN = Text(ko="고른 판의 불균일도", en="Unevenness of the even plate")
_STEEL = Text(
    ko="5분의 1만큼 더 두꺼운 것이 뒤에 보이는 가장 두꺼운 강판", en="Thickest steel behind which more is seen"
)
_WIRE = Text(ko="보이는 가장 가는 선", en="Thinnest wire that is seen")
_APART = Text(ko="서로 다르게 보이는 재질 쌍", en="Pairs of materials that look different")


_NOT_MEASURED = Text(ko="잴 수 없습니다", en="could not be measured")
_NONE_SEEN = Text(ko="하나도 보이지 않습니다", en="none of them is seen")


def _edge(region: NDArray[np.floating], pitch_mm: tuple[float, float] | None) -> list[Finding]:
    edge = edge_of(region, pitch_mm[1] if pitch_mm else 1.0)
    blur = _measured("edge_blur", edge.blur_px if edge else None, "px", f"{edge.blur_px if edge else 0:.2f} px", _BLUR)
    if pitch_mm is None:
        return [blur]
    lines = edge.mtf20_lp_per_mm if edge else None
    return [_measured("edge_mtf20", lines, "lp/mm", f"{lines or 0:.2f} lp/mm", _MTF), blur]


def _measured(
    code: str, value: float | None, unit: str, shown: str, words: Text, otherwise: Text = _NOT_MEASURED
) -> Finding:
    if value is None:
        text = Text(ko=f"{words.ko}: {otherwise.ko}.", en=f"{words.en}: {otherwise.en}.")
        return Finding(code, Grade.ATTENTION, None, unit, text)
    return Finding(code, Grade.GOOD, float(value), unit, Text(ko=f"{words.ko}: {shown}.", en=f"{words.en}: {shown}."))


def _check(box: Corners, shape: tuple[int, ...]) -> None:
    left, top, right, bottom = box
    if not (left < right <= shape[1] and top < bottom <= shape[0]):
        raise InputError(
            Text(
                ko=f"시험체의 상자 {list(box)}가 영상 밖에 있습니다.",
                en=f"A box of the test object, {list(box)}, is not in the scan.",
            ),
            Text(
                ko=f"영상은 {shape[1]}×{shape[0]} 화소입니다. 상자를 고치거나, 시험체를 찍은 영상만 바꾸십시오.",
                en=f"In pixels, the scan is {shape[1]} × {shape[0]}. Correct the box, or convert this one scan alone.",
            ),
            code="xray.test_object_outside",
        )
