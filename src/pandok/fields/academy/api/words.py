"""Operations of the academy in Korean; the English stands where each is written."""

from __future__ import annotations

from pandok.core.text import Text

GROUPS: dict[str, Text] = {"academy": Text(ko="아카데미", en="Academy")}
OPERATIONS: dict[str, tuple[str, str]] = {
    "list_courses": ("아카데미 과정 목록", ""),
    "list_sittings": ("본인의 학습·시험 목록", "최근 50건, 새것부터."),
    "get_sitting_result": ("학습·시험 한 번의 결과", "본인 것, 또는 학습반에 속한 동안 그 교육생의 것."),
    "get_own_result": ("본인의 지금 결과", "최근 답 200개로 셉니다."),
    "get_own_ledger": ("본인의 학습 시간 장부", ""),
    "list_certificate_tests": ("두 번째 사람의 확인을 기다리는 자격 시험지", ""),
    "look_at_a_certificate_test": (
        "자격 시험지 확인 또는 거부",
        "추첨하지 않은 사람이, 모든 영상을 살펴본 뒤에 합니다.",
    ),
    "list_measuring_sets": ("측정·시험용 묶음과 그 안에서 확인을 기다리는 영상", ""),
    "look_at_a_measuring_picture": (
        "측정·시험용 영상 승인 또는 거부",
        "만들지 않은 사람이, 영상을 살펴본 뒤에 합니다.",
    ),
}
FIELDS: dict[str, str] = {}
