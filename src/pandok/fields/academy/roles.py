"""Roles and actions of the academy: who trains, who teaches, who may see whose results."""

from __future__ import annotations

from pandok.common.roles import AnyAction, AnyRole, RoleFacts
from pandok.common.roles import Role as CommonRole
from pandok.core.text import Text
from pandok.fields.counterfeit.roles import Role as DeskRole
from pandok.fields.lab.roles import Role as LabRole
from pandok.fields.xray.roles import Role as ScanRole


class Role(AnyRole):
    TRAINEE = RoleFacts(
        "trainee",
        400,
        Text(ko="교육생", en="Trainee"),
        Text(
            ko="학습과 시험만 하고, 사건과 검사는 보지 못합니다.",
            en="Trains and takes tests; sees no cases and no inspections.",
        ),
        at_site=True,
    )
    TRAINER = RoleFacts(
        "trainer",
        410,
        Text(ko="교관", en="Trainer"),
        Text(
            ko="과정과 학습반을 맡고, 자기 학습반 교육생의 결과를 봅니다.",
            en="Keeps courses and groups, and sees the results of members of own groups.",
        ),
        staff=True,
        at_site=True,
    )


class Action(AnyAction):
    TRAIN = "train in the academy", "아카데미 학습과 자신의 결과 보기"
    TAKE_OPEN_COURSES = "take open courses", "공개 과정 수강"
    TEACH = "keep courses and groups of the academy", "아카데미 과정과 학습반 관리"
    MAKE_LESSONS = "make lessons of seizures", "적발 물품으로 학습 영상 만들기"
    REVIEW_LESSONS = "review pictures and lessons of the academy", "학습 영상과 학습 사례 검토"
    MAKE_DESIGN_LESSONS = "make lessons of closed cases", "종결 사건으로 학습 사례 만들기"
    RELEASE_DESIGN_LESSONS = "release lessons of closed cases", "종결 사건 학습 사례 공개"
    SEE_REALISM = "see how real composed pictures look", "합성 영상 실감 평가 결과 보기"
    SEE_LEDGERS = "see whether training records are sound", "학습 시간 장부 점검"
    """Counts and soundness; nobody's answers."""


_TRAINEE, _TRAINER = Role.TRAINEE, Role.TRAINER
_DESK = frozenset({DeskRole.OFFICER, DeskRole.SUPERVISOR})
_SCANS = frozenset({ScanRole.SCAN_READER, ScanRole.OPENING_OFFICER, ScanRole.SCAN_SUPERVISOR})

MAY: dict[AnyAction, frozenset[AnyRole]] = {
    Action.TRAIN: frozenset({_TRAINEE, _TRAINER}) | _DESK | _SCANS,
    Action.TAKE_OPEN_COURSES: frozenset({_TRAINEE, _TRAINER, LabRole.SUBMITTER}) | _DESK | _SCANS,
    Action.TEACH: frozenset({_TRAINER}),
    Action.MAKE_LESSONS: frozenset({_TRAINER, ScanRole.SCAN_SUPERVISOR}),
    Action.REVIEW_LESSONS: frozenset({_TRAINER, ScanRole.SCAN_SUPERVISOR}),
    Action.MAKE_DESIGN_LESSONS: _DESK,
    Action.RELEASE_DESIGN_LESSONS: frozenset({DeskRole.SUPERVISOR}),
    Action.SEE_REALISM: frozenset({_TRAINEE, _TRAINER, CommonRole.AUDITOR}) | _DESK | _SCANS,
    Action.SEE_LEDGERS: frozenset({CommonRole.AUDITOR}),
}
