"""Roles and actions of streetlights: who watches, who goes there, who answers for the devices."""

from __future__ import annotations

from pandok.common.roles import AnyAction, AnyRole, RoleFacts
from pandok.common.roles import Role as CommonRole
from pandok.core.text import Text


class Role(AnyRole):
    CONTROL_ROOM = RoleFacts(
        "control-room-officer",
        300,
        Text(ko="관제실 근무자", en="Control-room officer"),
        Text(ko="가로등 경보를 확인하고 대응을 지휘합니다.", en="Confirms alerts of poles and leads the response."),
        staff=True,
        votes=True,
    )
    CREW = RoleFacts(
        "street-crew",
        310,
        Text(ko="현장조", en="Crew"),
        Text(ko="현장에 나가 조치하고 결과를 적습니다.", en="Goes there, acts, and records what it was."),
        staff=True,
    )
    STREET_OPERATOR = RoleFacts(
        "street-operator",
        320,
        Text(ko="가로등 운영자", en="Street operator"),
        Text(
            ko="등주와 장치를 등록하고 점검 상태와 장치 비밀번호를 관리합니다.",
            en="Registers poles and devices; answers for maintenance and device passwords.",
        ),
        staff=True,
    )


class Action(AnyAction):
    SEE_STREET = "see alerts of streetlights", "가로등 경보 보기"
    DECIDE_ALERTS = "decide on alerts of streetlights", "가로등 경보 결정"
    RESPOND_TO_ALERTS = "respond to alerts of streetlights", "가로등 경보 대응"
    COMMAND_DEVICES = "command devices on streetlights", "가로등 장치 명령"
    WARN_RESIDENTS = "warn residents of streetlight alerts", "주민 알림 작성과 발송"
    KEEP_POLES = "keep poles and devices", "등주와 장치 관리"
    ORDER_WORKS = "order works on streetlights", "가로등 작업 지시"
    DO_WORKS = "do works on streetlights", "가로등 작업 수행"
    ENTER_OUTSIDE_RECORDS = "enter outside records of streetlights", "가로등 외부 기록 입력"


_ROOM, _CREW, _OPERATOR = Role.CONTROL_ROOM, Role.CREW, Role.STREET_OPERATOR

MAY: dict[AnyAction, frozenset[AnyRole]] = {
    Action.SEE_STREET: frozenset({_ROOM, _CREW, _OPERATOR, CommonRole.AUDITOR, CommonRole.ADMINISTRATOR}),
    Action.DECIDE_ALERTS: frozenset({_ROOM}),
    Action.RESPOND_TO_ALERTS: frozenset({_ROOM, _CREW}),
    Action.COMMAND_DEVICES: frozenset({_ROOM}),
    Action.WARN_RESIDENTS: frozenset({_ROOM}),
    Action.KEEP_POLES: frozenset({_OPERATOR}),
    Action.ORDER_WORKS: frozenset({_ROOM, _OPERATOR}),
    Action.DO_WORKS: frozenset({_CREW}),
    Action.ENTER_OUTSIDE_RECORDS: frozenset({_ROOM, _OPERATOR}),
}
