"""Operations of streetlights in Korean; the English stands where each is written."""

from __future__ import annotations

from pandok.core.text import Text

GROUPS: dict[str, Text] = {"Streetlight alerts": Text(ko="가로등 경보", en="Streetlight alerts")}
OPERATIONS: dict[str, tuple[str, str]] = {
    "list_street_alerts": ("진행 중인 가로등 경보, 심한 것부터", ""),
    "get_street_alert": ("가로등 경보 한 건", ""),
    "decide_on_a_street_alert": (
        "가로등 경보 결정",
        "확인, 오경보, 병합, 대응 시작, 종결, 절차 한 단계. 오경보와 종결에는 원인과 사유가 있어야 합니다.",
    ),
}
FIELDS: dict[str, str] = {
    "Alert to merge into": "합칠 경보",
    "Key of the step that is done": "수행한 절차 단계",
}
