"""Operations of X-ray in Korean; the English stands where each is written."""

from __future__ import annotations

from pandok.core.text import Text

GROUPS: dict[str, Text] = {
    "X-ray inspections": Text(ko="X-ray 검사", en="X-ray inspections"),
    "X-ray containers": Text(ko="X-ray 컨테이너 구조", en="X-ray containers"),
    "X-ray retention": Text(ko="X-ray 영상 보존", en="X-ray retention"),
    "X-ray figures": Text(ko="X-ray 판독 통계", en="X-ray figures"),
    "X-ray reading": Text(ko="X-ray 판독", en="X-ray reading"),
}
OPERATIONS: dict[str, tuple[str, str]] = {
    "import_a_scan": (
        "X-ray 영상 가져오기",
        "한 영상의 파일을 네 개까지 보냅니다. 201: 판독을 기다립니다. 200: 같은 파일이 이미 있었습니다.",
    ),
    "list_inspections": ("X-ray 검사 목록(최근 것부터)", ""),
    "get_reading_figures": ("판독 보조가 판독에 미친 영향", "볼 수 있는 검사만 집계합니다."),
    "get_inspection": ("X-ray 검사 한 건", ""),
    "record_an_opening": ("개장 결과 기록", "판독한 사람은 개장 결과를 기록할 수 없습니다."),
    "have_an_inspection_read_again": ("다시 판독 지시", ""),
    "list_similar_scans": (
        "비슷한 지난 영상",
        "판독이 끝난 검사만 나옵니다. 대기 중인 영상은 본인 화면에 있는 동안 그 판독관에게만 답합니다.",
    ),
    "list_due_scans": ("보존기간이 지난 영상", ""),
    "list_scan_deletions": ("X-ray 영상 삭제 계획(최근 것부터)", ""),
    "plan_scan_deletion": (
        "X-ray 영상 삭제 제안",
        "오늘 지울 수 있는 것 모두. 두 번째 사람이 화면에서 확인하기 전에는 아무것도 지워지지 않습니다.",
    ),
    "get_scan_deletion": ("X-ray 영상 삭제 한 건", ""),
    "give_up_scan_deletion": ("X-ray 영상 삭제 철회", ""),
    "list_scan_holds": ("X-ray 영상 보존 조치 목록", ""),
    "hold_scan": ("X-ray 영상 보존 조치", "조치가 있는 동안 그 검사의 영상은 지워지지 않습니다."),
    "lift_scan_hold": ("X-ray 영상 보존 조치 해제", ""),
    "list_container_types": ("컨테이너 형식 목록", ""),
    "import_an_empty_container": (
        "빈 컨테이너 영상 가져오기",
        "한 영상의 파일들을 보냅니다. 같은 파일은 다시 더해지지 않습니다.",
    ),
    "withdraw_an_empty_container": ("빈 컨테이너가 아니었던 영상 빼기", ""),
    "measure_container_structure": (
        "구조 비교 탐지율 측정 요청",
        "소속 세관의 빈 컨테이너 영상마다 계산으로 질량을 하나씩 넣습니다.",
    ),
    "take_the_next_scan": ("다음 영상 받기", "3분 동안 본인 화면에 있고, 그 뒤에는 다음 판독관에게 넘어갑니다."),
    "decide_on_a_scan": ("판독 결정", "본인 화면에 있는 영상만 결정할 수 있습니다."),
    "take_a_decision_back": ("판독 취소", "본인의 직전 판독을 10분 안에 취소합니다. 영상이 다시 본인 화면에 옵니다."),
}
FIELDS: dict[str, str] = {
    "What it was; needed unless it was as declared": "나온 물품. 신고대로가 아니면 반드시 적습니다",
    "First day of the readings; from the beginning without it": "판독 시작일. 없으면 처음부터",
    "Last day of the readings; up to now without it": "판독 종료일. 없으면 지금까지",
    "Of computed scans instead of scans of machines": "장비 영상 대신 계산 영상",
    "Only of this HS4": "이 HS 4단위만",
    "ISO 6346, as 22G1": "ISO 6346 형식 부호. 예: 22G1",
    "Spectra of the machine, by their name": "장비 스펙트럼의 이름",
    "Value of air, where the files do not say it": "공기의 값. 파일에 적혀 있지 않을 때",
    "Parcel, bag or container number": "소포, 수하물 또는 컨테이너 번호",
    "ISO 6346, of containers alone": "ISO 6346 형식 부호. 컨테이너만",
    "Where it lay": "나온 곳",
    "Where; needed to open": "의심 부위. 개장하려면 반드시 있어야 합니다",
    "Image functions that were used, in order": "쓴 영상 기능, 쓴 순서대로",
}
