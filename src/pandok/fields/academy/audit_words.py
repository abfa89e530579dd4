"""What the academy writes into the audit trail, in words."""

from __future__ import annotations

from pandok.core.text import Text

ACTIONS: dict[str, Text] = {
    "course.made": Text(ko="아카데미 과정 만들기", en="Course of the academy made"),
    "course.closed": Text(ko="아카데미 과정 닫기", en="Course of the academy closed"),
    "certificate.issued": Text(ko="판독 자격증 발급", en="Certificate of reading issued"),
    "certificate_form.drawn": Text(ko="자격 시험지 추첨", en="Certificate test drawn"),
}
OBJECTS: dict[str, Text] = {
    "article": Text(ko="학습 물품", en="Article of the academy"),
    "sitting": Text(ko="학습·시험", en="Sitting"),
    "course": Text(ko="아카데미 과정", en="Course of the academy"),
    "certificate": Text(ko="판독 자격증", en="Certificate of reading"),
    "certificate_form": Text(ko="자격 시험지", en="Certificate test"),
}
"""By the beginning of the object of an entry."""
LABELS: dict[str, Text] = {
    "sitting_mode": Text(ko="학습·시험의 종류", en="Kind of sitting"),
    "course": Text(ko="과정", en="Course"),
    "pictures": Text(ko="영상 수", en="Pictures"),
    "ledger_row": Text(ko="장부의 줄", en="Row of the ledger"),
    "ledger_hash": Text(ko="장부의 해시", en="Hash of the ledger"),
    "expires_on": Text(ko="유효기간", en="Holds until"),
    "form_number": Text(ko="시험지 번호", en="Number of the test"),
    "title": Text(ko="이름", en="Title"),
    "minutes": Text(ko="분", en="Minutes"),
}
"""Names of details."""
JOBS: dict[str, Text] = {}
"""Work for the worker, by its kind."""
