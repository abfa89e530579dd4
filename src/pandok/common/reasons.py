"""What people write beside what they do: why, on what ground, how they know. The one rule for all of it.

`given_words`: for an everyday step, where a phrase of the list is enough. `checked_reason`: for what cannot be undone
or touches somebody else. Whether a phrase can be true of a case is the case's own question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pandok.core.errors import RequestError
from pandok.core.text import Text, counted

if TYPE_CHECKING:
    from pandok.common.models import Account

OPERATOR = "operator"
"""Who acts at the command line of the server."""
LEAST_REASON, MOST_REASON = 5, 2000
LEAST_LETTERS = 3
"""Different letters or digits: "....." and "11111" are no reasons."""


@dataclass(frozen=True)
class Asked:
    """What a form asks somebody to write, as its label calls it. `ko` with its particle; `code` of the refusal where
    there is nothing, or too little; `too_long_code` of the one for more than fits."""

    ko: str
    en: str
    code: str = "request.reason"
    too_long_code: str = "case.too_long"


REASON = Asked("사유가", "The reason")
STEP = Asked("사유가", "The reason", code="case.no_reason")
REMARK = Asked("메모가", "The note", code=STEP.code, too_long_code="case.note_too_long")
PROOF = Asked("증빙(영수번호, 받은 사람, 동의서 등)이", "What proves it", code="request.proof")
COMPARED = Asked("시각을 무엇과 비교했는지가", "What the clock was compared with")
HOW_RECEIVED = Asked("공개키를 받아 비교한 방법이", "How the key was received and compared")
HOW_CHECKED = Asked("확인한 방법이", "How it was checked")
HOW_KNOWN = Asked("알게 된 경위가", "How this became known")
WHAT_CHANGED = Asked("바뀐 내용이", "What changed")
LOOKED_AT = Asked("무엇을 살펴보고 왜 열어도 되는지가", "What was looked at, and why it may be opened,")
FOUND_OUT = Asked("확인한 경위가", "How it was found out")
STATEMENT = Asked("의견이", "The statement", STEP.code)
GROUNDS = Asked("감정 근거가", "The grounds of the appraisal", STEP.code)


def checked_reason(reason: str, asked: Asked = REASON) -> str:
    """The reason without blanks around it: the one rule for what cannot be undone or touches somebody else.

    Raises RequestError, in the words of what was `asked`, where it says nothing or too much.
    """
    reason = " ".join(reason.split())
    letters = {letter for letter in reason.casefold() if letter.isalnum()}
    if LEAST_REASON <= len(reason) <= MOST_REASON and len(letters) >= LEAST_LETTERS:
        return reason
    raise RequestError(
        Text(
            ko=f"{asked.ko} 없거나 너무 짧거나 깁니다({len(reason)}자).",
            en=f"{asked.en} is missing, too short or too long ({counted(len(reason), 'character')}).",
        ),
        Text(
            ko=f"{LEAST_REASON}자 이상 {MOST_REASON}자 이하의 글로 적으십시오. 감사 기록에 남습니다.",
            en=f"Write it in words, {LEAST_REASON} to {MOST_REASON} characters; it is kept in the audit log.",
        ),
        code=asked.code,
    )


def given_words(words: str, asked: Asked = STEP) -> str:
    """What was written, without blanks around it. Raises RequestError for nothing, and for more than fits."""
    words = words.strip()
    if not words:
        raise RequestError(
            Text(ko=f"{asked.ko} 비어 있습니다.", en=f"{asked.en} is empty."),
            Text(ko="적어서 다시 보내십시오.", en="Write it, and send it again."),
            code=asked.code,
        )
    if len(words) > MOST_REASON:
        raise RequestError(
            Text(
                ko=f"{asked.ko} {len(words)}자로 너무 깁니다.",
                en=f"{asked.en} is too long ({counted(len(words), 'character')}).",
            ),
            Text(
                ko=f"{MOST_REASON}자까지 적고, 나머지는 서류로 올리십시오.",
                en=f"Write at most {MOST_REASON}, and send the rest as a paper.",
            ),
            code=asked.too_long_code,
        )
    return words


def name_of(actor: Account | None) -> str:
    """For the audit log; None is the operator at the command line."""
    return actor.get_username() if actor is not None else OPERATOR
