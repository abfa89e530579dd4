"""The areas of the lab, in the order of its work; each is shown to who may enter it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from pandok.common.roles import AnyAction
from pandok.common.web.requests import AccountRequest
from pandok.core.text import Text
from pandok.fields.lab.roles import Action


@dataclass(frozen=True)
class Area:
    """`name` is the URL name of its first page; `sentence` says what is done there."""

    name: str
    words: Text
    sentence: Text
    action: AnyAction


AREAS: tuple[Area, ...] = (
    Area(
        "deposits",
        Text(ko="금고", en="Vault"),
        Text(ko="기탁 자료와 이용승인, 누가 무엇에 썼는지 봅니다.", en="Deposits, grants, and who used what for what."),
        Action.SEE_VAULT,
    ),
    Area(
        "problems",
        Text(ko="과제", en="Problems"),
        Text(ko="무엇을 현행과 비교하여 입증하는지 봅니다.", en="What is to be shown against today's practice."),
        Action.SEE_LAB,
    ),
    Area(
        "submissions",
        Text(ko="내 제출", en="My submissions"),
        Text(ko="모델을 제출하고 어디까지 갔는지 봅니다.", en="Submit models and see their progress."),
        Action.SUBMIT_MODELS,
    ),
    Area(
        "lab_queue",
        Text(ko="실행 대기열", en="Queue of runs"),
        Text(ko="무엇이 왜 기다리고 어떻게 끝났는지 봅니다.", en="What waits and why, and what ended how."),
        Action.SEE_RESULTS,
    ),
    Area(
        "results",
        Text(ko="결과", en="Results"),
        Text(ko="판정과 보고서를 보고, 공개를 승인합니다.", en="Verdicts and reports, and their release."),
        Action.SEE_PROOFS,
    ),
    Area(
        "trials",
        Text(ko="그림자 시험", en="Shadow trials"),
        Text(ko="실제 물품에서 모델과 공무원을 눈가림으로 견줍니다.", en="Model and officers on live goods, blind."),
        Action.SEE_TRIALS,
    ),
    Area(
        "proofs",
        Text(ko="입증서", en="Proofs"),
        Text(
            ko="입증서를 만들고, 다른 기관의 것을 받아 시험합니다.",
            en="Make proofs; take those of others, test them.",
        ),
        Action.SEE_PROOFS,
    ),
    Area(
        "exports",
        Text(ko="반출", en="Exports"),
        Text(ko="나가는 파일을 신청하고 두 사람이 심사합니다.", en="Ask for files to leave; two persons review them."),
        Action.SEE_LAB,
    ),
)


@dataclass(frozen=True)
class ShownArea:
    address: str
    words: Text
    sentence: Text
    current: bool


def areas_for(request: AccountRequest) -> list[ShownArea]:
    here = request.path
    shown = [(reverse(area.name), area) for area in AREAS if request.user.may(area.action)]
    return [ShownArea(address, area.words, area.sentence, here.startswith(address)) for address, area in shown]
