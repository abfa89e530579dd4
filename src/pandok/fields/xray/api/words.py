"""Operations of X-ray in Korean; the English stands where each is written."""

from __future__ import annotations

from pandok.core.text import Text

GROUPS: dict[str, Text] = {
    "X-ray inspections": Text(ko="X-ray 검사", en="X-ray inspections"),
    "X-ray reading": Text(ko="X-ray 판독", en="X-ray reading"),
}
OPERATIONS: dict[str, tuple[str, str]] = {
    "list_inspections": ("X-ray 검사 목록(최근 것부터)", ""),
    "get_inspection": ("X-ray 검사 한 건", ""),
    "record_an_opening": ("개장 결과 기록", "판독한 사람은 개장 결과를 기록할 수 없습니다."),
    "have_an_inspection_read_again": ("다시 판독 지시", ""),
    "list_similar_scans": (
        "비슷한 지난 영상",
        "판독이 끝난 검사만 나옵니다. 대기 중인 영상은 본인 화면에 있는 동안 그 판독관에게만 답합니다.",
    ),
    "take_the_next_scan": ("다음 영상 받기", "3분 동안 본인 화면에 있고, 그 뒤에는 다음 판독관에게 넘어갑니다."),
    "decide_on_a_scan": ("판독 결정", "본인 화면에 있는 영상만 결정할 수 있습니다."),
    "take_a_decision_back": ("판독 취소", "본인의 직전 판독을 10분 안에 취소합니다. 영상이 다시 본인 화면에 옵니다."),
}
FIELDS: dict[str, str] = {
    "What it was; needed unless it was as declared": "나온 물품. 신고대로가 아니면 반드시 적습니다",
    "Only of this HS4": "이 HS 4단위만",
    "Where it lay": "나온 곳",
    "Where; needed to open": "의심 부위. 개장하려면 반드시 있어야 합니다",
    "Image functions that were used, in order": "쓴 영상 기능, 쓴 순서대로",
}
