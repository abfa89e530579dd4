"""Words for the details of an audit entry: every name, and every value that is one of a few.

Hashes, numbers, names and what people wrote stay as they are. `tests/audit_words.py` holds every entry that any test
writes against these tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache

from pandok.common.declared import declared, named, party_kinds, roles, rooms
from pandok.common.messages.webhooks import EVENTS
from pandok.common.parties.electronic import WAYS as CONSENT_WAYS
from pandok.common.people.changes import Change
from pandok.common.people.scopes import SCOPES, scope_words
from pandok.core.audit import Detail
from pandok.core.dates import day_short, moment_short
from pandok.core.declaration import DECLARED
from pandok.core.lab.refusals import REASONS as RUN_REASONS
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import InWords, Text

Words = Mapping[str, Text]

LABELS: dict[str, Text] = {
    **{one.name: one.words for one in DECLARED},
    "about": Text(ko="검색 대상", en="About"),
    "account": Text(ko="계정", en="Account"),
    "action": Text(ko="검색한 기록 종류", en="Kind of entry"),
    "actor": Text(ko="검색한 행위자", en="Who"),
    "after": Text(ko="변경 후", en="After"),
    "answer": Text(ko="회신", en="Answer"),
    "attempts": Text(ko="시도 횟수", en="Attempts"),
    "before": Text(ko="변경 전", en="Before"),
    "behind": Text(ko="시작한 기록 번호", en="Begins behind entry"),
    "body": Text(ko="본문 해시", en="Hash of the text"),
    "by": Text(ko="처리 주체", en="By"),
    "case": Text(ko="사건", en="Case"),
    "cases": Text(ko="사례 수", en="Cases"),
    "certificate_sha256": Text(ko="확인서 해시", en="Hash of the certificate"),
    "changed": Text(ko="바뀐 항목", en="Changed"),
    "changes": Text(ko="확인한 변경", en="Changes confirmed"),
    "channel": Text(ko="발송 방법", en="Channel"),
    "check": Text(ko="검사 번호", en="Check"),
    "choice": Text(ko="의결", en="Vote"),
    "code": Text(ko="코드", en="Code"),
    "codes": Text(ko="읽은 코드 수", en="Codes read"),
    "day": Text(ko="날짜", en="Day"),
    "deletion": Text(ko="삭제 번호", en="Deletion"),
    "department_en": Text(ko="부서(영문)", en="Department (English)"),
    "department_ko": Text(ko="부서(국문)", en="Department (Korean)"),
    "design": Text(ko="등록디자인", en="Design"),
    "design_id": Text(ko="등록디자인", en="Design"),
    "designs": Text(ko="디자인 수", en="Designs"),
    "device": Text(ko="기기", en="Device"),
    "document": Text(ko="서류", en="Paper"),
    "drawn": Text(ko="추첨", en="Drawn"),
    "ended": Text(ko="끝난 기한", en="Terms ended"),
    "entries_then": Text(ko="백업 때의 기록 수", en="Entries at the backup"),
    "error": Text(ko="오류", en="Error"),
    "events": Text(ko="알릴 일", en="Events"),
    "expires_at": Text(ko="만료", en="Ends"),
    "faults": Text(ko="이상 파일", en="Faults"),
    "files": Text(ko="파일 수", en="Files"),
    "finding": Text(ko="감정 결과", en="Finding"),
    "findings": Text(ko="찾은 점", en="Findings"),
    "first": Text(ko="처음", en="First"),
    "format": Text(ko="파일 형식", en="Format"),
    "from": Text(ko="이전 상태", en="From"),
    "full": Text(ko="전체 검사", en="Full check"),
    "head_en": Text(ko="발신 명의(영문)", en="Head of office (English)"),
    "head_ko": Text(ko="발신 명의(국문)", en="Head of office (Korean)"),
    "held": Text(ko="보존 조치로 남긴 파일", en="Kept by a hold"),
    "hold": Text(ko="보존 조치", en="Hold"),
    "in": Text(ko="열람한 곳", en="Seen in"),
    "key": Text(ko="중복 방지 번호", en="Once-only key"),
    "keys": Text(ko="키 보관", en="Keys"),
    "kind": Text(ko="종류", en="Kind"),
    "last": Text(ko="마지막 번호", en="Last number"),
    "left": Text(ko="남은 복구 코드", en="Recovery codes left"),
    "licence": Text(ko="이용 조건", en="Licence"),
    "link": Text(ko="링크", en="Link"),
    "locarno": Text(ko="물품류", en="Article class"),
    "looks_only": Text(ko="열람 기록만", en="Looks only"),
    "made_at": Text(ko="백업한 때", en="Backup made"),
    "mail": Text(ko="메일 주소 지정", en="Mail address named"),
    "member": Text(ko="담당자", en="Member"),
    "method": Text(ko="로그인 방법", en="Way in"),
    "minutes": Text(ko="잠긴 시간(분)", en="Minutes"),
    "model": Text(ko="모델", en="Model"),
    "models": Text(ko="모델 포함", en="Holds a model"),
    "name": Text(ko="이름", en="Name"),
    "name_en": Text(ko="이름(영문)", en="Name (English)"),
    "name_ko": Text(ko="이름(국문)", en="Name (Korean)"),
    "newest_noted": Text(ko="밖에 적힌 마지막 번호", en="Newest number noted outside"),
    "newest_noted_hash": Text(ko="밖에 적힌 마지막 해시", en="Newest hash noted outside"),
    "nonce": Text(ko="중복 제출 방지 번호", en="Once-only number"),
    "notes_given_up": Text(ko="버린 기록 수", en="Notes given up"),
    "notice": Text(ko="통지", en="Notice"),
    "number": Text(ko="번호", en="Number"),
    "others": Text(ko="다른 제출", en="Other submissions"),
    "outcome": Text(ko="판독 결과", en="Outcome of the reading"),
    "owner": Text(ko="기탁 기관", en="Owner"),
    "pairs": Text(ko="정답 쌍", en="Pairs"),
    "part": Text(ko="평가 단계", en="Part"),
    "party": Text(ko="당사자", en="Party"),
    "passkey": Text(ko="패스키", en="Passkey"),
    "path": Text(ko="화면 주소", en="Page"),
    "pdf": Text(ko="PDF 해시", en="Hash of the PDF"),
    "phone": Text(ko="전화번호", en="Telephone"),
    "photograph": Text(ko="사진", en="Photograph"),
    "photographs": Text(ko="사진 수", en="Photographs"),
    "planned": Text(ko="계획 사례 수", en="Cases planned"),
    "prefix": Text(ko="토큰 앞자리", en="Beginning of the token"),
    "probability": Text(ko="추첨 확률", en="Chance of the draw"),
    "proof": Text(ko="입증서", en="Proof"),
    "purpose": Text(ko="목적", en="Purpose"),
    "rank": Text(ko="후보 순위", en="Rank"),
    "reader": Text(ko="판독 모델", en="Reader"),
    "reading": Text(ko="판독", en="Reading"),
    "reason": Text(ko="사유", en="Reason"),
    "registration": Text(ko="평가 계획 해시", en="Hash of the registration"),
    "report": Text(ko="보고서 해시", en="Hash of the report"),
    "role": Text(ko="역할", en="Role"),
    "roles": Text(ko="역할", en="Roles"),
    "root": Text(ko="과제 묶음 해시", en="Hash of the pack"),
    "rows": Text(ko="이용 기록 수", en="Uses found"),
    "run": Text(ko="실행", en="Run"),
    "running": Text(ko="진행 중인 일", en="Still running"),
    "said_on": Text(ko="의사 표시일", en="Said on"),
    "scopes": Text(ko="허용한 일", en="Scopes"),
    "sequence": Text(ko="순번", en="Place"),
    "session": Text(ko="세션", en="Session"),
    "sha256": Text(ko="파일 해시", en="Hash of the file"),
    "signal": Text(ko="촬영 물품", en="Article"),
    "since": Text(ko="부터", en="Since"),
    "site": Text(ko="기관", en="Site"),
    "source": Text(ko="근거", en="Source (Korean)"),
    "state": Text(ko="상태", en="State"),
    "step": Text(ko="단계", en="Step"),
    "tab": Text(ko="목록", en="List"),
    "text": Text(ko="검색어", en="Words"),
    "title": Text(ko="제목", en="Title"),
    "to": Text(ko="이후 상태", en="To"),
    "trial": Text(ko="시험", en="Trial"),
    "turn": Text(ko="처리할 사람", en="Whose turn"),
    "type": Text(ko="파일 형식", en="Type"),
    "until": Text(ko="까지", en="Until"),
    "url": Text(ko="주소", en="Address"),
    "verdict": Text(ko="판정", en="Verdict"),
    "version": Text(ko="판", en="Version"),
    "view_key": Text(ko="도면", en="View"),
    "views": Text(ko="도면 수", en="Views"),
    "votes": Text(ko="투표 수", en="Votes"),
    "warnings": Text(ko="주의할 점", en="Warnings"),
    "was": Text(ko="이전", en="Former"),
    "way": Text(ko="방법", en="Way"),
    "what": Text(ko="대상", en="What"),
    "why": Text(ko="거부 사유", en="Why"),
    "words": Text(ko="읽은 낱말 수", en="Words read"),
    "worker": Text(ko="실행 장비", en="Worker"),
}

_YES, _NO = Text(ko="예", en="yes"), Text(ko="아니요", en="no")
_FORMATS = {name: Text(ko=said, en=said) for name, said in (("csv", "CSV"), ("xlsx", "XLSX"), ("parquet", "Parquet"))}
_FIELDS: dict[str, Text] = {
    "kind": LABELS["kind"],
    "name": LABELS["name"],
    "phone": LABELS["phone"],
    "email": Text(ko="전자우편", en="Mail address"),
    "language": Text(ko="언어", en="Language"),
    "display_name": Text(ko="성명", en="Name"),
    "department": Text(ko="부서", en="Department"),
}
_MEANS: dict[str, Text] = {
    "password": Text(ko="비밀번호", en="password"),
    "app": Text(ko="인증 앱", en="authenticator app"),
    "recovery": Text(ko="복구 코드", en="recovery code"),
    "passkey": Text(ko="패스키", en="passkey"),
    "openid": Text(ko="기관 로그인", en="the organisation's sign-in"),
    "shift": Text(ko="근무 중 다시 들어옴", en="back within the shift"),
}
_WAYS_IN_REFUSED: dict[str, Text] = {
    "no_id_token": Text(ko="신분 토큰 없음", en="no identity token"),
    "userinfo of another subject": Text(ko="다른 사람의 사용자 정보", en="user information of another subject"),
    "userinfo for somebody else": Text(ko="다른 곳에 준 사용자 정보", en="user information for somebody else"),
    "access_token": Text(ko="접근 토큰이 맞지 않음", en="access token does not fit"),
    "signature": Text(ko="서명이 맞지 않음", en="signature does not hold"),
    "algorithm": Text(ko="받지 않는 서명 방식", en="algorithm is not accepted"),
    "kid": Text(ko="모르는 서명 키", en="unknown signing key"),
    "code": Text(ko="인가 코드 거부", en="code refused"),
    "not_started_here": Text(ko="여기서 시작하지 않은 로그인", en="not begun here"),
    "state": Text(ko="확인값이 다름", en="state differs"),
    "no_code": Text(ko="인가 코드 없음", en="no code"),
    "no claim": Text(ko="그룹 정보 없음", en="no claim with groups"),
    "no role": Text(ko="역할 없음", en="no role"),
    "suspended": Text(ko="정지된 계정", en="account suspended"),
    **{
        f"claim {name}": Text(ko=f"토큰 항목이 맞지 않음({name})", en=f"claim {name} does not fit")
        for name in ("iss", "nonce", "sub", "aud", "azp", "exp", "iat", "nbf")
    },
}

JOBS: dict[str, Text] = {
    "webhook.send": Text(ko="웹훅 발송", en="Sending a webhook"),
    "audit.check": Text(ko="감사 사슬 검사", en="Check of the chain"),
    "tick": Text(ko="정기 작업", en="Regular work"),
    "mail.send": Text(ko="메일 발송", en="Sending mail"),
    "password.asked": Text(ko="비밀번호 재설정 요청", en="Asking for a new password"),
}


def add_what_fields_say(**tables: dict[str, Text]) -> None:
    """Add the words of each field's `audit_words` to tables of the same names."""
    for field in rooms("audit_words"):
        for name, table in tables.items():
            table |= getattr(field, name, {})


