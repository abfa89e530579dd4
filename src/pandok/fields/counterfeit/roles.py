"""Roles and actions of the counterfeit desk: customs, the parties, and who appraises."""

from __future__ import annotations

from pandok.common.roles import Action as CommonAction
from pandok.common.roles import AnyAction, AnyRole, RoleFacts
from pandok.common.roles import Role as CommonRole
from pandok.core.text import Text
from pandok.fields.designs.roles import Action as ReadingAction


class Role(AnyRole):
    OFFICER = RoleFacts(
        "officer",
        10,
        Text(ko="세관 공무원", en="Customs officer"),
        Text(ko="물품을 촬영해 판독하고, 자신의 판독을 봅니다.", en="Photographs goods, and sees their own readings."),
        staff=True,
        at_site=True,
    )
    SUPERVISOR = RoleFacts(
        "supervisor",
        20,
        Text(ko="감독자", en="Supervisor"),
        Text(ko="판독하고, 모든 직원의 판독을 봅니다.", en="Reads, and sees the readings of all officers."),
        staff=True,
        votes=True,
        at_site=True,
    )
    HOLDER = RoleFacts(
        "holder",
        30,
        Text(ko="권리자", en="Right holder"),
        Text(ko="자신의 권리에 관한 건만 봅니다.", en="Sees only the cases of their own rights."),
        acts_for="holder",
    )
    IMPORTER = RoleFacts(
        "importer",
        40,
        Text(ko="수입자", en="Importer"),
        Text(ko="자신에게 통지된 건만 봅니다.", en="Sees only the cases they were told of."),
        acts_for="importer",
    )
    APPRAISER = RoleFacts(
        "appraiser",
        50,
        Text(ko="감정인", en="Appraiser"),
        Text(ko="맡은 감정 건만 봅니다.", en="Sees only the appraisals assigned to them."),
        acts_for="association",
    )


class Action(AnyAction):
    SEE_REGISTER = "look through registered designs"
    """Customs through all of them; a holder through those of its own name."""
    SEE_CASES = "see cases", "사건 보기"
    SEE_SITE_CASES = "see the cases of the own site", "소속 세관의 사건 보기"
    SEE_ALL_CASES = "see all cases", "모든 사건 보기"
    SEE_TOLD_CASES = "see the cases one was told of", "통지받은 사건 보기"
    SEE_CASE_FILES = "see whole cases and the work lists of customs"
    WORK_CASES = "work on cases", "사건 처리"
    ANSWER_AS_HOLDER = "answer as right holder", "권리자로서 회신"
    ANSWER_AS_IMPORTER = "answer as importer", "수입자로서 의견 제출"
    APPRAISE = "appraise", "감정"
    KEEP_HOLIDAYS = "enter holidays that were declared later", "휴일 등록"
    SEE_STATISTICS = "see statistics", "통계 보기"
    RECORD_TRUTH = "record what became known later"
    SEE_RETENTION = "see retention and certificates", "보존기간과 삭제 확인서 보기"
    PLAN_DELETION = "plan deletion", "삭제 계획 세우기"
    CONFIRM_DELETION = "confirm deletion"
    HOLD_CASES = "hold cases from deletion", "사건 보존 조치"


MAY: dict[AnyAction, frozenset[AnyRole]] = {
    ReadingAction.READ_PHOTOGRAPHS: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    ReadingAction.SEE_OWN_READINGS: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    ReadingAction.SEE_ALL_READINGS: frozenset({Role.SUPERVISOR}),
    Action.SEE_REGISTER: frozenset(
        {Role.OFFICER, Role.SUPERVISOR, Role.HOLDER, CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}
    ),
    Action.SEE_CASES: frozenset(
        {
            Role.OFFICER,
            Role.SUPERVISOR,
            Role.HOLDER,
            Role.IMPORTER,
            Role.APPRAISER,
            CommonRole.AUDITOR,
            CommonRole.ADMINISTRATOR,
        }
    ),
    Action.SEE_SITE_CASES: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    Action.SEE_ALL_CASES: frozenset({CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}),
    Action.SEE_TOLD_CASES: frozenset({Role.HOLDER, Role.IMPORTER, Role.APPRAISER}),
    Action.SEE_CASE_FILES: frozenset({Role.OFFICER, Role.SUPERVISOR, CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}),
    Action.WORK_CASES: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    Action.ANSWER_AS_HOLDER: frozenset({Role.HOLDER}),
    Action.ANSWER_AS_IMPORTER: frozenset({Role.IMPORTER}),
    Action.APPRAISE: frozenset({Role.APPRAISER}),
    CommonAction.MANAGE_PARTIES: frozenset({Role.SUPERVISOR}),
    Action.KEEP_HOLIDAYS: frozenset({CommonRole.ADMINISTRATOR}),
    CommonAction.SETTLE_DELIVERIES: frozenset({Role.SUPERVISOR}),
    CommonAction.USE_WEBHOOKS: frozenset({Role.OFFICER, Role.SUPERVISOR, Role.HOLDER}),
    Action.SEE_STATISTICS: frozenset({Role.OFFICER, Role.SUPERVISOR, CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}),
    Action.RECORD_TRUTH: frozenset({Role.SUPERVISOR}),
    Action.SEE_RETENTION: frozenset({Role.SUPERVISOR, CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}),
    Action.PLAN_DELETION: frozenset({CommonRole.ADMINISTRATOR}),
    Action.CONFIRM_DELETION: frozenset({Role.SUPERVISOR, CommonRole.ADMINISTRATOR}),
    Action.HOLD_CASES: frozenset({Role.SUPERVISOR, CommonRole.ADMINISTRATOR}),
}
