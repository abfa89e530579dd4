"""Entries of the audit trail in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.core.text import Text
from pandok.register.models import AuditEntry

ACTIONS: dict[str, Text] = {
    "photograph.viewed": Text(ko="사진을 봄", en="Photograph viewed"),
    "document.viewed": Text(ko="문서를 봄", en="Document viewed"),
    "reading.made": Text(ko="판독함", en="Reading made"),
    "reading.marks_read": Text(ko="글자·코드를 나중에 읽음", en="Text and codes read later"),
    "capture.received": Text(ko="촬영을 받음", en="Capture received"),
    "case.opened": Text(ko="사건을 엶", en="Case opened"),
    "case.read": Text(ko="사건: 판독 완료", en="Case: read"),
    "case.candidate_chosen": Text(ko="사건: 후보 선택", en="Case: candidate chosen"),
    "case.nothing_close": Text(ko="사건: 유사 디자인 없음", en="Case: nothing close"),
    "case.notified": Text(ko="사건: 통지 완료", en="Case: notified"),
    "case.suspension_requested": Text(ko="사건: 통관보류 요청", en="Case: suspension requested"),
    "case.appraised": Text(ko="사건: 감정 완료", en="Case: appraised"),
    "case.decided": Text(ko="사건: 처분 결정", en="Case: decided"),
    "case.closed": Text(ko="사건: 종결", en="Case: closed"),
    "case.clock_expired": Text(ko="사건: 기한 경과", en="Case: term is over"),
    "case.found_later": Text(ko="사건: 사후 확인", en="Case: found later"),
    "file.erased": Text(ko="파일 삭제", en="File erased"),
    "deletion.planned": Text(ko="삭제 제안", en="Deletion proposed"),
    "deletion.confirmed": Text(ko="삭제 확인", en="Deletion confirmed"),
    "deletion.done": Text(ko="삭제 완료", en="Deletion done"),
    "deletion.withdrawn": Text(ko="삭제 제안 철회", en="Deletion withdrawn"),
    "hold.placed": Text(ko="보존 조치", en="Hold placed"),
    "hold.lifted": Text(ko="보존 조치 해제", en="Hold lifted"),
    "audit.verified": Text(ko="감사 사슬 검사", en="Audit chain checked"),
    "audit.resumed": Text(ko="되돌린 데이터베이스로 이어 감", en="Went on with an older database"),
    "audit.anchored": Text(ko="감사 앵커 발급", en="Audit anchor made"),
    "audit.exported": Text(ko="감사 기록 내보냄", en="Audit trail exported"),
    "problem.brought_in": Text(ko="과제를 들여옴", en="Problem brought in"),
    "protocol.locked": Text(ko="평가 계획 등록", en="Protocol locked"),
    "labels.exported": Text(ko="정답 자료 내보냄", en="Labelled pairs exported"),
}


@dataclass(frozen=True)
class ShownEntry:
    sequence: int
    at: datetime
    actor: str
    action: str
    words: str
    object: str
    short_object: str
    reason: str
    details: list[tuple[str, str]]
    hash: str


def shown(entry: AuditEntry, language: str) -> ShownEntry:
    kind, _, key = entry.object.partition(":")
    return ShownEntry(
        sequence=entry.sequence,
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        words=words_of(entry.action, language),
        object=entry.object,
        short_object=f"{kind}:{key[:12]}…" if len(key) > 40 else entry.object,
        reason=entry.reason,
        details=[(name, str(value)) for name, value in sorted(entry.details.items()) if value not in ("", None)],
        hash=entry.hash,
    )


def words_of(action: str, language: str) -> str:
    """An action in words; one that has none is named as it is kept."""
    return ACTIONS[action].in_language(language) if action in ACTIONS else action
