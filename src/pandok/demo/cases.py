"""Cases of the demonstration, each led by the account whose step it is, to where somebody else has to go on.

    photograph ─► capture ─► reading ─► case ─► notice ─► opened ─► request ─► suspension ─► appraisal ─► decision

Nothing here can do more than the pages can: every call is the same use case, with the same refusals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from pandok.common.models import Account, Party
from pandok.common.people.accounts import DEMO_PREFIX
from pandok.core.declaration import declare
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.answering.holder import answer_notice, request_suspension
from pandok.fields.counterfeit.acts.answering.importer import make_statement
from pandok.fields.counterfeit.acts.cases.deciding import close_case, decide, record_appraisal
from pandok.fields.counterfeit.acts.cases.from_reading import case_from_reading
from pandok.fields.counterfeit.acts.cases.officer_steps import act_of
from pandok.fields.counterfeit.acts.notices.access import record_opening
from pandok.fields.counterfeit.acts.notices.issuing import issue_notices
from pandok.fields.counterfeit.acts.notices.office import Office
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.outcomes import Answer, Disposition, Finding
from pandok.fields.counterfeit.roles import Role
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.counterfeit.steps import Step
from pandok.fields.designs.acts.captures import read_capture, receive_capture
from pandok.fields.designs.acts.photographs import keep_photograph
from pandok.fields.designs.evaluation.folder import Query
from pandok.fields.designs.models import ReadingRecord
from pandok.fields.designs.photograph_reader import PhotographReader, ReadingFilters
from pandok.fields.register.models import Design

MOST_PHOTOGRAPHS = 36
"""So many are read at most to find those that suit; each takes half a second."""
LOOKED_AT = 3
"""A case rests on a design that stands among so many first candidates, as an officer looks through them."""
VALUE_KRW, QUANTITY = 1_200_000, 40
MOST_BYTES, MOST_MEGAPIXELS = 20_000_000, 64
WHY = Text(ko="시연", en="demonstration")


@dataclass(frozen=True)
class DemoDesk:
    """`reader` reads photographs of `folder`, `office` keeps and sends notices, `clock` tells the moment of a step."""

    folder: Path
    reader: PhotographReader
    office: Office
    clock: Callable[[], datetime]

    def said(self, words: str) -> str:
        """Every reason tells that it is the demonstration's."""
        return f"{words} ({WHY.ko} / {WHY.en})"


def ensure_demo_cases(desk: DemoDesk, queries: Sequence[Query]) -> list[tuple[str, State]]:
    """Lead a few cases to different states, once; returns number and state of those that there are.

    Needs accounts and parties of the demonstration. Photographs whose design is not among the candidates, or has ended,
    are passed by."""
    if not Case.objects.exists():
        _lead_some(desk, queries)
    return [(one.number, State(one.state)) for one in Case.objects.order_by("number")[:MOST_PHOTOGRAPHS]]


def _lead_some(desk: DemoDesk, queries: Sequence[Query]) -> None:
    inside = _readings(desk, [one for one in queries if one.design_ids])
    for lead in (_untouched, _told, _requested, _suspended, _destroyed, _genuine):
        found = next(inside, None)
        if found is None:
            break
        lead(desk, *found)
    for reading in _nothing_close(desk, [one for one in queries if not one.design_ids]):
        case = case_from_reading(
            reading=reading,
            actor=_account(Role.OFFICER),
            now=desk.clock(),
            form=uuid4(),
            reason=desk.said("유사한 등록디자인이 없음"),
            nothing_close=True,
        )
        close_case(case=case, actor=_account(Role.OFFICER), reason=desk.said("통관 진행"), now=desk.clock())
        break


def _untouched(desk: DemoDesk, reading: ReadingRecord, design_id: str) -> Case:  # noqa: ARG001
    """The officer has opened it and looks at the candidates."""
    return case_from_reading(reading=reading, actor=_account(Role.OFFICER), now=desk.clock(), form=uuid4())


def _told(desk: DemoDesk, reading: ReadingRecord, design_id: str) -> Case:
    officer = _account(Role.OFFICER)
    case = case_from_reading(
        reading=reading,
        actor=officer,
        now=desk.clock(),
        form=uuid4(),
        reason=desk.said("전체 형태가 같음"),
        design_id=design_id,
    )
    issue_notices(
        case=case,
        actor=officer,
        reason=desk.said("등록디자인과 형태가 유사하여 통지"),
        now=desk.clock(),
        office=desk.office,
        nonce=uuid4().hex,
        importer=Party.objects.get(kind=Party.IMPORTER, members__account=_account(Role.IMPORTER)),
    )
    return _opened_by(desk, case, Role.IMPORTER)


def _requested(desk: DemoDesk, reading: ReadingRecord, design_id: str) -> Case:
    case = _opened_by(desk, _told(desk, reading, design_id), Role.HOLDER)
    return request_suspension(
        case=case,
        value_krw=VALUE_KRW,
        undertakes=True,
        actor=_account(Role.HOLDER),
        reason=desk.said("등록디자인의 권리자로서 통관보류를 요청함"),
        now=desk.clock(),
        nonce=uuid4().hex,
    )


