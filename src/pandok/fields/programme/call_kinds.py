"""Kinds of calls, as templates: what each asks of whoever applies, and what becomes of who is selected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pandok.core.text import Text


class CallKind(StrEnum):
    PUBLIC_DEMAND = "public_demand"
    PROTOTYPE = "prototype"
    EARLY_STAGE = "early_stage"
    TRIAL_PURCHASE = "trial_purchase"
    INVESTMENT = "investment"
    INCUBATION = "incubation"

    @property
    def words(self) -> Text:
        return TEMPLATES[self].words


class CallOutcome(StrEnum):
    """What a selected application becomes."""

    AGREEMENT = "agreement"
    SUPPORT = "support"
    PURCHASE = "purchase"
    INVESTMENT = "investment"
    ROOM = "room"

    @property
    def words(self) -> Text:
        return _OUTCOMES[self]


@dataclass(frozen=True)
class Question:
    """`must`: nothing is submitted without an answer."""

    key: str
    words: Text
    must: bool = True
    rows: int = 4


@dataclass(frozen=True)
class Template:
    """`answers_problems`: no such call without a problem that was taken up. `drafts_agreement`: who is selected agrees
    on a trial next, so that its draft is begun."""

    words: Text
    what: Text
    questions: tuple[Question, ...]
    outcome: CallOutcome
    answers_problems: bool = False
    drafts_agreement: bool = False


_OUTCOMES = {
    CallOutcome.AGREEMENT: Text(ko="실증 협약", en="an agreement on a trial"),
    CallOutcome.SUPPORT: Text(ko="지원 협약", en="a contract of support"),
    CallOutcome.PURCHASE: Text(ko="시범구매를 위한 실증 협약", en="an agreement on a trial before a purchase"),
    CallOutcome.INVESTMENT: Text(ko="투자 심사 추천", en="a recommendation to the fund"),
    CallOutcome.ROOM: Text(ko="입주 계약", en="a contract for a room"),
}
_SOLUTION = Question("solution", Text(ko="해결 방법", en="How you would solve it"))
_STANDING = Question("standing", Text(ko="지금까지 확인한 것과 그 근거", en="What is shown so far, and by what"))
_PLAN = Question("plan", Text(ko="수행 일정과 맡는 사람", en="Plan and who does what"))
_MEASURE = Question(
    "measure",
    Text(ko="무엇으로 성공을 재는가(지금의 수치와 비교하여)", en="How success is measured, against today's number"),
)
_DATA = Question("data", Text(ko="필요한 자료와 장소", en="Data and places that you need"), rows=3)
_SPREAD = Question(
    "spread", Text(ko="다른 지역으로 넓힐 방법", en="How it spreads to other regions"), must=False, rows=3
)
_MARKET = Question("market", Text(ko="누가 사고 왜 사는가", en="Who buys it, and why"))
_MONEY = Question("money_use", Text(ko="지원금의 쓰임", en="What the money is spent on"))
_TEAM = Question("team", Text(ko="구성원과 이력", en="The team and its record"))

TEMPLATES: dict[CallKind, Template] = {
    CallKind.PUBLIC_DEMAND: Template(
        Text(ko="공공수요 기반 문제해결", en="Demand of a public body"),
        Text(
            ko="공공기관이 겪는 현장 문제를 현장에서 실증해 풉니다.",
            en="A problem of a public body is solved by a trial where it is.",
        ),
        (_SOLUTION, _STANDING, _PLAN, _MEASURE, _DATA, _SPREAD),
        CallOutcome.AGREEMENT,
        answers_problems=True,
        drafts_agreement=True,
    ),
    CallKind.PROTOTYPE: Template(
        Text(ko="시제품 제작 지원", en="Prototype support"),
        Text(ko="문제를 풀 시제품을 만들고 시험합니다.", en="A prototype for a problem is made and tested."),
        (
            Question("prototype", Text(ko="무엇을 만드는가", en="What is made")),
            Question("ready_now", Text(ko="지금의 기술 단계와 그 근거", en="How ready it is now, and what shows it")),
            _PLAN,
            _MEASURE,
            _MONEY,
        ),
        CallOutcome.AGREEMENT,
        answers_problems=True,
        drafts_agreement=True,
    ),
    CallKind.EARLY_STAGE: Template(
        Text(ko="초기 창업기업 안정화", en="Early stabilisation of young firms"),
        Text(
            ko="초기 창업기업이 자리를 잡도록 돕습니다.",
            en="Young firms are helped to stand on their own feet.",
        ),
        (
            Question(
                "founded", Text(ko="창업일과 지금의 매출·고용", en="Day of founding, sales and jobs today"), rows=2
            ),
            _TEAM,
            _MARKET,
            _MONEY,
        ),
        CallOutcome.SUPPORT,
    ),
    CallKind.TRIAL_PURCHASE: Template(
        Text(ko="시범구매", en="Trial purchase"),
        Text(
            ko="현장에서 입증된 제품을 공공기관이 먼저 사서 씁니다.",
            en="A public body is the first to buy what was proven in the field.",
        ),
        (
            Question("product", Text(ko="제품과 규격", en="Product and specification")),
            Question(
                "proof", Text(ko="입증서·시험성적서·인증의 번호", en="Numbers of proofs, test reports, certificates")
            ),
            Question(
                "price", Text(ko="가격과 유지 비용, 그 근거", en="Price and running costs, and on what ground"), rows=3
            ),
            _PLAN,
            _MEASURE,
        ),
        CallOutcome.PURCHASE,
        answers_problems=True,
        drafts_agreement=True,
    ),
    CallKind.INVESTMENT: Template(
        Text(ko="투자 펀드", en="Investment fund"),
        Text(ko="투자 심사에 추천할 기업을 찾습니다.", en="Firms are looked for that are recommended to the fund."),
        (
            _MARKET,
            _TEAM,
            Question(
                "amount", Text(ko="필요한 금액과 이미 받은 투자", en="Amount needed, and investments so far"), rows=3
            ),
            _MONEY,
        ),
        CallOutcome.INVESTMENT,
    ),
    CallKind.INCUBATION: Template(
        Text(ko="보육공간 입주", en="Incubation room"),
        Text(ko="보육공간에 들어올 기업을 찾습니다.", en="Firms are looked for that move into rooms of the incubator."),
        (
            Question(
                "people", Text(ko="상주 인원과 필요한 면적·설비", en="People, space and equipment needed"), rows=3
            ),
            Question("business", Text(ko="하는 일과 입주하려는 이유", en="What you do, and why you want to move in")),
            Question("stay", Text(ko="머무를 기간", en="How long you want to stay"), rows=2),
        ),
        CallOutcome.ROOM,
    ),
}
