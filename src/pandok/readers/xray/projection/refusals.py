"""What projection refuses because it cannot be: with what is wrong and what to do next."""

from __future__ import annotations

from typing import Any

from pandok.core.errors import InputError
from pandok.core.text import Text

_ELSEWHERE = Text(ko="가방 안의 다른 자리를 고르십시오.", en="Choose another place inside the bag.")

_WHOLE = Text(
    ko="물품만 따로 촬영해 쓰거나, 영상 전체를 교재로 쓰십시오.",
    en="Scan the article by itself, or make the whole scan a lesson.",
)

_ALONE = Text(
    ko="물품 하나만 벨트 가운데에 놓고 둘레에 공기를 남겨 다시 촬영하십시오.",
    en="Scan the article again, by itself in the middle of the belt, with air all around it.",
)

REFUSALS: dict[str, tuple[Text, Text]] = {
    "outside_scan": (
        Text(ko="물품이 영상 밖으로 나갑니다.", en="The item leaves the image."),
        _ELSEWHERE,
    ),
    "no_bag": (
        Text(ko="영상에 가방이 보이지 않습니다.", en="No bag is to be seen in the image."),
        Text(ko="물품이 든 영상을 고르십시오.", en="Choose a scan that shows a bag."),
    ),
    "outside_bag": (
        Text(
            ko="물품의 {percent} %가 가방 윤곽 밖에 있습니다.",
            en="Of the item, {percent} % lie outside the outline of the bag.",
        ),
        _ELSEWHERE,
    ),
    "in_wall": (
        Text(
            ko="물품의 {percent} %가 가방 벽을 뚫고 있습니다.",
            en="Of the item, {percent} % stick in the wall of the bag.",
        ),
        _ELSEWHERE,
    ),
    "too_deep": (
        Text(
            ko="물품의 높이 {item} mm는 가방의 깊이 {bag} mm에 들어가지 않습니다.",
            en="An item {item} mm high does not fit a bag {bag} mm deep.",
        ),
        Text(ko="더 작은 물품이나 다른 자세를 고르십시오.", en="Choose a smaller item or another pose."),
    ),
    "height": (
        Text(
            ko="물품은 벨트 위 {item} mm에 놓이는데 가방 속은 {bag} mm입니다.",
            en="The item lies {item} mm above the belt, the inside of the bag {bag} mm.",
        ),
        _ELSEWHERE,
    ),
    "scale": (
        Text(
            ko="영상에서 {seen} mm인 물품이 실물은 {known} mm입니다. 축척이 다릅니다.",
            en="The item measures {seen} mm in the image and {known} mm in truth: it is out of scale.",
        ),
        Text(
            ko="물품 영상의 화소 간격과 실물 치수를 확인하십시오.",
            en="Check the pixel pitch of the item's scan and its measured sides.",
        ),
    ),
    "cut_off": (
        Text(
            ko="물품이 잘린 채 오려졌습니다. 윤곽이 오린 영상의 가장자리에 닿습니다.",
            en="The item was cut through: its outline touches the edge of the cut.",
        ),
        Text(ko="물품 둘레에 공기를 남기고 다시 오리십시오.", en="Cut it out again with air all around it."),
    ),
    "rim": (
        Text(
            ko="오린 자국이 보입니다. 물품 둘레의 평균 차이가 {percent} %입니다.",
            en="The cut shows: around the item the mean difference is {percent} %.",
        ),
        Text(
            ko="배경을 열마다 나누고 공기를 1로 맞춰 다시 오리십시오.",
            en="Divide by the background column by column, so that air is 1, and cut it out again.",
        ),
    ),
    "blurrier": (
        Text(
            ko="물품 영상(σ {item} mm)이 가방 영상(σ {bag} mm)보다 흐립니다.",
            en="The item (σ {item} mm) is blurrier than the bag (σ {bag} mm).",
        ),
        Text(ko="더 선명한 물품 영상을 쓰십시오.", en="Use a sharper scan of the item."),
    ),
    "too_soft": (
        Text(
            ko="영상이 너무 흐려(σ {blur} 화소, 한도 {most}) 물품을 정확히 합성할 수 없습니다.",
            en="The scan is too blurred (σ {blur} px, at most {most}) for an exact join.",
        ),
        Text(ko="더 선명한 가방 영상을 고르십시오.", en="Choose a sharper scan of a bag."),
    ),
    "blur_unknown": (
        Text(
            ko="이 영상을 찍은 장비의 흐림을 재지 않아 물품을 정확히 합성할 수 없습니다.",
            en="How much the machine of this scan blurs was not measured: no exact join is possible.",
        ),
        Text(
            ko="관리자가 시험체로 재어 pandok xray machine blur로 등록해야 합니다. "
            "영상 전체는 지금도 교재로 쓸 수 있습니다.",
            en="An administrator measures it with a test object and keeps it (pandok xray machine blur). "
            "The whole scan can be a lesson now.",
        ),
    ),
    "blur_unsure": (
        Text(
            ko="장비의 흐림을 충분히 정확히 알지 못해 이 자리의 합성이 {percent} %까지 어긋날 수 있습니다.",
            en="The blur of the machine is not known well enough: a join here may be off by {percent} %.",
        ),
        Text(
            ko="겹치는 물품의 가장자리가 적은 자리를 고르거나, 흐림을 더 정확히 재어 등록하십시오.",
            en="Choose a place with fewer edges, or measure the blur more exactly.",
        ),
    ),
    "opaque": (
        Text(
            ko="물품의 {percent} %가 불투명해져 아무것도 구별되지 않습니다.",
            en="Of the item, {percent} % become opaque: nothing can be told there.",
        ),
        _ELSEWHERE,
    ),
    "unsolved": (
        Text(
            ko="이 자리의 화소 {percent} %는 물질의 양으로 풀리지 않아 정확히 합성할 수 없습니다.",
            en="Of the pixels of this place, {percent} % cannot be solved for amounts: no exact join is possible.",
        ),
        _ELSEWHERE,
    ),
    "views_disagree": (
        Text(
            ko="방향마다 벨트 위 위치가 {off} mm 다릅니다. 한 자세가 아닙니다.",
            en="The views place the item {off} mm apart on the belt: that is not one pose.",
        ),
        Text(ko="모든 방향에 같은 자세와 위치를 쓰십시오.", en="Use one pose and one place for all views."),
    ),
    "no_place": (
        Text(
            ko="{tries}곳을 살폈지만 둘 자리를 찾지 못했습니다. 가장 잦은 사유: {why_ko}.",
            en="No place was found (tried: {tries}). The most frequent reason: {why_en}.",
        ),
        Text(ko="다른 가방이나 더 작은 물품을 고르십시오.", en="Choose another bag, or a smaller item."),
    ),
    "surroundings": (
        Text(
            ko="적발 물품 둘레에 다른 물품이 겹쳐 있어(고르지 않음 {percent} %) 따로 오릴 수 없습니다.",
            en="Other goods lie across the find (unevenness {percent} %): it cannot be cut out of them.",
        ),
        _WHOLE,
    ),
    "find_opaque": (
        Text(
            ko="적발 물품의 {percent} %가 불투명해 무엇으로 되어 있는지 풀 수 없습니다.",
            en="Of the find, {percent} % are opaque: what it is made of cannot be solved.",
        ),
        _WHOLE,
    ),
    "alone_empty": (
        Text(ko="영상에 물품이 보이지 않습니다.", en="No article is to be seen in the scan."),
        _ALONE,
    ),
    "alone_edge": (
        Text(ko="물품이 영상 가장자리에 닿습니다.", en="The article touches the edge of the scan."),
        _ALONE,
    ),
    "alone_tray": (
        Text(
            ko="물품 밑에 깔린 것이 고르지 않거나 너무 두꺼워 물품만 떼어 낼 수 없습니다.",
            en="What lies under the article is not even, or too thick: the article cannot be told from it.",
        ),
        _ALONE,
    ),
    "other_pitch": (
        Text(
            ko="화소가 {own} mm인 영상은 화소가 {bag} mm인 가방에 정확히 넣을 수 없습니다.",
            en="A scan with pixels of {own} mm cannot be put exactly into a bag with pixels of {bag} mm.",
        ),
        Text(
            ko="가방과 화소 간격이 같은 장비로 물품을 찍으십시오.",
            en="Scan the article on a machine with the pixels of the bag.",
        ),
    ),
    "alone_opaque": (
        Text(
            ko="물품의 {percent} %가 불투명해 무엇으로 되어 있는지 풀 수 없습니다.",
            en="Of the article, {percent} % are opaque: what it is made of cannot be solved.",
        ),
        Text(
            ko="더 얇게 보이는 방향으로 놓고 다시 촬영하십시오.",
            en="Scan it again, lying so that the rays pass through less of it.",
        ),
    ),
    "find_empty": (
        Text(ko="표시한 곳에서 물품이 보이지 않습니다.", en="Nothing is to be seen where the mark lies."),
        _WHOLE,
    ),
}


def refused(name: str, /, **fields: Any) -> InputError:
    """The refusal `projection.<name>` with its numbers put in."""
    what, next_step = REFUSALS[name]
    said = Text(ko=what.ko.format(**fields), en=what.en.format(**fields))
    return InputError(said, next_step, code=f"projection.{name}", **fields)
