"""Terms of X-ray."""

from __future__ import annotations

from pandok.core.term import Term
from pandok.core.text import Text

TERMS = (
    Term(
        "transmission",
        Text(ko="투과율", en="transmission"),
        Text(
            ko="물품을 지나 검출기에 닿은 X선의 비율. 공기는 1입니다.",
            en="The share of the X-rays that comes through the goods; air is 1.",
        ),
    ),
    Term(
        "material-index",
        Text(ko="재질 지수 f", en="material index f"),
        Text(
            ko="폴리에틸렌 0, 알루미늄 1, 철은 약 4인 값. 장비와 두께가 달라도 같습니다. 물질을 단정하지 않습니다.",
            en="0 for polyethylene, 1 for aluminium, about 4 for iron, on every machine and for every thickness. It "
            "names no substance.",
        ),
        "Alvarez and Macovski 1976",
    ),
    Term(
        "penetration-limit",
        Text(ko="투과 한계", en="penetration limit"),
        Text(
            ko="신호가 잡음의 세 배보다 작아 뒤가 보이지 않는 투과율.",
            en="The transmission below which the signal is less than three times its noise: nothing behind is seen.",
        ),
    ),
    Term(
        "second-look",
        Text(ko="재판독", en="second look"),
        Text(ko="다른 판독관이 다시 판독해 통과나 개장을 정하는 일.", en="Another reader decides: clear or open."),
    ),
    Term(
        "without-help",
        Text(ko="보조 없는 판독", en="read without help"),
        Text(
            ko="판독 전에 추첨해 판독 보조와 비슷한 영상을 보이지 않는 검사. "
            "보조가 무엇을 했는지 비교하기 위해서입니다.",
            en="Drawn before anybody saw the scan: neither candidates nor similar images are shown, so that "
            "what help did can be compared.",
        ),
    ),
    Term(
        "empty-structure",
        Text(ko="빈 컨테이너 구조", en="structure of empty containers"),
        Text(
            ko="같은 ISO 6346 형식의 빈 컨테이너 영상에서 중앙값과 흩어짐(MAD)을 잰 것. "
            "이보다 어두운 곳을 z로 나타냅니다.",
            en="Median and spread (MAD) of scans of empty containers of one ISO 6346 type; z says how much darker a "
            "place is.",
        ),
        "ISO 6346",
    ),
    Term(
        "opened-by-draw",
        Text(ko="추첨 개장", en="opened by draw"),
        Text(
            ko="판독 전에 추첨해, 통과로 판독돼도 개장하는 검사. 놓친 물품의 비율을 알기 위해서입니다.",
            en="Drawn before it was read, and opened although it was cleared: the measure of what is missed.",
        ),
    ),
)
