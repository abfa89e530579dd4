"""Roles and actions of the programme desk: who has problems, who looks after them, who decides on them."""

from __future__ import annotations

from pandok.common.roles import AnyAction, AnyRole, RoleFacts
from pandok.common.roles import Role as CommonRole
from pandok.core.text import Text
from pandok.fields.academy.roles import Role as AcademyRole
from pandok.fields.counterfeit.roles import Role as DeskRole
from pandok.fields.lab.roles import Role as LabRole
from pandok.fields.street.roles import Role as StreetRole
from pandok.fields.xray.roles import Role as ScanRole


class Role(AnyRole):
    PROGRAMME_MANAGER = RoleFacts(
        "programme-manager",
        500,
        Text(ko="사업 책임자", en="Programme manager"),
        Text(
            ko="실증사업 전체를 보고, 사업단을 대표해 협약에 서명합니다.",
            en="Answers for the programme and signs agreements for its office.",
        ),
        staff=True,
        votes=True,
    )
    COMMITTEE_MEMBER = RoleFacts(
        "committee-member",
        510,
        Text(ko="사업추진위원", en="Committee member"),
        Text(
            ko="현장 문제의 채택을 결정하고, 협약의 변경을 의결합니다.",
            en="Decides which problems are taken up, and votes on changes of agreements.",
        ),
        staff=True,
        votes=True,
    )
    PROGRAMME_OFFICE = RoleFacts(
        "programme-office",
        520,
        Text(ko="사업단 담당자", en="Programme office"),
        Text(
            ko="현장 문제를 검토하고, 협약과 마일스톤을 관리합니다.",
            en="Examines problems, keeps agreements and their milestones.",
        ),
        staff=True,
    )
    ADVISOR = RoleFacts(
        "advisor",
        530,
        Text(ko="자문위원", en="Advisor"),
        Text(
            ko="공모 신청을 항목마다 평가합니다. 기업과의 이해관계를 먼저 밝힙니다.",
            en="Scores applications to calls, after declaring ties to firms.",
        ),
    )


class Action(AnyAction):
    SEE_PROBLEMS = "see problems of the field", "현장 문제 보기"
    """Own ones and those that are public; whoever may `SEE_ALL_PROBLEMS` sees all."""
    PROPOSE_PROBLEMS = "propose problems of the field", "현장 문제 제안"
    SEE_ALL_PROBLEMS = "see every problem of the register", "문제 등록부 전체 보기"
    EXAMINE_PROBLEMS = "examine problems of the field", "현장 문제 검토"
    DECIDE_PROBLEMS = "decide which problems are taken up"
    SEE_AGREEMENTS = "see agreements of the programme", "실증 협약 보기"
    """A field owner those that name them; who may `SEE_ALL_AGREEMENTS` all."""
    SEE_ALL_AGREEMENTS = "see every agreement of the programme", "실증 협약 전체 보기"
    KEEP_AGREEMENTS = "draft, offer and amend agreements of the programme"
    SIGN_AGREEMENTS = "sign agreements or vote on their amendments"
    SIGN_FOR_PROGRAMME = "sign agreements for the programme"
    SIGN_FOR_FIELD = "sign agreements for the field"
    VOTE_ON_AMENDMENTS = "vote on amendments of agreements"
    SEE_CALLS = "see calls of the programme", "공모 보기"
    """Published ones; whoever may `SEE_ALL_CALLS` drafts too, and what happened."""
    SEE_ALL_CALLS = "see every call of the programme", "공모 전체 보기"
    KEEP_CALLS = "draft calls of the programme and lead them on"
    LEAD_CALLS = "take steps of calls: publish, cancel, begin the review"
    PUBLISH_CALLS = "publish calls of the programme that others drafted"
    MEASURE_KPIS = "measure the KPIs of agreements", "성과지표 측정"
    DRAFT_CERTIFICATES = (
        "draft certificates of trials, and propose to withdraw them",
        "실증 확인서 초안과 발급 취소 제안",
    )
    ANSWER_AFTERWARDS = "say what became of a trial after its end"
    ISSUE_CERTIFICATES = (
        "issue certificates of trials, and confirm that they are withdrawn",
        "실증 확인서 발급과 발급 취소 확인",
    )
    APPLY = "apply to calls for the own firm", "공모 신청"
    SEE_APPLICATIONS = "see applications to calls", "공모 신청 보기"
    """A firm its own; whoever may `READ_APPLICATIONS` what was handed in, after the deadline."""
    READ_APPLICATIONS = "read what was handed in to calls, after the deadline", "마감된 공모의 신청 읽기"
    SEE_RESOURCES = "see the map of resources", "자원 지도 보기"
    KEEP_RESOURCES = "enter resources on the map", "자원 지도 관리"
    BOOK_RESOURCES = "book resources of the map", "자원 예약"
    SEE_DATA_SETS = "see data sets of the programme", "데이터 댐 보기"
    KEEP_DATA_SETS = "keep data sets of the programme and have them looked through"
    PUBLISH_DATA_SETS = "publish data sets of the programme"
    SEE_OUTCOMES = "see outcomes of agreements", "성과 원장 보기"
    KEEP_OUTCOMES = "enter outcomes of agreements with their evidence", "성과 입력"
    CHECK_OUTCOMES = "check outcomes that others entered", "다른 사람이 입력한 성과 확인"
    SEE_CHALLENGES = "see open challenges", "공개 경진 보기"
    """Announced ones; whoever may `SEE_ALL_CHALLENGES` drafts too, and what happened."""
    SEE_ALL_CHALLENGES = "see every open challenge"
    KEEP_CHALLENGES = "write open challenges and lead them on"
    TAKE_PART = "make, join and leave teams of open challenges"
    SEE_QUESTIONS = "see questions and notices of the programme", "질문과 알림 보기"
    ASK_QUESTIONS = "ask in public, and reply to others' questions", "질문하고 답하기"
    KEEP_QUESTIONS = "answer questions for the programme office, correct rules, hide posts and publish notices"
    KEEP_FIRM_CARD = "write the card of the own firm, publish it and take it back"
    SEE_SPREAD = "see what was handed to and from other sites", "확산 보기"
    HAND_OVER = "hand proven readers to other sites, and take theirs in", "다른 곳에 넘겨주고 넘겨받기"
    ANSWER_HAND_OVERS = "say for this site what became of a hand-over", "넘겨받은 것의 결과 답신"
    SEE_REVIEWS = "see who reviews applications, and rankings when they show", "신청 평가와 순위 보기"
    REVIEW_APPLICATIONS = "score applications that were assigned", "배정된 신청 평가"
    DECLARE_TIES = "declare own ties to firms"
    KEEP_TIES = "add ties of others to firms, and who stands behind a firm"
    DECIDE_SELECTION = "vote on selections of applications", "신청 선정 의결"


