"""Words for every action of the audit trail. `tests/common/web/shown/test_audit_words.py` finds the actions in the
source."""

from __future__ import annotations

import re

from pandok.common.declared import declared, named
from pandok.common.models import AuditEntry
from pandok.common.web.shown.account_words import ACCOUNT_ACTIONS
from pandok.common.web.shown.account_words import reason_words as account_reason
from pandok.common.web.shown.audit_details import add_what_fields_say
from pandok.core.text import Text

_ACTIONS: dict[str, Text] = {
    "api.idempotency_key_used": Text(ko="API 재전송 번호 사용", en="API key for once-only used"),
    "delivery.queued": Text(ko="발송 요청", en="Delivery asked for"),
    "delivery.readdressed": Text(ko="발송 주소 변경", en="Delivery readdressed"),
    "delivery.settled": Text(ko="발송 결과 확인", en="Delivery settled"),
    "document.viewed": Text(ko="문서 열람", en="Document viewed"),
    "photograph.viewed": Text(ko="사진 열람", en="Photograph viewed"),
    "form.kept": Text(ko="로그인이 끊긴 양식 보관", en="Form kept for its writer"),
    "party.created": Text(ko="당사자 등록", en="Party added"),
    "party.changed": Text(ko="당사자 정보 변경", en="Party changed"),
    "party.activated": Text(ko="당사자 사용 재개", en="Party activated"),
    "party.deactivated": Text(ko="당사자 사용 중지", en="Party deactivated"),
    "party.left_alone": Text(ko="당사자의 마지막 계정 권한 상실", en="Party left without an account"),
    "party.agreed_to_electronic": Text(ko="전자송달 동의", en="Agreed to electronic service"),
    "party.took_electronic_back": Text(ko="전자송달 동의 철회", en="Consent to electronic service taken back"),
    "party.member_added": Text(ko="당사자 담당자 추가", en="Member of a party added"),
    "party.member_removed": Text(ko="당사자 담당자 제외", en="Member of a party removed"),
    "site.created": Text(ko="세관 등록", en="Site added"),
    "site.changed": Text(ko="세관 정보 변경", en="Site changed"),
    "site.member_added": Text(ko="세관 직원 추가", en="Member of a site added"),
    "site.member_removed": Text(ko="세관 직원 제외", en="Member of a site removed"),
    "system.made": Text(ko="연계 시스템 계정 생성", en="System account made"),
    "token.made": Text(ko="토큰 발급", en="Token made"),
    "token.revoked": Text(ko="토큰 폐기", en="Token revoked"),
    "token.ended": Text(ko="토큰 종료", en="Token ended"),
    "webhook.added": Text(ko="웹훅 등록", en="Webhook added"),
    "webhook.removed": Text(ko="웹훅 삭제", en="Webhook removed"),
    "backup.made": Text(ko="백업", en="Backup made"),
    "backup.restored": Text(ko="백업 복원", en="Backup restored"),
    "audit.verified": Text(ko="감사 사슬 검사", en="Audit chain checked"),
    "audit.notes_began": Text(ko="데이터베이스 밖 해시 기록을 새로 시작", en="Restarted noting hashes outside"),
    "audit.resumed": Text(ko="되돌린 데이터베이스로 이어 감", en="Went on with an older database"),
    "clock.asked": Text(ko="서버 시각 확인 요청", en="Clock confirmed by one person, a second must agree"),
    "clock.confirmed": Text(ko="서버 시각 확인 (2인)", en="Clock confirmed by two"),
    "audit.anchored": Text(ko="감사 앵커 발급", en="Audit anchor made"),
    "audit.exported": Text(ko="감사 기록 내보냄", en="Audit trail exported"),
    "job.failed": Text(ko="백그라운드 작업 실패", en="Background work failed"),
}

OBJECTS: dict[str, Text] = {
    "account": Text(ko="계정", en="Account"),
    "address": Text(ko="접속 주소", en="Network address"),
    "audit": Text(ko="감사 기록", en="Audit trail"),
    "backup": Text(ko="백업", en="Backup"),
    "clock": Text(ko="서버 시각", en="Clock"),
    "delivery": Text(ko="발송", en="Delivery"),
    "file": Text(ko="파일", en="File"),
    "job": Text(ko="백그라운드 작업", en="Background work"),
    "machine": Text(ko="서버", en="Server"),
    "party": Text(ko="당사자", en="Party"),
    "picture": Text(ko="사진", en="Picture"),
    "site": Text(ko="세관", en="Site"),
    "token": Text(ko="토큰", en="Token"),
    "webhook": Text(ko="웹훅", en="Webhook"),
}
"""What an entry is about, by the beginning of its object."""


def object_words(name: str, language: str) -> str:
    """Kind and key of an object, a long key by its beginning.

    >>> object_words("account:kim", "en")
    'Account kim'
    """
    kind, _, key = name.partition(":")
    words = OBJECTS.get(kind, Text(ko="그 밖의 대상", en="Another object")).in_language(language)
    return f"{words} {key[:12]}…" if len(key) > 40 else f"{words} {key}".strip()


REASONS: dict[str, Text] = {}
SYSTEM = "system"
"""Whose turn it was where a program acted by itself."""
PROGRAMS: dict[str, Text] = {
    "system": Text(ko="시스템", en="the system"),
    "pandok": Text(ko="시스템", en="the system"),
    "pandok-worker": Text(ko="백그라운드 작업", en="background work"),
    "command line": Text(ko="명령줄", en="command line"),
    "anonymous": Text(ko="로그인하지 않은 사람", en="somebody not signed in"),
}
"""Who acts without an account."""
_BOTH = re.compile(r"([^/·]*[가-힣][^/·]*) [/·] ([^가-힣]+)")
"""What the program gives as its reason in both languages."""


def reason_words(entry: AuditEntry) -> Text:
    """What the program gave as its reason in the reader's language; what a person wrote stays as it is."""
    said = entry.reason
    if said in REASONS:
        return REASONS[said]
    if by_program(entry) and (both := _BOTH.fullmatch(said)):
        return Text(ko=both[1], en=both[2][:1].upper() + both[2][1:])
    for field in declared():
        found: Text | None = named(field.audit_reason)(entry) if field.audit_reason else None
        if found is not None:
            return found
    return account_reason(said)


def actor_words(name: str, language: str) -> str:
    return PROGRAMS[name].in_language(language) if name in PROGRAMS else name


def by_program(entry: AuditEntry) -> bool:
    return entry.details.get("by") == SYSTEM or entry.actor in PROGRAMS


def _of_fields() -> dict[str, Text]:
    return {
        action: words
        for field in declared()
        if field.audit_words
        for action, words in named(field.audit_words)().items()
    }


ACTIONS: dict[str, Text] = _of_fields() | ACCOUNT_ACTIONS | _ACTIONS
add_what_fields_say(ACTIONS=ACTIONS, OBJECTS=OBJECTS, REASONS=REASONS, PROGRAMS=PROGRAMS)


def entry_words(entry: AuditEntry, language: str) -> str:
    for field in declared():
        title: Text | None = named(field.audit_title)(entry) if field.audit_title else None
        if title is not None:
            return title.in_language(language)
    return words_of(entry.action, language)


def words_of(action: str, language: str) -> str:
    """An action in words; one of a newer version is told as such, never as a bare code."""
    if action in ACTIONS:
        return ACTIONS[action].in_language(language)
    return Text(ko=f"그 밖의 기록({action})", en=f"Another entry ({action})").in_language(language)
