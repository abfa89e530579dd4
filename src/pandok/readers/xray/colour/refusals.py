"""What is refused about palettes and coloured pictures, whose turn it is and what to do next."""

from __future__ import annotations

from typing import Any

from pandok.core.errors import InputError
from pandok.core.text import Text

_GIVE_PALETTE = Text(
    ko="제조사의 색상표를 그림(가로 물질 지수, 세로 투과율의 제곱근)이나 CSV(열: f, sqrt_t, r, g, b)로 지정하십시오.",
    en="Give the maker's palette as a picture (across: material index, down: square root of transmission) or as a CSV "
    "with the columns f, sqrt_t, r, g, b.",
)

REFUSALS: dict[str, tuple[Text, Text]] = {
    "xray.palette_shape": (
        Text(
            ko="색상표 그림의 크기를 쓸 수 없습니다({shape}).",
            en="The picture of the palette has a size that cannot be used ({shape}).",
        ),
        _GIVE_PALETTE,
    ),
    "xray.palette_table": (
        Text(ko="색상표를 읽을 수 없습니다({why}).", en="The table of the palette cannot be read ({why})."),
        _GIVE_PALETTE,
    ),
    "xray.palette_colours": (
        Text(
            ko="색상표의 색이 {colours}가지뿐입니다(최소 {least}가지 필요).",
            en="The palette has too few colours ({colours}, at least {least} needed).",
        ),
        _GIVE_PALETTE,
    ),
    "xray.palette_unknown": (
        Text(
            ko="이 그림의 색은 알려진 색상표로 설명되지 않습니다(최근접: {nearest}, 설명되는 화소 {share} %).",
            en="The colours of this picture are of no known palette (nearest: {nearest}, explains {share} % of "
            "its pixels).",
        ),
        _GIVE_PALETTE,
    ),
    "xray.palette_ambiguous": (
        Text(
            ko="이 그림의 색은 색상표 두 가지({first}, {second})로 똑같이 설명됩니다.",
            en="The colours of this picture fit two palettes alike ({first}, {second}).",
        ),
        Text(
            ko="어느 장비의 그림인지 확인하고 색상표를 직접 고르십시오.",
            en="Find out which machine it is from and name the palette.",
        ),
    ),
    "xray.picture_without_colour": (
        Text(
            ko="이 그림에는 색이 거의 없어 색상표를 알아낼 수 없습니다(색이 있는 화소 {pixels}개).",
            en="This picture has hardly any colour to tell a palette by (coloured pixels: {pixels}).",
        ),
        Text(
            ko="물품이 찍힌 그림을 지정하거나 색상표를 직접 고르십시오.",
            en="Give a picture that shows goods, or name the palette.",
        ),
    ),
    "xray.picture_shape": (
        Text(
            ko="컬러 그림(가로 × 세로 × 3색, 8비트)이 아닙니다({shape}).",
            en="This is no colour picture of 8 bits and three colours ({shape}).",
        ),
        Text(ko="장비에서 저장한 컬러 그림을 지정하십시오.", en="Give a colour picture as the machine stores it."),
    ),
}


def refused(*, code: str, **fields: Any) -> InputError:
    """The refusal `code` with its numbers put in."""
    what, next_step = REFUSALS[code]
    said = Text(ko=what.ko.format(**fields), en=what.en.format(**fields))
    return InputError(said, next_step, code=code, **fields)


def wrong_picture(shape: tuple[int, ...]) -> InputError:
    return refused(code="xray.picture_shape", shape=str(shape))
