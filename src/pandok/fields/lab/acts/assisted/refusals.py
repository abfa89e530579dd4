"""What an assisted trial refuses, and what to do instead."""

from __future__ import annotations

from pandok.common.refusals import SHARED, refusals
from pandok.core.text import Text

refused = refusals(
    "assisted",
    {
        **SHARED,
        "reader": (
            Text(ko="참여자 가운데 판독할 수 없는 계정이 있습니다.", en="Some of the readers' accounts cannot read."),
            Text(
                ko="세관 공무원이나 감독자 계정을 적으십시오.",
                en="Name accounts of customs officers or supervisors.",
            ),
        ),
        "few_goods": (
            Text(
                ko="정답이 알려진 종결 사건이 계획한 건수보다 적습니다. 참여자가 다룬 사건은 쓰지 않습니다.",
                en="Fewer closed cases with a known truth than planned; those that a reader worked on are left out.",
            ),
            Text(
                ko="시작일을 앞당기거나, 건수를 줄이거나, 참여자를 바꾸십시오.",
                en="Take an earlier first day, fewer cases, or other readers.",
            ),
        ),
        "not_yours": (
            Text(ko="지금 판독할 물품이 아닙니다.", en="This is not the case to be read now."),
            Text(ko="화면을 새로 고쳐 지금 판독할 물품을 확인하십시오.", en="Reload the page."),
        ),
        "answered": (
            Text(ko="이미 잠긴 답입니다. 바꿀 수 없습니다.", en="This answer is locked and cannot be changed."),
            Text(ko="다음 물품으로 넘어가십시오.", en="Go on with the next case."),
        ),
        "not_shown": (
            Text(ko="답을 고르지 않았거나, 보이지 않은 디자인입니다.", en="Nothing was chosen, or a design not shown."),
            Text(
                ko="보이는 디자인 가운데 하나나 '해당 디자인 없음'을 고르십시오.",
                en="Choose one of the designs shown, or that it is none of them.",
            ),
        ),
        "washout": (
            Text(ko="두 번째 회차는 아직 시작할 수 없습니다.", en="The second round cannot begin yet."),
            Text(ko="표시된 날부터 이어서 읽으십시오.", en="Go on from the day that is shown."),
        ),
        "none_finished": (
            Text(ko="판독을 마친 참여자가 두 명보다 적습니다.", en="Fewer than two readers have finished."),
            Text(ko="판정하지 말고 시험을 만료 처리하십시오.", en="Let the trial expire without a verdict."),
        ),
    },
)
