"""What streetlights write into the audit trail, in words."""

from __future__ import annotations

from pandok.core.text import Text

ACTIONS: dict[str, Text] = {
    "test-bed.opened": Text(ko="시험 구역 개설", en="Test bed opened"),
    "pole.registered": Text(ko="등주 등록", en="Pole registered"),
    "pole.password": Text(ko="등주 비밀번호 새로 발급", en="New password of a pole"),
    "pole.maintenance": Text(ko="등주 점검 시작", en="Maintenance of a pole begun"),
    "pole.in_service": Text(ko="등주 점검 종료", en="Maintenance of a pole ended"),
    "pole.reader-settings": Text(ko="등주 판독기 설정 변경", en="Reader settings of a pole changed"),
    "readings.imported": Text(ko="측정값 파일 가져오기", en="Readings imported from a file"),
    "replay.kept": Text(ko="재생 실험 결과 저장", en="Replay kept"),
    "reader.anew": Text(ko="판독기 새로 시작", en="A reader began anew"),
    "silence.begun": Text(ko="경보 알림 중지", en="Alerts silenced"),
    "silence.ended": Text(ko="알림 중지 조기 해제", en="A silence ended early"),
    "alert.joined": Text(ko="같은 사건의 경보 합류", en="An alert of the same event joined"),
    "alert.woken": Text(ko="알림 중지가 끝나 다시 알림", en="Alert called after its silence"),
    "alert.higher": Text(ko="경보 상향", en="Alert raised to a higher level"),
    "alert.lower": Text(ko="경보 하향", en="Alert lowered"),
    "alert.cleared": Text(ko="경보 조건 해제", en="Condition of an alert cleared"),
    "alert.again": Text(ko="경보 재발령", en="Alert raised again"),
    "alert.step": Text(ko="대응 절차 수행", en="Step of a procedure done"),
    "command.asked": Text(ko="장치 명령", en="Device ordered"),
    "outside-record.entered": Text(ko="외부 기록 입력", en="Outside record entered"),
    "street-alerts.exported": Text(ko="경보 표 내보내기", en="Table of alerts exported"),
    "outside-record.withdrawn": Text(ko="외부 기록 취소", en="Outside record withdrawn"),
}
OBJECTS: dict[str, Text] = {
    "alert": Text(ko="가로등 경보", en="Alert"),
    "pole": Text(ko="등주", en="Pole"),
    "test-bed": Text(ko="시험 구역", en="Test bed"),
    "street-file": Text(ko="측정값 파일", en="File of readings"),
    "command": Text(ko="장치 명령", en="Command to a device"),
    "replay": Text(ko="재생 실험", en="Replay"),
    "resident-warning": Text(ko="주민 알림", en="Warning to residents"),
    "silence": Text(ko="알림 중지", en="Silence"),
    "street-alerts": Text(ko="가로등 경보 표", en="Table of alerts"),
    "outside-record": Text(ko="외부 기록", en="Outside record"),
}
"""By the beginning of the object of an entry."""
LABELS: dict[str, Text] = {
    "reader": Text(ko="판독기", en="Reader"),
    "until": Text(ko="끝나는 때", en="Until"),
    "quiet": Text(ko="알리지 않은 까닭", en="Kept quiet by"),
    "feeder": Text(ko="선로", en="Feeder"),
    "level": Text(ko="단계", en="Level"),
    "settings": Text(ko="설정", en="Settings"),
    "readings": Text(ko="측정값 수", en="Readings"),
    "refused": Text(ko="거절 수", en="Refused"),
    "sensors": Text(ko="감지기 수", en="Sensors"),
    "form": Text(ko="파일 형식", en="Form of the file"),
    "first": Text(ko="시작일", en="First day"),
    "last": Text(ko="종료일", en="Last day"),
    "device": Text(ko="장치", en="Device"),
    "number": Text(ko="번호", en="Number"),
    "class": Text(ko="등급", en="Class"),
    "characters": Text(ko="글자 수", en="Characters"),
    "alert": Text(ko="경보", en="Alert"),
    "hazard": Text(ko="위험 종류", en="Kind of hazard"),
    "pole": Text(ko="등주", en="Pole"),
}
"""Names of details."""
