"""What officers do in a case, as values: one block a step. Its button, form, last look, quick reasons and operation of
the API are made from it; `acts/cases/officer_steps` takes it. Where it may be taken is said by the table of `states`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pandok.core.text import Text
from pandok.fields.counterfeit.outcomes import Disposition, Finding
from pandok.fields.counterfeit.states import State


class Step(StrEnum):
    """In the order of the loop."""

    CHOOSE = "choose"
    NOTHING_CLOSE = "nothing_close"
    REOPEN = "reopen"
    READ_AGAIN = "read_again"
    ACKNOWLEDGE = "acknowledge"
    SUSPEND = "suspend"
    REFUSE_SUSPENSION = "refuse_suspension"
    EXTEND_SUIT = "extend_suit"
    GO_ON = "go_on"
    REFUSE_RELEASE = "refuse_release"
    APPRAISE = "appraise"
    DECIDE = "decide"
    CLOSE = "close"
    WITHDRAW = "withdraw"

    @property
    def words(self) -> Text:
        return self.means.words

    @property
    def means(self) -> StepMeaning:
        return MEANINGS[self]


@dataclass(frozen=True)
class Choice:
    """What has to be chosen with a step: the name of its field, its label, and the words to choose among."""

    name: str
    label: Text
    kind: type[Finding] | type[Disposition]


_NOTHING = Text(ko="", en="")


@dataclass(frozen=True)
class Operation:
    """A step that takes nothing but a reason, as an operation of the API: POST /cases/{id}/`path`. `full`: the reason
    touches somebody else, and has to say something (pandok.common.reasons)."""

    id: str
    path: str
    summary: Text
    about: Text = _NOTHING
    full: bool = True


@dataclass(frozen=True)
class StepMeaning:
    """`act`: the function below acts/cases that does it; "": the case is led to `leads_to`, and that is all.
    `leads_to`: None where it stays in its state. `remark`: what it will do, where it cannot be taken back or others are
    told the reason. `asked_twice`: a last look stands before it. `operation`: None where it is written by hand."""

    words: Text
    act: str = ""
    leads_to: State | None = None
    reasons: tuple[Text, ...] = ()
    """Quick reasons, so that a gloved hand need not type them. None is ever chosen beforehand."""
    choice: Choice | None = None
    remark: Text | None = None
    asked_twice: bool = False
    operation: Operation | None = None


_TOLD = Text(
    ko="적으신 사유는 권리자와 수입자에게 보내는 통지에 그대로 적힙니다.",
    en="Holder and importer are told the reason as you write it.",
)
MEANINGS: dict[Step, StepMeaning] = {
    Step.CHOOSE: StepMeaning(
        words=Text(ko="이 후보를 고르기", en="Choose this candidate"),
        act="deciding.choose_candidate",
        leads_to=State.CANDIDATE_CHOSEN,
        reasons=(
            Text(ko="등록도면과 전체 형태가 유사함", en="The whole form is close to the registered views"),
            Text(ko="특징적인 부분이 일치함", en="Its characteristic parts agree"),
            Text(ko="표시된 문자·상표로 권리자 확인", en="Text or mark on the goods names the holder"),
        ),
    ),
    Step.NOTHING_CLOSE: StepMeaning(
        words=Text(ko="유사 디자인 없음", en="Nothing close"),
        act="deciding.say_nothing_close",
        leads_to=State.NOTHING_CLOSE,
        reasons=(
            Text(ko="후보 모두 전체 형태가 다름", en="All candidates differ in their whole form"),
            Text(ko="물품의 종류가 다름", en="They are articles of another kind"),
            Text(ko="사진으로는 판단하기 어려움", en="The photographs do not show enough to tell"),
        ),
        operation=Operation(
            "nothing_close",
            "nothing-close",
            Text(ko="유사 디자인 없음으로 처리", en="Say that no candidate is close"),
            full=False,
        ),
    ),
    Step.REOPEN: StepMeaning(
        words=Text(ko="후보 다시 고르기", en="Choose the candidate again"),
        act="deciding.reopen_choice",
        leads_to=State.READ,
        reasons=(
            Text(ko="다른 후보를 다시 확인", en="Another candidate needs a look"),
            Text(ko="권리자가 자신의 권리가 아니라고 회신", en="The holder answered that it is not their right"),
            Text(ko="추가 사진 확보", en="More photographs have come"),
        ),
        operation=Operation(
            "reopen", "reopen", Text(ko="후보 선택으로 되돌리기", en="Go back to the candidates"), full=False
        ),
    ),
    Step.READ_AGAIN: StepMeaning(
        words=Text(ko="새 판독으로 바꾸기", en="Take the newer reading"),
        act="opening.attach_newer_reading",
        leads_to=State.READ,
        reasons=(Text(ko="새 판독 결과로 바꿈", en="The newer reading is taken"),),
    ),
    Step.ACKNOWLEDGE: StepMeaning(
        words=Text(ko="회신·의견 확인", en="Mark as seen"),
        act="suspending.acknowledge",
    ),
    Step.SUSPEND: StepMeaning(
        words=Text(ko="통관보류 결정", en="Suspend the goods"),
        act="suspending.suspend",
        leads_to=State.SUSPENDED,
        reasons=(Text(ko="권리자의 요청에 따라 통관보류", en="Suspended as the holder requested"),),
        remark=_TOLD,
        asked_twice=True,
        operation=Operation(
            "grant_suspension",
            "suspend",
            Text(ko="통관보류 결정", en="Grant the suspension"),
            Text(
                ko="권리자의 제소 기한은 권리자가 통보받은 날부터 셉니다.",
                en="The holder's term for a suit counts from the day that the holder is told.",
            ),
        ),
    ),
    Step.REFUSE_SUSPENSION: StepMeaning(
        words=Text(ko="통관보류 요청 불수용", en="Refuse the suspension"),
        act="suspending.refuse_suspension",
        leads_to=State.NOT_SUSPENDED,
        reasons=(Text(ko="담보를 제공하지 않음", en="No security was given"),),
        remark=_TOLD,
        asked_twice=True,
        operation=Operation(
            "refuse_a_suspension", "refuse-suspension", Text(ko="통관보류 요청 불수용", en="Refuse the suspension")
        ),
    ),
    Step.EXTEND_SUIT: StepMeaning(
        words=Text(ko="제소 입증 기한 연장", en="Extend the term for a suit"),
        act="suspending.extend_suit_term",
        remark=_TOLD,
        operation=Operation(
            "extend_the_suit_term", "extend-suit-term", Text(ko="제소 기한 연장", en="Extend the term for a suit")
        ),
    ),
    Step.GO_ON: StepMeaning(
        words=Text(ko="권리자 회신에 따라 통관 진행", en="Go on as the holder answered"),
        act="suspending.go_on",
        leads_to=State.NOT_SUSPENDED,
        reasons=(Text(ko="권리자 회신에 따라 통관 진행", en="Clearance goes on as the holder answered"),),
        remark=Text(
            ko="권리자의 회신에 따라 통관보류 요청 기한을 끝내고, 당사자들에게 알립니다.",
            en="The holder's term ends as it answered, and the parties are told.",
        ),
        asked_twice=True,
        operation=Operation(
            "go_on_with_clearance",
            "go-on",
            Text(ko="권리자 회신에 따라 통관 진행", en="Go on as the holder's own answer allows"),
            Text(
                ko="권리자 스스로 정품이라고, 또는 침해가 아니라고 회신한 때에만 할 수 있습니다.",
                en="Only where the holder itself recorded that the goods are genuine, or that nothing is infringed.",
            ),
        ),
    ),
    Step.REFUSE_RELEASE: StepMeaning(
        words=Text(ko="통관 허용 요청 불수용", en="Refuse the release"),
        act="suspending.refuse_release",
        remark=_TOLD,
        asked_twice=True,
        operation=Operation(
            "refuse_a_release", "refuse-release", Text(ko="통관 허용 요청 불수용", en="Refuse the release")
        ),
    ),
    Step.APPRAISE: StepMeaning(
        words=Text(ko="감정 결과 기록", en="Record the appraisal"),
        act="deciding.record_appraisal",
        leads_to=State.APPRAISED,
        reasons=(
            Text(ko="권리자 감정서 접수", en="The holder's appraisal came in"),
            Text(ko="감정 단체 감정서 접수", en="The association's appraisal came in"),
        ),
        choice=Choice("finding", Text(ko="감정 결과", en="Finding"), Finding),
    ),
    Step.DECIDE: StepMeaning(
        words=Text(ko="처분 결정", en="Decide on the goods"),
        act="deciding.decide",
        leads_to=State.DECIDED,
        reasons=(
            Text(ko="감정 결과에 따름", en="As the appraisal found"),
            Text(ko="기한 안에 요청이 없음", en="No request came in time"),
            Text(ko="양측 의견을 들은 뒤 결정", en="Decided after both sides were heard"),
        ),
        choice=Choice("disposition", Text(ko="처분", en="Disposition"), Disposition),
        remark=_TOLD,
        asked_twice=True,
    ),
    Step.CLOSE: StepMeaning(
        words=Text(ko="사건 종결", en="Close the case"),
        act="deciding.close_case",
        leads_to=State.CLOSED,
        reasons=(
            Text(ko="처분 집행 완료", en="The goods were dealt with as decided"),
            Text(ko="해당 권리 없음, 통관 허용", en="No right concerned; released"),
        ),
        asked_twice=True,
        operation=Operation("close", "close", Text(ko="사건 종결", en="Close a case")),
    ),
    Step.WITHDRAW: StepMeaning(
        words=Text(ko="오접수로 취소", en="Withdraw: opened by mistake"),
        act="withdrawing.withdraw_case",
        leads_to=State.WITHDRAWN,
        reasons=(
            Text(ko="같은 물품을 두 번 접수함", en="The same goods were entered twice"),
            Text(ko="다른 물품을 잘못 촬영함", en="Other goods were photographed by mistake"),
            Text(ko="시험 촬영", en="A trial photograph"),
        ),
        asked_twice=True,
        operation=Operation(
            "withdraw",
            "withdraw",
            Text(ko="오접수 사건 철회", en="Withdraw a case opened by mistake"),
            Text(
                ko="사건을 통지받은 당사자에게 통지 철회를 알립니다. `reopen`으로 다시 진행할 수 있습니다.",
                en="Parties that were told of the case are told that the notice is withdrawn. `reopen` takes the case "
                "up again.",
            ),
            full=False,
        ),
    ),
}


def by_step() -> list[Operation]:
    """The operations of the API that are made from steps."""
    return [step.means.operation for step in Step if step.means.operation is not None]
