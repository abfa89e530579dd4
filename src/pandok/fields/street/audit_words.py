"""What streetlights write into the audit trail, in words."""

from __future__ import annotations

from pandok.core.text import Text

ACTIONS: dict[str, Text] = {
    "test-bed.opened": Text(ko="시험 구역 개설", en="Test bed opened"),
    "pole.registered": Text(ko="등주 등록", en="Pole registered"),
    "pole.password": Text(ko="등주 비밀번호 새로 발급", en="New password of a pole"),
    "pole.maintenance": Text(ko="등주 점검 시작", en="Maintenance of a pole begun"),
    "pole.in_service": Text(ko="등주 점검 종료", en="Maintenance of a pole ended"),
    "silence.begun": Text(ko="경보 알림 중지", en="Alerts silenced"),
    "alert.higher": Text(ko="경보 상향", en="Alert raised to a higher level"),
    "alert.lower": Text(ko="경보 하향", en="Alert lowered"),
    "alert.cleared": Text(ko="경보 조건 해제", en="Condition of an alert cleared"),
    "alert.again": Text(ko="경보 재발령", en="Alert raised again"),
    "alert.step": Text(ko="대응 절차 수행", en="Step of a procedure done"),
}
OBJECTS: dict[str, Text] = {
    "alert": Text(ko="가로등 경보", en="Alert"),
    "pole": Text(ko="등주", en="Pole"),
    "test-bed": Text(ko="시험 구역", en="Test bed"),
    "silence": Text(ko="알림 중지", en="Silence"),
}
"""By the beginning of the object of an entry."""
LABELS: dict[str, Text] = {
    "reader": Text(ko="판독기", en="Reader"),
    "level": Text(ko="단계", en="Level"),
    "sensors": Text(ko="감지기 수", en="Sensors"),
}
"""Names of details."""
