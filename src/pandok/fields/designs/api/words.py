"""Operations of the design reader in Korean; the English stands where each is written."""

from __future__ import annotations

from pandok.core.text import Text

GROUPS: dict[str, Text] = {
    "captures": Text(ko="촬영", en="Captures"),
    "readings": Text(ko="판독", en="Readings"),
}

OPERATIONS: dict[str, tuple[str, str]] = {
    "send_capture": (
        "사진을 보내 판독",
        "물품 한 점의 사진 1~7장을 JPEG, PNG, WebP, HEIC, TIFF, BMP 중 하나로 보냅니다. "
        "201은 보관·판독 완료, 200은 이미 받은 촬영입니다.",
    ),
    "get_capture": ("내 촬영 한 건", ""),
    "read_capture_again": ("판독에 실패한 촬영을 다시 판독", ""),
    "list_readings": ("판독 기록(최근순)", ""),
    "get_reading": ("판독 한 건", ""),
    "read_reading_again": (
        "같은 사진을 다시 판독",
        "판독 기록이 새로 생기고 이전 기록은 그대로 남습니다. "
        "사건에 반영하려면 POST /cases/{id}/attach-reading을 쓰십시오.",
    ),
}
"""By the operation's id: what it does, and what else is to be known, as in English."""

FIELDS: dict[str, str] = {
    "Made by the sender; the same UUID is the same capture": (
        "보내는 쪽에서 만든 UUID. 같은 값으로 여러 번 보내도 한 건으로 접수합니다."
    ),
    "Declared value in whole won": "신고 가격(원 단위)",
    "Declared number of pieces": "신고 수량(개)",
    "Name or number of the importer, as on the papers": "신고서에 적힌 수입자 이름이나 번호",
    "For each photograph `x1,y1,x2,y2` around the article, in ten-thousandths of its sides": (
        "사진마다 물품을 두른 영역 `x1,y1,x2,y2`. 사진 각 변의 만분율입니다."
    ),
}
"""What is said of a field, by its English."""