def _suspended(desk: DemoDesk, reading: ReadingRecord, design_id: str) -> Case:
    case = _step(desk, _requested(desk, reading, design_id), Step.SUSPEND, "요청과 담보 제공을 확인함")
    return make_statement(
        case=case,
        text=desk.said("정식 수입 계약에 따라 들여온 물품임"),
        asks_release=False,
        actor=_account(Role.IMPORTER),
        now=desk.clock(),
        nonce=uuid4().hex,
    )


def _destroyed(desk: DemoDesk, reading: ReadingRecord, design_id: str) -> Case:
    case, officer = _suspended(desk, reading, design_id), _account(Role.OFFICER)
    case = record_appraisal(
        case=case,
        finding=Finding.INFRINGES,
        by=Turn.OFFICER,
        actor=officer,
        reason=desk.said("감정서에 따름"),
        now=desk.clock(),
    )
    case = decide(
        case=case,
        disposition=Disposition.DESTROYED,
        actor=officer,
        reason=desk.said("감정 결과 침해로 판단되어 폐기"),
        now=desk.clock(),
    )
    return close_case(case=case, actor=officer, reason=desk.said("폐기 완료"), now=desk.clock())


def _genuine(desk: DemoDesk, reading: ReadingRecord, design_id: str) -> Case:
    case = _opened_by(desk, _told(desk, reading, design_id), Role.HOLDER)
    case = answer_notice(
        case=case,
        answer=Answer.GENUINE,
        actor=_account(Role.HOLDER),
        reason=desk.said("당사가 공급한 물품임"),
        now=desk.clock(),
        nonce=uuid4().hex,
    )
    case = _step(desk, case, Step.GO_ON, "권리자가 정품으로 회신함")
    officer = _account(Role.OFFICER)
    case = decide(
        case=case, disposition=Disposition.RELEASED, actor=officer, reason=desk.said("통관 허용"), now=desk.clock()
    )
    return close_case(case=case, actor=officer, reason=desk.said("통관 완료"), now=desk.clock())


def _step(desk: DemoDesk, case: Case, step: Step, words: str) -> Case:
    return act_of(step)(case=case, actor=_account(Role.OFFICER), reason=desk.said(words), now=desk.clock())


def _opened_by(desk: DemoDesk, case: Case, role: Role) -> Case:
    """The party's person opens its newest notice, which serves it where no mail does."""
    notice = case.notices.filter(party__members__account=_account(role)).order_by("-issued_at", "-pk").first()
    if notice is not None:
        record_opening(notice=notice, account=_account(role), what="page", now=desk.clock())
    case.refresh_from_db()
    return case


def _readings(desk: DemoDesk, queries: Sequence[Query]) -> Iterator[tuple[ReadingRecord, str]]:
    """Readings with the design that the photograph shows, on which a case can rest; of different designs."""
    used: set[str] = set()
    for query in queries[:MOST_PHOTOGRAPHS]:
        design_id = query.design_ids[0]
        design = Design.objects.filter(design_id=design_id, holder__party_link__isnull=False).first()
        if design_id in used or design is None:
            continue
        reading = _read(desk, query, design.article)
        first = [one.design.design_id for one in reading.reading.candidates[:LOOKED_AT]] if reading else []
        if reading and reading.outcome == "candidates" and design_id in first:
            used.add(design_id)
            yield reading, design_id


def _nothing_close(desk: DemoDesk, queries: Sequence[Query]) -> Iterator[ReadingRecord]:
    for query in queries[:MOST_PHOTOGRAPHS]:
        reading = _read(desk, query)
        if reading and reading.outcome == "nothing_close":
            yield reading


def _read(desk: DemoDesk, query: Query, item_name: str = "") -> ReadingRecord | None:
    """Captured by the demonstration's officer and read, as at the counter. None where it cannot be read."""
    officer, path = _account(Role.OFFICER), desk.folder / query.path
    kept = keep_photograph(
        path.read_bytes(),
        filename=path.name,
        blobs=desk.office.blobs,
        max_bytes=MOST_BYTES,
        max_megapixels=MOST_MEGAPIXELS,
    )
    capture, _ = receive_capture(
        capture_id=uuid4(),
        photographs=[kept],
        declaration=declare(item_name=item_name or WHY.ko, value_krw=str(VALUE_KRW), quantity=str(QUANTITY)),
        filters=ReadingFilters(),
        actor=officer,
        now=desk.clock(),
    )
    done = read_capture(
        capture=capture, actor=officer, now=desk.clock(), desk=lambda: desk.reader, blobs=desk.office.blobs
    )
    return done.reading


def _account(role: Role) -> Account:
    return Account.objects.get(username=DEMO_PREFIX + role.value)
