"""Words for every action of the audit trail. `tests/common/web/shown/test_audit_words.py` finds the actions in the
source."""

from __future__ import annotations

import re

from pandok.common.declared import declared, named
from pandok.common.models import AuditEntry
from pandok.common.web.shown.account_words import ACCOUNT_ACTIONS
from pandok.common.web.shown.account_words import reason_words as account_reason
from pandok.core.lab.refusals import REASONS as RUN_REASONS
from pandok.core.text import Text

_ACTIONS: dict[str, Text] = {
    "api.idempotency_key_used": Text(ko="API 재전송 번호 사용", en="API key for once-only used"),
    "capture.received": Text(ko="촬영 접수", en="Capture received"),
    "capture.read": Text(ko="촬영 판독", en="Capture read"),
    "capture.failed": Text(ko="촬영 판독 실패", en="Capture could not be read"),
    "capture.refused": Text(ko="촬영 거절", en="Capture refused"),
    "cases.exported": Text(ko="사건 목록 내보냄", en="Case list exported"),
    "delivery.queued": Text(ko="발송 요청", en="Delivery asked for"),
    "delivery.readdressed": Text(ko="발송 주소 변경", en="Delivery readdressed"),
    "delivery.settled": Text(ko="발송 결과 확인", en="Delivery settled"),
    "document.viewed": Text(ko="문서 열람", en="Document viewed"),
    "photograph.viewed": Text(ko="사진 열람", en="Photograph viewed"),
    "reading.made": Text(ko="판독", en="Reading made"),
    "reading.marks_read": Text(ko="글자·코드 추가 판독", en="Text and codes read later"),
    "form.kept": Text(ko="로그인이 끊긴 양식 보관", en="Form kept for its writer"),
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
    "party.created": Text(ko="당사자 등록", en="Party added"),
    "party.changed": Text(ko="당사자 정보 변경", en="Party changed"),
    "party.activated": Text(ko="당사자 사용 재개", en="Party activated"),
    "party.deactivated": Text(ko="당사자 사용 중지", en="Party deactivated"),
    "party.left_alone": Text(ko="당사자의 마지막 계정 권한 상실", en="Party left without an account"),
    "party.linked": Text(ko="등록부 권리자와 연결", en="Holder name linked"),
    "party.unlinked": Text(ko="등록부 권리자 연결 해제", en="Holder name unlinked"),
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
    "file.brought_back": Text(ko="격리 파일 복구", en="File brought back"),
    "file.set_aside": Text(ko="파일 격리", en="File set aside"),
    "holiday.added": Text(ko="휴일 등록", en="Holiday added"),
    "holiday.withdrawn": Text(ko="휴일 등록 철회", en="Holiday withdrawn"),
    "lab.answered_alike": Text(ko="다른 기관 모델과 답이 거의 같음 표시", en="Answers nearly those of another model"),
    "lab.submission.same_model": Text(ko="같은 모델의 제출 표시", en="Same model submitted before"),
    "scrub.done": Text(ko="보관 파일 점검", en="Stored files checked"),
    "file.erased": Text(ko="파일 삭제", en="File erased"),
    "deletion.planned": Text(ko="삭제 제안", en="Deletion proposed"),
    "deletion.confirmed": Text(ko="삭제 확인", en="Deletion confirmed"),
    "deletion.done": Text(ko="삭제 완료", en="Deletion done"),
    "deletion.withdrawn": Text(ko="삭제 제안 철회", en="Deletion withdrawn"),
    "hold.placed": Text(ko="보존 조치", en="Hold placed"),
    "hold.lifted": Text(ko="보존 조치 해제", en="Hold lifted"),
    "labels.exported": Text(ko="정답 자료 내보냄", en="Labelled pairs exported"),
    "register.import": Text(ko="등록부 가져오기", en="Register imported"),
    "audit.verified": Text(ko="감사 사슬 검사", en="Audit chain checked"),
    "audit.notes_began": Text(ko="데이터베이스 밖 해시 기록을 새로 시작", en="Began noting hashes outside anew"),
    "audit.resumed": Text(ko="되돌린 데이터베이스로 이어 감", en="Went on with an older database"),
    "clock.asked": Text(ko="서버 시각 확인 요청", en="Clock said to be right, a second must agree"),
    "clock.confirmed": Text(ko="서버 시각 확인 (2인)", en="Clock confirmed by two"),
    "audit.anchored": Text(ko="감사 앵커 발급", en="Audit anchor made"),
    "audit.exported": Text(ko="감사 기록 내보냄", en="Audit trail exported"),
    "job.failed": Text(ko="백그라운드 작업 실패", en="Background work failed"),
    "acceptance.registered": Text(ko="수용 시험 등록", en="Acceptance test registered"),
    "acceptance.measured": Text(ko="수용 시험 측정", en="Acceptance test measured"),
    "acceptance.accepted": Text(ko="수용 결정", en="Accepted"),
    "acceptance.refused": Text(ko="수용 거절", en="Acceptance refused"),
    "export.begun": Text(ko="반출 요청 작성", en="Export request begun"),
    "export.file_added": Text(ko="반출 파일 추가", en="File added to an export"),
    "export.file_taken_out": Text(ko="반출 파일 제외", en="File taken out of an export"),
    "export.looked_at": Text(ko="반출 파일 심사 열람", en="Export file looked at"),
    "export.left": Text(ko="반출", en="Export left"),
    "export.taken": Text(ko="반출 파일 수령", en="Export file taken"),
    "problem.brought_in": Text(ko="과제 등록", en="Problem brought in"),
    "protocol.locked": Text(ko="평가 계획 등록", en="Protocol locked"),
    "proof.made": Text(ko="입증서 발급", en="Proof made"),
    "proof.to_be_renewed": Text(ko="입증서 갱신 필요", en="Proof to be renewed"),
    "proof.imported": Text(ko="입증서 가져옴", en="Proof imported"),
    "proof.key_trusted": Text(ko="공개키 신뢰 등록", en="Key trusted"),
    "lab.upload.begun": Text(ko="이어 올리기 시작", en="Upload in pieces begun"),
    "lab.upload.removed": Text(ko="이어 올리기 정리", en="Upload in pieces removed"),
    "lab.submission.received": Text(ko="제출 접수", en="Submission received"),
    "lab.submission.refused": Text(ko="제출 거절", en="Submission refused"),
    "lab.scored": Text(ko="채점", en="Scored"),
    "lab.confirm_opened": Text(ko="확인 세트 개봉", en="Confirm set opened"),
    "lab.release_vote": Text(ko="공개 승인 투표", en="Vote on a release"),
    "shadow.committed": Text(ko="그림자 시험 예측 확정", en="Prediction committed"),
    "shadow.enrolled": Text(ko="그림자 시험 대상 편입", en="Case enrolled"),
    "shadow.drawn": Text(ko="무작위 확인 추첨", en="Drawn for a check"),
    "shadow.checked": Text(ko="무작위 확인 결과", en="Random check recorded"),
    "assisted.helped": Text(ko="보조 시험 모델 답 확정", en="Model's answer fixed for an assisted trial"),
    "assisted.opened": Text(ko="보조 시험 물품 열람", en="Goods opened in an assisted trial"),
    "assisted.answered": Text(ko="보조 시험 답 잠금", en="Answer locked in an assisted trial"),
    "trial.prepared": Text(ko="그림자 시험 준비", en="Trial prepared"),
    "trial.changed": Text(ko="그림자 시험 계획 변경", en="Trial plan changed"),
    "trial.looked": Text(ko="그림자 시험 중간 확인", en="Trial looked at"),
    "vault.asked": Text(ko="자료 이용 여부 조회", en="Asked whether data were used"),
    "vault.cared_for": Text(ko="보관 자료 점검", en="Vault cared for"),
    "vault.deposited": Text(ko="자료 기탁", en="Data deposited"),
    "vault.stored": Text(ko="자료 보관", en="Data stored"),
    "vault.opened": Text(ko="봉인 자료 개봉", en="Sealed data opened"),
    "vault.refused": Text(ko="봉인 자료 이용 거절", en="Use of sealed data refused"),
    "vault.expired": Text(ko="이용 기간 만료", en="Term of use over"),
    "vault.granted": Text(ko="이용 승인", en="Use granted"),
    "vault.grant_revoked": Text(ko="이용 승인 철회", en="Grant revoked"),
    "vault.project_started": Text(ko="이용 과제 등록", en="Project started"),
    "vault.model_made": Text(ko="모델 생성 기록", en="Model made from data"),
    "vault.left": Text(ko="자료 반출", en="Data left the vault"),
    "vault.quarantine_erased": Text(ko="격리 파일 삭제", en="Quarantined files erased"),
    "vault.term_seen": Text(ko="이용 기간 만료 확인", en="End of a term seen"),
    "vault.masked": Text(ko="가림 처리", en="Data masked"),
    "vault.deletion_planned": Text(ko="자료 파기 제안", en="Destruction proposed"),
    "vault.deletion_confirmed": Text(ko="자료 파기 확인", en="Destruction confirmed"),
    "vault.deletion_withdrawn": Text(ko="자료 파기 제안 철회", en="Destruction withdrawn"),
    "vault.deletion_by_term": Text(ko="기간 만료 파기", en="Destruction by term"),
    "vault.deleted": Text(ko="자료 파기", en="Data destroyed"),
}

