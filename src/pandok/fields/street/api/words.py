"""Operations of streetlights in Korean; the English stands where each is written."""

from __future__ import annotations

from pandok.core.text import Text

GROUPS: dict[str, Text] = {
    "Streetlight alerts": Text(ko="가로등 경보", en="Streetlight alerts"),
    "Streetlight commands": Text(ko="가로등 장치 명령", en="Streetlight commands"),
    "Streetlight warnings": Text(ko="주민 알림", en="Streetlight warnings"),
    "Test bed bookings": Text(ko="시험 구역 예약", en="Test bed bookings"),
    "Streetlights for other platforms": Text(ko="다른 플랫폼을 위한 가로등", en="Streetlights for other platforms"),
    "Streetlight energy": Text(ko="가로등 전력량", en="Streetlight energy"),
    "Streetlight works": Text(ko="가로등 작업 지시", en="Streetlight works"),
    "Streetlight figures": Text(ko="가로등 경보 통계", en="Streetlight figures"),
}
OPERATIONS: dict[str, tuple[str, str]] = {
    "list_street_alerts": ("진행 중인 가로등 경보, 심한 것부터", ""),
    "get_street_alert": ("가로등 경보 한 건", ""),
    "decide_on_a_street_alert": (
        "가로등 경보 결정",
        "확인, 오경보, 병합, 대응 시작, 종결, 절차 한 단계. 오경보와 종결에는 원인과 사유가 있어야 합니다.",
    ),
    "list_streetlights": (
        "등이 달린 기둥, Smart Data Models의 Streetlight로",
        "0.2.1판의 key-values 형식, 번호 순. 마지막 번호를 after로 주어 most보다 적게 올 때까지 되풀이합니다.",
    ),
    "get_device_command": ("장치 명령 한 건", ""),
    "command_a_device": ("장치에 명령", "사이렌 울림과 차단기는 두 번째 근무자를 기다리고, 나머지는 바로 보냅니다."),
    "decide_on_a_device_command": (
        "장치 명령 결정",
        "두 번째 근무자의 확인, 보내기 전 취소, 응답이 없는 장치에서 본 것.",
    ),
    "get_resident_warning": ("주민 알림 한 건", ""),
    "write_resident_warning": (
        "주민 알림 작성",
        "아직 보내지 않습니다. 근무자가 발송하며, 위급·긴급 문자는 다른 근무자가 발송합니다.",
    ),
    "decide_on_a_resident_warning": ("주민 알림 발송·해제·취소", "해제와 취소에는 사유가 있어야 합니다."),
    "get_street_figures": ("기간 안 경보 통계", ""),
    "enter_an_outside_record": (
        "외부 기록 입력",
        "119, 도로과, 주민이 알린 사건 한 건. 경보를 이것과 견줍니다. 같은 기록은 두 번 보내도 한 건입니다.",
    ),
    "list_test_bed_bookings": ("기간 안 시험 구역 예약, 시작한 순서로", ""),
    "book_a_test_bed": (
        "시험 구역이나 등주 예약",
        "그 시간에 같은 등주나 구역 전체의 예약이 있으면 거절합니다.",
    ),
    "get_street_energy": (
        "기간 안 등 전력량",
        "밤이 시작하는 날로 셉니다. 측정값도 조광 지시도 없는 시간은 쓴 것도 절감한 것도 아닙니다.",
    ),
    "list_street_works": ("작업 지시 목록", "기한이 이른 것부터, 끝난 것은 새것부터. 200건까지."),
    "get_street_work": ("작업 지시 한 건", ""),
    "order_street_work": (
        "작업 지시",
        "경보에서, 또는 적은 등주나 선로에서. 경보 하나에 끝나지 않은 작업 지시는 하나뿐입니다.",
    ),
    "assign_street_work": (
        "작업 지시 배정·취소",
        "취소에는 사유가 있어야 하고, 현장조가 작업 중이면 취소하지 않습니다.",
    ),
    "step_of_street_work": (
        "작업 맡기·완료·반려",
        "그 작업을 맡은 현장조만 합니다. 아무도 맡지 않은 것은 어느 현장조나 맡을 수 있습니다.",
    ),
    "cancel_a_booking": ("예약 취소", "끝나지 않은 예약만 취소하며 사유가 있어야 합니다."),
}
FIELDS: dict[str, str] = {
    "streetPoleNum of the last one that was read": "마지막으로 읽은 기둥의 streetPoleNum",
    "Nothing: the whole test bed": "없으면 구역 전체",
    "mine: of the crew that asks": "mine: 요청한 현장조의 것",
    "What has to be done": "할 일",
    "Alert that it is made from; its pole or feeder counts": "작업의 근거인 경보. 그 등주나 선로를 따릅니다",
    "Where it is no single pole": "등주 하나가 아닌 경우",
    "Key of a device on the pole": "등주의 장치 번호",
    "A moment; nothing: the usual term of the kind": "시각. 없으면 종류별 보통 기한",
    "User name of a crew; nothing: nobody yet": "현장조의 사용자 이름. 없으면 배정 대기",
    "To whom it is assigned": "배정할 현장조",
    "To withdraw it": "취소 사유",
    "What was found; to finish": "확인한 내용. 완료할 때",
    "What was replaced; nothing: nothing": "교체한 것. 없으면 비움",
    "To give it back": "반려 사유",
    "Alert to merge into": "합칠 경보",
    "Key of the step that is done": "수행한 절차 단계",
    "First day; 30 days back where nothing is said": "시작일. 없으면 30일 전",
    "Last day; today where nothing is said": "종료일. 없으면 오늘",
    "Of a lamp": "등의 색",
    "Brightness of a lamp in per cent": "등 밝기(%)",
    "On a sign": "전광판 문구",
    "Of a siren": "사이렌",
    "Of a barrier": "차단기",
    "How long it stands, in seconds": "유지 시간(초)",
    "Alert that it answers": "대응하는 경보",
    "Most characters of the text message": "문자의 최대 글자 수",
    "In CAP alone, not in the text message": "CAP에만 실리고 문자에는 들어가지 않음",
    "How long it holds": "유효 시간",
    "Sent as an exercise": "훈련으로 발송",
    "Where no pole is named": "등주를 적지 않은 경우",
    "A moment in ISO 8601; at the office where no zone is said": "ISO 8601 시각. 시간대가 없으면 관서 시각",
    "When it began, where nothing is said": "없으면 시작한 때와 같음",
    "Its number at the source": "출처의 번호",
}
