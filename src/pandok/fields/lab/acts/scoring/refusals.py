"""Why scoring stops, and why a release is refused: whose turn it is, and what to do."""

from __future__ import annotations

from pandok.common.refusals import Refusals
from pandok.core.errors import PandokError, RequestError, StoreError
from pandok.core.text import Text

_AGAIN = Text(ko="화면을 새로 여십시오.", en="Load the page again.")
_OPERATOR = Text(ko="운영기관에 알리십시오.", en="Tell the operator of the lab.")

REFUSALS: dict[str, tuple[type[PandokError], Text, Text]] = {
    "lab.scoring_registration": (
        StoreError,
        Text(
            ko="제출 전에 잠긴 사전등록이 없거나, 등록 내용이 그 해시와 다릅니다.",
            en="No registration was locked before the run, or what it says does not agree with its hash.",
        ),
        _OPERATOR,
    ),
    "lab.scoring_outputs": (
        StoreError,
        Text(ko="봉인 사례의 출력이 모두 있지 않습니다.", en="Outputs of sealed cases are missing altogether."),
        _OPERATOR,
    ),
    "lab.scoring_rows": (
        StoreError,
        Text(ko="채점 기록이 처음 채점한 것과 다릅니다.", en="The scored rows are not those that were first scored."),
        _OPERATOR,
    ),
    "lab.scoring_threshold": (
        StoreError,
        Text(
            ko="등록한 지표에 문턱값이 필요하나 제출물에 없습니다.",
            en="The registered metric needs a threshold, and the submission states none.",
        ),
        Text(
            ko="제출기관이 문턱값을 정하여 다시 제출하여야 합니다.",
            en="The submitter states a threshold and submits again.",
        ),
    ),
    "lab.scoring_state": (
        StoreError,
        Text(ko="채점할 단계의 실행이 아닙니다.", en="The run is not at the step of scoring."),
        _AGAIN,
    ),
    "lab.not_scored": (
        RequestError,
        Text(ko="채점된 실행이 아닙니다.", en="The run has not been scored."),
        _AGAIN,
    ),
    "lab.release_state": (
        RequestError,
        Text(ko="공개 승인을 기다리는 결과가 아닙니다.", en="The result does not wait for release."),
        _AGAIN,
    ),
    "lab.release_role": (
        RequestError,
        Text(ko="결과 공개에 투표할 권한이 없습니다.", en="You may not vote on the release of results."),
        Text(ko="평가기관이나 반출심사자에게 부탁하십시오.", en="Ask an evaluator or an output checker."),
    ),
    "lab.release_own": (
        RequestError,
        Text(
            ko="제출하였거나 실행을 맡은 사람은 그 결과의 공개에 투표할 수 없습니다.",
            en="Whoever submitted or operated the run may not vote on its release.",
        ),
        Text(ko="다른 사람에게 부탁하십시오.", en="Ask somebody else."),
    ),
    "lab.release_voted": (
        RequestError,
        Text(ko="이미 투표하였습니다. 한 사람은 한 번만 투표합니다.", en="You have voted; a person votes once."),
        Text(ko="다른 한 사람의 투표를 기다리십시오.", en="Wait for the vote of another person."),
    ),
}


_BY_KIND = [
    Refusals("", {code: (what, then) for code, (of, what, then) in REFUSALS.items() if of is kind}, kind)
    for kind in (StoreError, RequestError)
]


def refused(code: str) -> PandokError:
    return next(one for one in _BY_KIND if code in one.reasons)(code)