add_what_fields_say(LABELS=LABELS, JOBS=JOBS)


def of_kinds(*kinds: Iterable[InWords]) -> Words:
    return {str(one.value): one.words for kind in kinds for one in kind}


@cache
def _values() -> dict[str, Words]:
    found: dict[str, Words] = dict(_common_values())
    for field in declared():
        if field.audit_values:
            for name, words in named(field.audit_values)().items():
                found[name] = {**found.get(name, {}), **words}
    return found


def _common_values() -> dict[str, Words]:
    """By the name of a detail: what its values are called. A value of several, with blanks or commas, too."""
    titles = {role.value: role.title for role in roles()}
    return {
        "after": titles,
        "before": titles,
        "changed": _FIELDS,
        "changes": of_kinds(Change),
        "channel": {"mail": Text(ko="메일", en="mail"), "webhook": Text(ko="웹훅", en="webhook")},
        "events": EVENTS,
        "format": _FORMATS,
        "keys": {
            "sealed": Text(ko="문구로 암호화해 함께 보관", en="sealed with a passphrase"),
            "left_out": Text(ko="넣지 않음", en="left out"),
        },
        "kind": {kind.name: kind.words for kind in party_kinds().values()}
        | JOBS
        | {"password": Text(ko="비밀번호", en="password"), "second-step": Text(ko="2단계 인증", en="second step")},
        "method": _MEANS,
        "role": titles,
        "roles": titles,
        "scopes": {name: scope_words(action) for name, action in SCOPES.items()},
        "step": _MEANS
        | {
            "code": Text(ko="인증 번호", en="code"),
            "set up": Text(ko="2단계 인증 설정", en="setting up the second step"),
        },
        "way": CONSENT_WAYS,
        "what": {
            "page": Text(ko="화면", en="page"),
            "pdf": Text(ko="PDF", en="PDF"),
            "name": Text(ko="계정 이름", en="account name"),
            "address": Text(ko="접속 주소", en="network address"),
        },
        "why": _WAYS_IN_REFUSED,
    }


