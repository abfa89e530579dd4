"""Operations of the common floor in Korean; the English stands where each is written."""

from __future__ import annotations

from pandok.core.text import Text

GROUPS: dict[str, Text] = {
    "me": Text(ko="내 정보", en="Me"),
    "parties": Text(ko="당사자", en="Parties"),
    "sites": Text(ko="세관", en="Sites"),
    "audit": Text(ko="감사 기록", en="Audit trail"),
    "webhooks": Text(ko="웹훅", en="Webhooks"),
}

OPERATIONS: dict[str, tuple[str, str]] = {
    "get_me": ("내 계정과 권한", ""),
    "find_parties": ("당사자 찾기", ""),
    "get_party": ("당사자 한 곳", ""),
    "list_sites": ("세관 목록", ""),
    "add_site": ("세관 등록", ""),
    "rename_site": ("세관 정보 변경", ""),
    "set_site_member": ("세관 직원 지정", ""),
    "list_entries": ("감사 기록(최근순)", ""),
    "ask_for_check": (
        "감사 사슬 검사 요청",
        "워커가 검사합니다. `finished_at`이 채워질 때까지 검사를 조회하십시오. 기다리거나 진행 중인 검사가 있으면 "
        "그것을 돌려줍니다.",
    ),
    "get_check": ("감사 사슬 검사 한 건", ""),
    "list_webhooks": ("내 웹훅 목록", ""),
    "add_webhook": (
        "웹훅 등록",
        "공개된 https 주소, 또는 관리자가 허용한 주소여야 합니다. 다시 받은 답에는 비밀값이 없습니다.",
    ),
    "get_webhook": ("웹훅 한 건", ""),
    "delete_webhook": ("웹훅 삭제", ""),
    "ping_webhook": ("시험 메시지 보내기", ""),
    "list_deliveries": ("웹훅으로 보낸 내용(최근순)", ""),
    "send_delivery_again": ("메시지 다시 보내기", ""),
}
"""By the operation's id: what it does, and what else is to be known, as in English."""

FIELDS: dict[str, str] = {
    "Part of the name": "이름의 일부",
    "In whose name notices are sent": "통지의 발신 명의",
    "The department that parties can ask": "당사자가 문의할 부서",
    "Its telephone number": "그 부서의 전화번호",
    "True: works here from now on, and at no other site; false: no longer": (
        "true: 이제부터 이 세관에서만 근무, false: 더 이상 근무하지 않음"
    ),
    "`case:…`, a sha256, a UUID or a case number": "`case:…`, sha256, UUID 또는 사건번호",
}
"""What is said of a field, by its English."""