_DESKS: frozenset[AnyRole] = frozenset(
    {
        *(DeskRole.OFFICER, DeskRole.SUPERVISOR),
        *(ScanRole.SCAN_READER, ScanRole.OPENING_OFFICER, ScanRole.SCAN_SUPERVISOR),
        *(StreetRole.CONTROL_ROOM, StreetRole.CREW, StreetRole.STREET_OPERATOR),
    }
)
_PROGRAMME: frozenset[AnyRole] = frozenset({Role.PROGRAMME_MANAGER, Role.COMMITTEE_MEMBER, Role.PROGRAMME_OFFICE})
_INSIDE = _DESKS | _PROGRAMME | {LabRole.FIELD_OWNER, LabRole.EVALUATOR, AcademyRole.TRAINER}
_OUTSIDE: frozenset[AnyRole] = frozenset(
    {DeskRole.HOLDER, DeskRole.IMPORTER, DeskRole.APPRAISER, LabRole.SUBMITTER, AcademyRole.TRAINEE}
)
"""The public side's accounts, and who must not see all of the register."""
_WATCH: frozenset[AnyRole] = frozenset({CommonRole.AUDITOR, CommonRole.ADMINISTRATOR})

MAY: dict[AnyAction, frozenset[AnyRole]] = {
    Action.SEE_RESOURCES: _INSIDE | _WATCH | {LabRole.DATA_STEWARD},
    Action.KEEP_RESOURCES: frozenset({Role.PROGRAMME_OFFICE}),
    Action.BOOK_RESOURCES: frozenset({Role.PROGRAMME_OFFICE, LabRole.FIELD_OWNER}),
    Action.SEE_DATA_SETS: _PROGRAMME | _WATCH | {LabRole.DATA_STEWARD, LabRole.FIELD_OWNER, LabRole.EVALUATOR},
    Action.KEEP_DATA_SETS: frozenset({Role.PROGRAMME_OFFICE, LabRole.DATA_STEWARD}),
    Action.PUBLISH_DATA_SETS: frozenset({Role.PROGRAMME_MANAGER}),
    Action.SEE_PROBLEMS: _INSIDE | _OUTSIDE | _WATCH,
    Action.PROPOSE_PROBLEMS: _INSIDE | _OUTSIDE,
    Action.SEE_ALL_PROBLEMS: _INSIDE | _WATCH,
    Action.EXAMINE_PROBLEMS: frozenset({Role.PROGRAMME_OFFICE, Role.PROGRAMME_MANAGER}),
    Action.DECIDE_PROBLEMS: frozenset({Role.COMMITTEE_MEMBER}),
    Action.SEE_AGREEMENTS: _PROGRAMME | _WATCH | {LabRole.FIELD_OWNER},
    Action.SEE_ALL_AGREEMENTS: _PROGRAMME | _WATCH,
    Action.KEEP_AGREEMENTS: frozenset({Role.PROGRAMME_OFFICE}),
    Action.SIGN_AGREEMENTS: frozenset({Role.PROGRAMME_MANAGER, Role.COMMITTEE_MEMBER, LabRole.FIELD_OWNER}),
    Action.SIGN_FOR_PROGRAMME: frozenset({Role.PROGRAMME_MANAGER}),
    Action.SIGN_FOR_FIELD: frozenset({LabRole.FIELD_OWNER}),
    Action.VOTE_ON_AMENDMENTS: frozenset({Role.COMMITTEE_MEMBER}),
    Action.SEE_CALLS: _PROGRAMME | _WATCH | {LabRole.SUBMITTER, LabRole.FIELD_OWNER, Role.ADVISOR},
    Action.SEE_ALL_CALLS: _PROGRAMME | _WATCH,
    Action.KEEP_CALLS: frozenset({Role.PROGRAMME_OFFICE}),
    Action.LEAD_CALLS: frozenset({Role.PROGRAMME_OFFICE, Role.PROGRAMME_MANAGER}),
    Action.PUBLISH_CALLS: frozenset({Role.PROGRAMME_MANAGER}),
    Action.MEASURE_KPIS: frozenset({Role.PROGRAMME_OFFICE}),
    Action.DRAFT_CERTIFICATES: frozenset({Role.PROGRAMME_OFFICE, Role.PROGRAMME_MANAGER}),
    Action.ANSWER_AFTERWARDS: frozenset({LabRole.FIELD_OWNER, Role.PROGRAMME_OFFICE}),
    Action.ISSUE_CERTIFICATES: frozenset({Role.PROGRAMME_MANAGER}),
    Action.APPLY: frozenset({LabRole.SUBMITTER}),
    Action.SEE_APPLICATIONS: _PROGRAMME | {CommonRole.AUDITOR, LabRole.SUBMITTER, Role.ADVISOR},
    Action.READ_APPLICATIONS: _PROGRAMME | {CommonRole.AUDITOR},
    Action.SEE_OUTCOMES: _PROGRAMME | _WATCH | {LabRole.FIELD_OWNER},
    Action.KEEP_OUTCOMES: frozenset({Role.PROGRAMME_OFFICE}),
    Action.CHECK_OUTCOMES: frozenset({Role.PROGRAMME_MANAGER, Role.COMMITTEE_MEMBER}),
    Action.SEE_CHALLENGES: _PROGRAMME | _WATCH | {LabRole.SUBMITTER, LabRole.FIELD_OWNER, LabRole.EVALUATOR},
    Action.SEE_ALL_CHALLENGES: _PROGRAMME | _WATCH,
    Action.KEEP_CHALLENGES: frozenset({Role.PROGRAMME_OFFICE}),
    Action.TAKE_PART: frozenset({LabRole.SUBMITTER}),
    Action.SEE_QUESTIONS: _INSIDE | _OUTSIDE | _WATCH | {Role.ADVISOR},
    Action.ASK_QUESTIONS: _INSIDE | _OUTSIDE | {Role.ADVISOR},
    Action.KEEP_QUESTIONS: frozenset({Role.PROGRAMME_OFFICE}),
    Action.KEEP_FIRM_CARD: frozenset({LabRole.SUBMITTER}),
    Action.SEE_SPREAD: _PROGRAMME | _WATCH | {LabRole.FIELD_OWNER, LabRole.EVALUATOR},
    Action.HAND_OVER: frozenset({Role.PROGRAMME_OFFICE}),
    Action.ANSWER_HAND_OVERS: frozenset({Role.PROGRAMME_MANAGER}),
    Action.SEE_REVIEWS: _PROGRAMME | {CommonRole.AUDITOR},
    Action.REVIEW_APPLICATIONS: frozenset({Role.ADVISOR}),
    Action.DECLARE_TIES: _PROGRAMME | {Role.ADVISOR},
    Action.KEEP_TIES: frozenset({Role.PROGRAMME_OFFICE}),
    Action.DECIDE_SELECTION: frozenset({Role.COMMITTEE_MEMBER}),
}