_COMMON_STATES: dict[str, Words] = {
    "delivery.": {
        "queued": Text(ko="발송 대기", en="waiting"),
        "sending": Text(ko="발송 중", en="being sent"),
        "sent": Text(ko="발송 완료", en="sent"),
        "filed": Text(ko="파일로 기록", en="written to a file"),
        "failed": Text(ko="발송 실패", en="failed"),
        "unknown": Text(ko="발송 여부를 알 수 없음", en="not known whether it left"),
    },
}
"""Names of states mean another thing for each kind of object."""
_STATE_NAMES = ("from", "to", "state")
_ENDS: Words = {
    "met": Text(ko="이행", en="met"),
    "expired": Text(ko="기한 경과", en="expired"),
    "withdrawn": Text(ko="철회", en="withdrawn"),
    "unserved": Text(ko="송달되지 않음", en="not served"),
    "given_up": Text(ko="당사자가 하지 않기로 함", en="given up"),
    "overtaken": Text(ko="다른 처리로 끝남", en="overtaken"),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*")
_HASH = re.compile("[0-9a-f]{40,}")


@cache
def _states() -> dict[str, Words]:
    found = dict(_COMMON_STATES)
    for field in declared():
        if field.audit_states:
            found |= named(field.audit_states)()
    return found


def label(name: str) -> Text:
    """What a detail is called; one of a newer version is told as such, never as a bare name."""
    return LABELS.get(name) or Text(ko=f"그 밖의 항목({name})", en=f"Another detail ({name})")


def words_for(action: str, name: str) -> Words | None:
    """What the values of a detail are called; None where they are no choice out of a few."""
    if name in _STATE_NAMES:
        return next((words for prefix, words in _states().items() if action.startswith(prefix)), None)
    return _values().get(name)


def value(action: str, name: str, said: Detail) -> Text:
    """A detail's value for people: times as the office writes them, yes and no, words for what was chosen."""
    if isinstance(said, bool):
        return _YES if said else _NO
    text = str(said)
    if name == "ended":
        return _joined(text.split(", "), _term_ended) or _plain(text)
    words = words_for(action, name)
    if words is not None and not _HASH.fullmatch(text):
        return words.get(text) or _joined(re.split(r"[ ,+]+", text), words.get) or _plain(text)
    if name == "code" and text in RUN_REASONS:
        return RUN_REASONS[text].what
    return _when(text) or _plain(text)


def is_in_words(action: str, name: str, said: Detail) -> bool:
    """Whether a detail has a name for people, and where it was chosen out of a few, words for the choice.

    For tests: a value out of a few that is not known stands as it is.
    """
    if name not in LABELS:
        return False
    words, text = words_for(action, name), str(said)
    if (words is None and name != "ended") or said in ("", None) or _HASH.fullmatch(text):
        return True
    return (words is not None and text in words) or value(action, name, said).ko != text


def _when(text: str) -> Text | None:
    """A day or a moment; what a number or name only looks like one stays as it is."""
    try:
        if _MOMENT.fullmatch(text):
            return moment_short(datetime.fromisoformat(text), OFFICE_ZONE)
        return day_short(date.fromisoformat(text)) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _term_ended(said: str) -> Text | None:
    rule, _, how = said.partition(" ")
    named, end = _values()["rule"].get(rule), _ENDS.get(how)
    return Text(ko=f"{named.ko}({end.ko})", en=f"{named.en} ({end.en})") if named and end else None


def _joined(parts: Iterable[str], words: Callable[[str], Text | None]) -> Text | None:
    found = [words(one) for one in parts if one]
    known = [one for one in found if one is not None]
    if not known or len(known) < len(found):
        return None
    return Text(ko=", ".join(one.ko for one in known), en=", ".join(one.en for one in known))


def _plain(text: str) -> Text:
    return Text(ko=text, en=text)