OBJECTS: dict[str, Text] = {
    "acceptance": Text(ko="수용 시험", en="Acceptance test"),
    "account": Text(ko="계정", en="Account"),
    "address": Text(ko="접속 주소", en="Network address"),
    "audit": Text(ko="감사 기록", en="Audit trail"),
    "backup": Text(ko="백업", en="Backup"),
    "capture": Text(ko="촬영", en="Capture"),
    "case": Text(ko="사건", en="Case"),
    "cases": Text(ko="사건 목록", en="Case list"),
    "clock": Text(ko="서버 시각", en="Clock"),
    "deletion": Text(ko="삭제", en="Deletion"),
    "delivery": Text(ko="발송", en="Delivery"),
    "deposit": Text(ko="기탁 자료", en="Deposit"),
    "design": Text(ko="등록디자인", en="Design"),
    "document": Text(ko="서류", en="Paper"),
    "export": Text(ko="반출", en="Export"),
    "file": Text(ko="파일", en="File"),
    "filter": Text(ko="검색 조건", en="Filter"),
    "grant": Text(ko="이용 승인", en="Grant"),
    "guide": Text(ko="감별 안내", en="Guide"),
    "holiday": Text(ko="휴일", en="Holiday"),
    "import-run": Text(ko="등록부 가져오기", en="Import"),
    "job": Text(ko="백그라운드 작업", en="Background work"),
    "key": Text(ko="공개키", en="Public key"),
    "lab-project": Text(ko="이용 과제", en="Project"),
    "labels": Text(ko="정답 자료", en="Labelled pairs"),
    "notice": Text(ko="통지", en="Notice"),
    "party": Text(ko="당사자", en="Party"),
    "picture": Text(ko="사진", en="Picture"),
    "problem": Text(ko="과제", en="Problem"),
    "proof": Text(ko="입증서", en="Proof"),
    "reading": Text(ko="판독", en="Reading"),
    "register": Text(ko="등록부", en="Register"),
    "run": Text(ko="실행", en="Run"),
    "scrub": Text(ko="파일 점검", en="Check of files"),
    "site": Text(ko="세관", en="Site"),
    "submission": Text(ko="제출", en="Submission"),
    "token": Text(ko="토큰", en="Token"),
    "trial": Text(ko="시험", en="Trial"),
    "upload": Text(ko="올리는 파일", en="Upload"),
    "vault": Text(ko="봉인 자료", en="Sealed file"),
    "vault-deletion": Text(ko="자료 파기", en="Destruction"),
    "vault-record": Text(ko="봉인 자료 조회", en="Asked sealed file"),
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


_REASONS: dict[str, Text] = {
    "no record names it": Text(ko="이 파일을 쓰는 기록이 없음", en="no record names it"),
    "a record names it": Text(ko="이 파일을 쓰는 기록이 있음", en="a record names it"),
    "checksum": Text(ko="받은 내용이 보낸 것과 다름", en="what came differs from what was sent"),
    "handed in": Text(ko="제출함", en="handed in"),
    "given up": Text(ko="그만둠", en="given up"),
    "a day old": Text(ko="하루가 지남", en="a day old"),
}
SYSTEM = "system"
"""Whose turn it was where a program acted by itself."""
PROGRAMS: dict[str, Text] = {
    "system": Text(ko="시스템", en="the system"),
    "pandok": Text(ko="시스템", en="the system"),
    "pandok-worker": Text(ko="백그라운드 작업", en="background work"),
    "command line": Text(ko="명령줄", en="command line"),
    "term of the deposit": Text(ko="기탁 기간 만료", en="term of the deposit"),
    "anonymous": Text(ko="로그인하지 않은 사람", en="somebody not signed in"),
    "notice link": Text(ko="통지 링크", en="one-time link of a notice"),
}
"""Who acts without an account."""
_BOTH = re.compile(r"([^/·]*[가-힣][^/·]*) [/·] ([^가-힣]+)")
"""What the program gives as its reason in both languages."""


def reason_words(entry: AuditEntry) -> Text:
    """What the program gave as its reason in the reader's language; what a person wrote stays as it is."""
    said = entry.reason
    if said in _REASONS:
        return _REASONS[said]
    if by_program(entry) and (both := _BOTH.fullmatch(said)):
        return Text(ko=both[1], en=both[2][:1].upper() + both[2][1:])
    codes = said.split(", ")
    if entry.action == "lab.submission.refused" and all(one in RUN_REASONS for one in codes):
        return Text(
            ko=" ".join(RUN_REASONS[one].what.ko for one in codes),
            en=" ".join(RUN_REASONS[one].what.en for one in codes),
        )
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
