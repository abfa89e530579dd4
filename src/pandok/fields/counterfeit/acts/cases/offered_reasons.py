"""Which everyday reasons can be true of a case: the others are not offered, and are refused wherever they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.quick_reasons import PHRASES
from pandok.fields.counterfeit.acts.cases.terms import holders_own_word
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.outcomes import Answer
from pandok.fields.counterfeit.states import State
from pandok.fields.counterfeit.truth import OWN
from pandok.fields.designs.models import ReadingRecord


def suspension_requested(case: Case) -> bool:
    """Whether the holder has ever requested suspension in this case."""
    return case.events.filter(to_state=State.SUSPENSION_REQUESTED.value).exists()


def _has_candidates(case: Case) -> bool:
    return case.reading is not None and bool(case.reading.reading.candidates)


def _answered_not_theirs(case: Case) -> bool:
    return case.answers.filter(answer=Answer.NOT_MY_RIGHT.value).exists()


def _answered_theirs(case: Case) -> bool:
    return case.answers.filter(answer__in=[answer.value for answer in OWN]).exists()


def _has_newer_reading(case: Case) -> bool:
    newest = ReadingRecord.objects.filter(signal_id=case.signal_id).order_by("-read_at").values_list("id").first()
    return newest is not None and newest[0] != case.reading_id


def _holder_known(case: Case) -> bool:
    return case.holder_id is not None


def _association_named(case: Case) -> bool:
    return case.appraiser_id is not None


def _appraised(case: Case) -> bool:
    return bool(case.finding)


def _no_request_came(case: Case) -> bool:
    return case.state == State.LAPSED.value and not suspension_requested(case)


def _both_were_heard(case: Case) -> bool:
    return case.answers.exists() and case.statements.exists()


def _holder_let_go(case: Case) -> bool:
    return holders_own_word(case) is not None


def _decided(case: Case) -> bool:
    return bool(case.disposition)


def _no_right(case: Case) -> bool:
    return case.state == State.NOTHING_CLOSE.value


NEEDS: dict[str, Callable[[Case], bool]] = {
    "후보 모두 전체 형태가 다름": _has_candidates,
    "물품의 종류가 다름": _has_candidates,
    "권리자가 자신의 권리가 아니라고 회신": _answered_not_theirs,
    "추가 사진 확보": _has_newer_reading,
    "담보를 제공하지 않음": suspension_requested,
    "권리자의 요청에 따라 통관보류": suspension_requested,
    "권리자 회신에 따라 통관 진행": _holder_let_go,
    "권리자 감정서 접수": _holder_known,
    "감정 단체 감정서 접수": _association_named,
    "감정 결과에 따름": _appraised,
    "기한 안에 요청이 없음": _no_request_came,
    "양측 의견을 들은 뒤 결정": _both_were_heard,
    "처분 집행 완료": _decided,
    "해당 권리 없음, 통관 허용": _no_right,
    "권리자와 수입자의 주장이 다름": _both_were_heard,
    "감정 결과로 확인된 물품": _appraised,
    "권리자 회신으로 확인된 물품": _answered_theirs,
}
"""What has to hold of a case for a phrase to be true, by its Korean. A phrase that is not here can be true of any."""


@dataclass(frozen=True)
class Offered:
    """A phrase and its number, which stays the same whatever else is offered."""

    number: int
    words: Text


def offered(kind: str, case: Case | None) -> tuple[Offered, ...]:
    """The phrases that may be true of `case`. A form for many cases offers all, and each case refuses for itself."""
    return tuple(
        Offered(number, one)
        for number, one in enumerate(PHRASES.get(kind, ()))
        if case is None or one.ko not in NEEDS or NEEDS[one.ko](case)
    )


def check_can_be_true(case: Case, reason: str) -> None:
    """Raises RequestError (case.reason_not_true) where `reason` holds a phrase that cannot be true of the case now."""
    parts = {part.strip().casefold() for part in reason.split(" · ")}
    for one in (phrase for kind in PHRASES.values() for phrase in kind if phrase.ko in NEEDS):
        if parts & {one.ko.casefold(), one.en.casefold()} and not NEEDS[one.ko](case):
            raise RequestError(
                Text(
                    ko=f"'{one.ko}': 이 사건의 기록에 그런 일이 없어 사유가 될 수 없습니다.",
                    en=f"'{one.en}': nothing of the kind is on the record of this case, so it cannot be the reason.",
                ),
                Text(
                    ko="사건에 맞는 사유를 고르거나 직접 적으십시오.",
                    en="Choose a reason that fits the case, or write your own.",
                ),
                code="case.reason_not_true",
            )
