"""What the counterfeit desk writes into the audit trail, in words."""

from __future__ import annotations

from pandok.core.text import Text

ACTIONS: dict[str, Text] = {
    "cases.exported": Text(ko="사건 목록 내보냄", en="Case list exported"),
    "filter.saved": Text(ko="검색 조건 저장", en="Filter saved"),
    "filter.deleted": Text(ko="검색 조건 삭제", en="Filter deleted"),
    "guide.written": Text(ko="감별 안내 작성", en="Guide written"),
    "guide.withdrawn": Text(ko="감별 안내 철회", en="Guide withdrawn"),
    "notice.issued": Text(ko="통지 발송", en="Notice issued"),
    "notice.handed_over": Text(ko="통지 메일 발송 의뢰", en="Mail of a notice handed over"),
    "notice.served": Text(ko="통지 송달", en="Notice served"),
    "notice.link_made": Text(ko="일회용 통지 링크 발급", en="One-time link made"),
    "notice.link_withdrawn": Text(ko="일회용 통지 링크 회수", en="One-time link withdrawn"),
    "notice.link_refused": Text(ko="통지 링크 본인 확인 실패", en="Wrong answer at a one-time link"),
    "notice.link_used": Text(ko="통지 링크 본인 확인 통과", en="One-time link used"),
    "notice.opened": Text(ko="통지 열람", en="Notice opened"),
    "file.brought_back": Text(ko="격리 파일 복구", en="File brought back"),
    "file.set_aside": Text(ko="파일 격리", en="File set aside"),
    "holiday.added": Text(ko="휴일 등록", en="Holiday added"),
    "holiday.withdrawn": Text(ko="휴일 등록 철회", en="Holiday withdrawn"),
    "file.erased": Text(ko="파일 삭제", en="File erased"),
    "deletion.planned": Text(ko="삭제 제안", en="Deletion proposed"),
    "deletion.confirmed": Text(ko="삭제 확인", en="Deletion confirmed"),
    "deletion.done": Text(ko="삭제 완료", en="Deletion done"),
    "deletion.withdrawn": Text(ko="삭제 제안 철회", en="Deletion withdrawn"),
    "hold.placed": Text(ko="보존 조치", en="Hold placed"),
    "hold.lifted": Text(ko="보존 조치 해제", en="Hold lifted"),
    "labels.exported": Text(ko="정답 자료 내보냄", en="Labelled pairs exported"),
}
OBJECTS: dict[str, Text] = {
    "case": Text(ko="사건", en="Case"),
    "cases": Text(ko="사건 목록", en="Case list"),
    "deletion": Text(ko="삭제", en="Deletion"),
    "document": Text(ko="서류", en="Paper"),
    "filter": Text(ko="검색 조건", en="Filter"),
    "guide": Text(ko="감별 안내", en="Guide"),
    "holiday": Text(ko="휴일", en="Holiday"),
    "labels": Text(ko="정답 자료", en="Labelled pairs"),
    "notice": Text(ko="통지", en="Notice"),
}
"""By the beginning of the object of an entry."""
LABELS: dict[str, Text] = {
    "appraiser": Text(ko="감정 단체", en="Association"),
    "asks_release": Text(ko="통관 허용 요청", en="Asks for release"),
    "disposition": Text(ko="처분", en="Outcome"),
    "due_at": Text(ko="기한", en="Last day"),
    "due_before": Text(ko="종전 기한", en="Last day before"),
    "erased": Text(ko="삭제한 파일", en="Files erased"),
    "holder": Text(ko="권리자", en="Holder"),
    "holiday": Text(ko="휴일", en="Holiday"),
    "importer": Text(ko="수입자", en="Importer"),
    "law": Text(ko="적용 법령", en="Law version"),
    "needed": Text(ko="다른 곳에서 쓰여 남긴 파일", en="Kept: used elsewhere"),
    "notices": Text(ko="통지 수", en="Notices"),
    "officer": Text(ko="새 담당자", en="New officer"),
    "opened_from": Text(ko="접수일(부터)", en="Opened from"),
    "opened_to": Text(ko="접수일(까지)", en="Opened until"),
    "period": Text(ko="보존기간 항목", en="Period"),
    "readings_emptied": Text(ko="사진을 비운 판독", en="Readings emptied"),
    "rule": Text(ko="기한 종류", en="Term"),
    "security_krw": Text(ko="담보(원)", en="Security (KRW)"),
    "security_percent": Text(ko="담보 비율(%)", en="Security (%)"),
    "served_at": Text(ko="송달한 때", en="Served"),
    "source_en": Text(ko="근거(영문)", en="Source"),
    "template": Text(ko="통지 종류", en="Kind of notice"),
    "tries": Text(ko="틀린 횟수", en="Wrong answers"),
    "value_krw": Text(ko="가격(원)", en="Value (KRW)"),
    "with": Text(ko="공유 대상", en="Shared with"),
}
"""What details are called."""
JOBS: dict[str, Text] = {
    "notice.follow_up": Text(ko="후속 통지", en="Notices that follow"),
    "webhook.tell": Text(ko="웹훅 알림", en="Telling webhooks"),
    "holidays.recount": Text(ko="기한 다시 세기", en="Recounting terms"),
}
"""Work for the worker, by its kind."""
REASONS: dict[str, Text] = {
    "no record names it": Text(ko="이 파일을 쓰는 기록이 없음", en="no record names it"),
    "a record names it": Text(ko="이 파일을 쓰는 기록이 있음", en="a record names it"),
}
"""What the program gives as its reason."""
PROGRAMS: dict[str, Text] = {"notice link": Text(ko="통지 링크", en="one-time link of a notice")}
"""Who acts without an account."""
