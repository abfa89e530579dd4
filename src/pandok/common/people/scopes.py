"""Scopes of tokens: the actions of the desk under names that programs use, with words for people."""

from __future__ import annotations

from collections.abc import Iterable

from pandok.common.roles import Action, Role, may
from pandok.core.errors import RequestError
from pandok.core.text import Text

_WORDS: dict[Action, str] = {
    Action.READ_PHOTOGRAPHS: "사진을 보내 판독",
    Action.SEE_OWN_READINGS: "자신의 판독 보기",
    Action.SEE_ALL_READINGS: "모든 판독 보기",
    Action.SEE_CASES: "사건 보기",
    Action.SEE_SITE_CASES: "소속 세관의 사건 보기",
    Action.SEE_ALL_CASES: "모든 사건 보기",
    Action.SEE_TOLD_CASES: "통지받은 사건 보기",
    Action.WORK_CASES: "사건 처리",
    Action.ANSWER_AS_HOLDER: "권리자로서 회신",
    Action.ANSWER_AS_IMPORTER: "수입자로서 의견 제출",
    Action.APPRAISE: "감정",
    Action.MANAGE_PARTIES: "당사자와 세관 관리",
    Action.KEEP_HOLIDAYS: "휴일 등록",
    Action.SEE_AUDIT: "감사 기록 보기",
    Action.SEE_OWN_ACCOUNT: "자신의 계정 보기",
    Action.SEE_STATISTICS: "통계 보기",
    Action.USE_WEBHOOKS: "웹훅 사용",
    Action.SEE_RETENTION: "보존기간과 삭제 확인서 보기",
    Action.PLAN_DELETION: "삭제 계획 세우기",
    Action.HOLD_CASES: "사건 보존 조치",
    Action.SEE_LAB: "실증랩 과제 보기",
    Action.SUBMIT_MODELS: "모델 제출과 자기 기관의 결과 보기",
    Action.SEE_PROOFS: "입증서 보기",
}
"""What a token may allow. Accounts, tokens themselves and the second voice on a deletion are for persons only."""


def scope_of(action: Action) -> str:
    """
    >>> scope_of(Action.SEE_CASES)
    'see_cases'
    """
    return action.name.lower()


SCOPES: dict[str, Action] = {scope_of(action): action for action in Action if action in _WORDS}


def scope_words(action: Action) -> Text:
    return Text(ko=_WORDS[action], en=action.value.capitalize())


def scopes_of(roles: frozenset[Role]) -> list[Action]:
    """What a token of an account with these roles may allow at most, in the order of the table."""
    return [action for action in SCOPES.values() if may(roles, action)]


def actions_of(scopes: Iterable[str]) -> frozenset[Action]:
    """The actions behind stored names; a name that this version does not know gives nothing."""
    return frozenset(SCOPES[name] for name in scopes if name in SCOPES)


def checked_scopes(names: Iterable[str], roles: frozenset[Role]) -> list[str]:
    """The names in the order of the table. Raises RequestError for none, and for what the roles do not allow."""
    wanted = set(names)
    found = [scope_of(action) for action in scopes_of(roles) if scope_of(action) in wanted]
    if not wanted or len(found) != len(wanted):
        raise RequestError(
            Text(ko="토큰의 범위가 없거나 역할을 넘습니다.", en="The scopes are missing, or go beyond the roles."),
            Text(ko="계정의 역할 안에서 범위를 하나 이상 고르십시오.", en="Choose one or more that the roles allow."),
            code="token.scopes",
        )
    return found
