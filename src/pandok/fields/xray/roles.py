"""Roles and actions of X-ray: who reads scans, who opens what was stopped, who answers for both."""

from __future__ import annotations

from pandok.common.roles import Action as CommonAction
from pandok.common.roles import AnyAction, AnyRole, RoleFacts
from pandok.common.roles import Role as CommonRole
from pandok.core.text import Text


class Role(AnyRole):
    SCAN_READER = RoleFacts(
        "scan-reader",
        200,
        Text(ko="X-ray 판독관", en="X-ray reader"),
        Text(ko="X-ray 영상을 판독하고, 개장할 물품을 정합니다.", en="Reads scans and says what is to be opened."),
        staff=True,
        at_site=True,
    )
    OPENING_OFFICER = RoleFacts(
        "opening-officer",
        210,
        Text(ko="개장검사 공무원", en="Opening officer"),
        Text(
            ko="개장 지시된 물품을 열고 결과를 기록합니다.",
            en="Opens what readers stopped, and records what was in it.",
        ),
        staff=True,
        at_site=True,
    )
    SCAN_SUPERVISOR = RoleFacts(
        "scan-supervisor",
        220,
        Text(ko="X-ray 판독 책임자", en="X-ray supervisor"),
        Text(
            ko="영상을 가져오고, 소속 세관의 판독과 개장 결과를 모두 봅니다.",
            en="Imports scans, and sees all readings and openings of the site.",
        ),
        staff=True,
        at_site=True,
    )


class Action(AnyAction):
    IMPORT_SCANS = "import scans", "X-ray 영상 가져오기"
    READ_SCANS = "read scans", "X-ray 판독"
    SEE_SCANS = "see scans", "X-ray 영상 보기"
    SEE_SITE_SCANS = "see the scans of the own site", "소속 세관의 X-ray 영상 보기"
    SEE_ALL_SCANS = "see all scans", "모든 X-ray 영상 보기"
    RECORD_OPENINGS = "record what was found on opening", "개장 결과 기록"
    RECALL_SCANS = "have scans read again", "X-ray 다시 판독 지시"
    SEE_SCAN_RETENTION = "see retention of scans", "X-ray 영상 보존 보기"
    PLAN_SCAN_DELETION = "plan the deletion of scans", "X-ray 영상 삭제 제안"
    CONFIRM_SCAN_DELETION = "confirm the deletion of scans", "X-ray 영상 삭제 확인"
    HOLD_SCANS = "hold scans", "X-ray 영상 보존 조치"
    SEE_SCAN_FIGURES = "see figures of X-ray reading", "X-ray 판독 통계 보기"


_READER, _OPENER, _SUPERVISOR = Role.SCAN_READER, Role.OPENING_OFFICER, Role.SCAN_SUPERVISOR

MAY: dict[AnyAction, frozenset[AnyRole]] = {
    CommonAction.USE_WEBHOOKS: frozenset({_SUPERVISOR}),
    Action.IMPORT_SCANS: frozenset({_SUPERVISOR, CommonRole.ADMINISTRATOR}),
    Action.READ_SCANS: frozenset({_READER, _SUPERVISOR}),
    Action.SEE_SCANS: frozenset({_READER, _OPENER, _SUPERVISOR, CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}),
    Action.SEE_SITE_SCANS: frozenset({_READER, _OPENER, _SUPERVISOR}),
    Action.SEE_ALL_SCANS: frozenset({CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}),
    Action.RECORD_OPENINGS: frozenset({_OPENER, _SUPERVISOR}),
    Action.RECALL_SCANS: frozenset({_SUPERVISOR}),
    Action.SEE_SCAN_RETENTION: frozenset({_SUPERVISOR, CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}),
    Action.PLAN_SCAN_DELETION: frozenset({CommonRole.ADMINISTRATOR}),
    Action.CONFIRM_SCAN_DELETION: frozenset({_SUPERVISOR, CommonRole.ADMINISTRATOR}),
    Action.HOLD_SCANS: frozenset({_SUPERVISOR, CommonRole.ADMINISTRATOR}),
    Action.SEE_SCAN_FIGURES: frozenset({_READER, _SUPERVISOR, CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}),
}
