"""`pandok lab strips read`: the lines of lateral-flow strips in a photograph, under the rule of their assay."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pandok.cli.terminal import console, print_json, say
from pandok.core.errors import RequestError
from pandok.core.text import Text, counted

if TYPE_CHECKING:
    from pandok.readers.strips.judging import WindowReading

app = typer.Typer(help="측면 흐름 검사지 · Lateral-flow strips.", no_args_is_help=True)
RESULTS = {
    "invalid": Text(ko="무효", en="invalid"),
    "negative": Text(ko="음성", en="negative"),
    "presumptive_positive": Text(ko="추정 양성(정밀 분석으로 확인)", en="presumptive positive (a laboratory confirms)"),
    "unclear": Text(ko="불분명(두 사람이 다시 판독)", en="unclear (two people read again)"),
}
WHY = {
    "no_control": Text(ko="대조선이 없습니다", en="no control line"),
    "outside_reading_time": Text(ko="판독 시간을 벗어났습니다", en="outside the reading time"),
    "between": Text(ko="선이 있는지 가릴 수 없습니다", en="neither a line nor none"),
    "line": Text(ko="검사선이 있습니다", en="a test line"),
    "no_line": Text(ko="검사선이 없습니다", en="no test line"),
    "parted": Text(ko="창의 일부만 찾았을 수 있습니다", en="perhaps a part of its window alone"),
}
_SAID = Text(
    ko="선의 진하기를 잰 것이며 물질의 판정이 아닙니다. 선의 뜻은 검사지 제조사의 설명을 따르십시오.",
    en="This measures lines and identifies no substance. What they mean is said by the strip's maker.",
)


class AssayKind(StrEnum):
    SANDWICH = "sandwich"
    COMPETITIVE = "competitive"


@app.callback()
def strips() -> None:
    """A group, so that `read` stays a word of its own."""


@app.command("read")
def read(
    photograph: Annotated[Path, typer.Argument(help="검사지 사진 · Photograph of strips or a card.")],
    assay: Annotated[
        AssayKind,
        typer.Option("--assay", help="경쟁법이면 검사선이 없을 때 추정 양성 · competitive: no test line is positive."),
    ],
    control: Annotated[
        bool, typer.Option("--control/--no-control", help="대조선이 있는 검사지 · Strips with a control line.")
    ] = True,
    least_area: Annotated[
        float,
        typer.Option(
            "--least-area", min=0, help="이 로트에서 선으로 볼 최소 면적 · Smallest area of a line, of the lot."
        ),
    ] = 0.0,
    waited_s: Annotated[
        float | None, typer.Option("--waited", min=0, help="적용 뒤 지난 초 · Seconds since the sample was applied.")
    ] = None,
    early_s: Annotated[
        float | None, typer.Option("--not-before", min=0, help="판독 시작(초) · Reading time from.")
    ] = None,
    late_s: Annotated[
        float | None, typer.Option("--not-after", min=0, help="판독 끝(초) · Reading time until.")
    ] = None,
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """사진에서 검사지의 선을 잽니다 · Measure the lines of strips in a photograph. No substance is named."""
    from pandok.engines.decoding.picture import decode_picture
    from pandok.engines.decoding.pool import decoding_pool
    from pandok.fields.lab.cli.command_files import read_bytes
    from pandok.readers.strips.judging import Assay, StripRule, read_strips
    from pandok.settings import settings

    data, chosen = read_bytes(photograph), settings()
    decoded = decode_picture(
        decoding_pool(),
        data,
        max_bytes=chosen.max_upload_mb * 1024 * 1024,
        max_megapixels=chosen.max_megapixels,
        filename=photograph.name,
    )
    rule = StripRule(
        Assay(assay.value),
        control=(0.08, 0.45) if control else None,
        least_area=least_area,
        too_early_s=early_s,
        too_late_s=late_s,
    )
    if waited_s is None and (early_s is not None or late_s is not None):
        raise RequestError(
            Text(ko="적용 뒤 지난 시간이 없습니다.", en="It is not said how long ago the sample was applied."),
            Text(ko="--waited에 초를 적으십시오.", en="Give --waited in seconds."),
            code="strips.no_time",
        )
    found = read_strips(decoded.pixels, rule, waited_s)
    if not found:
        raise RequestError(
            Text(ko="사진에서 검사지의 창을 찾지 못했습니다.", en="No window of a strip was found in the photograph."),
            Text(
                ko="창의 네 변이 모두 보이도록 위에서 가까이 다시 찍으십시오.",
                en="Take it again from above and near, with all four sides of the window in sight.",
            ),
            code="strips.no_window",
        )
    _show(found, in_json=in_json)


def _show(found: list[WindowReading], *, in_json: bool) -> None:
    if in_json:
        print_json([_values(one) for one in found])
        return
    for number, one in enumerate(found, 1):
        lines = f"T {one.test.area:.4f} (SNR {one.test.snr:.1f})"
        lines += f", C {one.control.area:.4f} (SNR {one.control.snr:.1f})" if one.control else ""
        console().print(f"{number}  {say(RESULTS[one.result])}: {say(WHY[one.why])}. {lines}", markup=False)
    many = Text(ko=f"창 {len(found)}개.", en=f"{counted(len(found), 'window')}.")
    console().print(f"{say(many)} {say(_SAID)}", markup=False)


def _values(one: WindowReading) -> dict[str, Any]:
    def line(of: Any) -> dict[str, float] | None:
        return None if of is None else {"at": of.at, "area": of.area, "height": of.height, "snr": of.snr}

    return {"result": str(one.result), "why": one.why, "test": line(one.test), "control": line(one.control)}
