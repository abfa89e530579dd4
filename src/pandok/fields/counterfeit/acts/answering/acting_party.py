"""In whose name a person acts, asked under the lock of the case: nobody acts for others, too early or too late."""

from __future__ import annotations

from datetime import datetime

from pandok.common.models import Account, Party
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.clocks import EXPIRED, newest
from pandok.fields.counterfeit.acts.cases.refusals import not_open
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import HEARD, State, Turn

PLACES = {Turn.HOLDER: "holder", Turn.IMPORTER: "importer", Turn.APPRAISER: "appraiser"}


def acting_party(case: Case, account: Account, turn: Turn) -> Party:
    """The party that `account` acts for in `turn`. Raises RequestError for anybody else, and after the decision."""
    if turn not in turns_in(account, case):
        raise not_concerned()
    if State(case.state) not in HEARD:
        raise not_open(
            Text(
                ko=f"사건이 '{State(case.state).words.ko}' 상태라 더 받을 수 없습니다.",
                en=f"The case is '{State(case.state).words.en}'; nothing more can be taken.",
            ),
            Text(ko="문의는 담당 세관으로 하십시오.", en="Please ask the customs office."),
            state=case.state,
        )
    party: Party = getattr(case, PLACES[turn])
    return party


def in_time(case: Case, rule: str, now: datetime) -> None:
    """Raises RequestError where the term has ended, even if nobody has led the case on yet."""
    clock = newest(case.id, rule)
    if clock is not None and (clock.stopped_by == EXPIRED or (clock.stopped_at is None and now >= clock.due_at)):
        title = law_version(case.law_version).clock(rule).title
        raise RequestError(
            Text(ko=f"{title.ko}이 지났습니다.", en=f"The term is over: {title.en}."),
            Text(ko="담당 세관에 문의하십시오.", en="Please ask the customs office."),
            code="case.too_late",
        )


def not_concerned() -> RequestError:
    return RequestError(
        Text(ko="이 사건에 답할 수 없습니다.", en="You cannot act in this case."),
        Text(ko="받은 통지 목록에서 다시 여십시오.", en="Open it again from your list of notices."),
        code="case.not_concerned",
    )
