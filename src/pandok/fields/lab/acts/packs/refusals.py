"""Why a pack cannot be brought in, or a protocol not be locked: what to do, in both languages."""

from __future__ import annotations

from pandok.common.refusals import refusals
from pandok.core.errors import RequestError
from pandok.core.text import Text

_REASONS: dict[str, tuple[Text, Text]] = {
    "pack.not_allowed": (
        Text(ko="과제를 들여올 권한이 없습니다.", en="You may not import problems."),
        Text(ko="현업 책임자 계정으로 하십시오.", en="A field owner does this."),
    ),
    "pack.version_taken": (
        Text(ko="같은 이름과 판의 과제가 이미 있습니다.", en="This version of the problem is here already."),
        Text(ko="problem.toml의 version을 올리십시오.", en="Raise version in problem.toml."),
    ),
    "registration.not_allowed": (
        Text(ko="평가 계획을 등록할 권한이 없습니다.", en="You may not lock a protocol."),
        Text(ko="평가기관 계정으로 하십시오.", en="An evaluator does this."),
    ),
    "registration.same_person": (
        Text(
            ko="과제를 들여온 사람은 그 평가 계획을 등록할 수 없습니다.",
            en="Whoever imported the problem may not lock its protocol.",
        ),
        Text(ko="다른 평가자가 등록하여야 합니다.", en="Another evaluator has to lock it."),
    ),
    "registration.locked": (
        Text(
            ko="이미 등록된 평가 계획입니다. 바꿀 수 없습니다.", en="The protocol is locked already and cannot change."
        ),
        Text(
            ko="다른 마진이나 질문은 새 판의 과제로 들여오십시오.",
            en="Import another margin or question as a new version.",
        ),
    ),
    "registration.seen": (
        Text(
            ko="같은 봉인 자료로 이미 등록된 평가 계획이 있습니다.",
            en="A protocol was locked for the same sealed data before.",
        ),
        Text(
            ko="확인 세트는 한 번만 엽니다. 새 확인 자료로 과제를 다시 만드십시오.",
            en="A confirm set is opened once; make a pack with fresh sealed cases.",
        ),
    ),
    "registration.opened": (
        Text(
            ko="확인 세트의 사례 가운데 전에 연 것을 빼면 계획한 수보다 적습니다.",
            en="Without the confirm cases that were opened before, fewer are left than planned.",
        ),
        Text(
            ko="한 번 연 사례로는 확인할 수 없습니다. 새 확인 자료를 더해 새 판으로 들여오십시오.",
            en="An opened case confirms nothing. Import a version with fresh confirm cases.",
        ),
    ),
    "registration.too_small": (
        Text(
            ko="확인 세트의 사례가 계획한 수보다 적어 판정할 수 없게 됩니다.",
            en="The confirm set has fewer cases than planned, so that no verdict could follow.",
        ),
        Text(
            ko="사례를 늘리거나 계획(planned_n)을 사유와 함께 고쳐 새 판으로 들여오십시오.",
            en="Add cases, or import a version with another planned_n and its reason.",
        ),
    ),
    "registration.missing": (
        Text(
            ko="평가 계획이 등록되지 않아 봉인을 열 수 없습니다.",
            en="The seal stays closed: no protocol is locked for this problem.",
        ),
        Text(ko="평가기관이 먼저 등록하여야 합니다.", en="An evaluator has to lock it first."),
    ),
}


refused = refusals("", _REASONS)


def wrong_deposit() -> RequestError:
    """A deposit that another project has, or that does not keep for the lab."""
    return deposit_refused(
        Text(ko="그 기탁 자료는 이 과제에 쓸 수 없습니다.", en="That deposit is not for this project."),
        Text(
            ko="데이터 관리자에게 기탁 자료와 프로젝트를 확인하십시오.",
            en="Ask a data steward about deposit and project.",
        ),
    )


def deposit_refused(what: Text, next_step: Text) -> RequestError:
    return RequestError(what, next_step, code="pack.deposit")
