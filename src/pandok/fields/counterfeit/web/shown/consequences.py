"""What a step that cannot simply be taken back will do, said before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from pandok.core.text import Text, counted
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.outcomes import Disposition
from pandok.fields.counterfeit.steps import Step
from pandok.fields.counterfeit.web.shown.case_page import remark_of

_GOODS: dict[Disposition, Text] = {
    Disposition.RELEASED: Text(ko="물품의 통관을 허용합니다.", en="The goods are released."),
    Disposition.DESTROYED: Text(
        ko="물품을 폐기합니다. 폐기한 물품은 되돌릴 수 없습니다.",
        en="The goods are destroyed. Destroyed goods cannot be brought back.",
    ),
    Disposition.RETURNED: Text(ko="물품을 반송합니다.", en="The goods are sent back."),
    Disposition.REFERRED: Text(ko="물품을 조사 부서에 넘깁니다.", en="The goods go to investigation."),
}
_CLOSED = (
    Text(ko="종결한 사건은 다시 열 수 없습니다.", en="A closed case cannot be opened again."),
    Text(
        ko="더는 회신·의견·서류를 받지 않으며, 보존기간이 시작됩니다.",
        en="No more answers, statements or papers are taken, and the time of retention begins.",
    ),
)


def consequences(step: Step, disposition: str, case: Case) -> Sequence[Text]:
    """One sentence each: the goods, the case, who is told."""
    if step is Step.DECIDE:
        goods = _GOODS[Disposition(disposition)]
        final = Text(ko="결정은 취소할 수 없습니다.", en="The decision cannot be taken back.")
        return (goods, final, _told(case, "처분 결과를 통지합니다", "told of the outcome"))
    if step not in (Step.CLOSE, Step.WITHDRAW):
        return (
            remark_of(step, case),
            Text(ko="이 처리는 취소할 수 없습니다.", en="This cannot be taken back."),
        )
    if step is Step.CLOSE:
        if not case.disposition:
            return (_GOODS[Disposition.RELEASED], *_CLOSED)
        return _CLOSED
    return (
        Text(
            ko="사건이 업무 목록과 통계에서 빠집니다. 번호와 이력은 남습니다.",
            en="The case leaves the work lists and the statistics; its number and history stay.",
        ),
        _told(case, "통지 철회를 알립니다", "told that the notice is withdrawn"),
        Text(
            ko="되살리려면 사건에서 '후보 다시 고르기'를 누르십시오.",
            en="To take it up again, use 'Choose the candidate again' in the case.",
        ),
    )


def of_many(count: int) -> Sequence[Text]:
    """Closing several cases at once."""
    return (
        Text(
            ko=f"고른 사건 {count}건을 종결합니다. 처분이 없는 사건은 통관 허용으로 기록됩니다.",
            en=f"{counted(count, 'chosen case')} will be closed; without a disposition: released.",
        ),
        *_CLOSED,
    )


def _told(case: Case, ko: str, en: str) -> Text:
    names = sorted({one.party.name for one in case.notices.select_related("party")})
    if not names:
        return Text(
            ko="통지받은 당사자가 없어 아무에게도 알리지 않습니다.", en="Nobody was notified, so nobody is told."
        )
    return Text(ko=f"{', '.join(names)}에 {ko}.", en=f"{', '.join(names)} will be {en}.")
