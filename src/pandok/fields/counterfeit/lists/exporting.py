"""The filtered list as a file (pandok.common.papers.tables_out). Audited before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.papers import tables_out
from pandok.common.papers.tables_out import MOST_IN_A_FILE
from pandok.core.declaration import OF_CASE
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.counterfeit.lists.case_filter import CaseFilter
from pandok.fields.counterfeit.lists.cases import Key, Tab, WorkList
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.outcomes import Disposition, Finding
from pandok.fields.counterfeit.states import State, Turn

Format = Literal["csv", "xlsx", "parquet"]
ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class Column:
    id: str
    title: Text
    value: Callable[[Case, str], str]


def _time(at: datetime | None) -> str:
    return at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M") if at else ""


def _declared(name: str) -> Callable[[Case, str], str]:
    return lambda case, _: getattr(case, name)


COLUMNS: tuple[Column, ...] = (
    Column("number", Text(ko="사건번호", en="Case"), lambda case, _: case.number),
    Column("opened_at", Text(ko="접수 일시", en="Opened"), lambda case, _: _time(case.opened_at)),
    Column("state", Text(ko="상태", en="State"), lambda case, lang: State(case.state).words.in_language(lang)),
    Column("turn", Text(ko="처리 대기", en="Turn"), lambda case, lang: Turn(case.turn).words.in_language(lang)),
    Column("due_at", Text(ko="기한", en="Term ends"), lambda case, _: _time(case.due_at)),
    Column("closed_at", Text(ko="종결 일시", en="Closed"), lambda case, _: _time(case.closed_at)),
    Column("site", Text(ko="세관", en="Site"), lambda case, _: case.site.code if case.site else ""),
    Column("officer", Text(ko="담당자", en="Officer"), lambda case, _: case.officer.shown_name),
    *(Column(one.name, one.words, _declared(one.name)) for one in OF_CASE),
    Column("locarno_class", Text(ko="물품류", en="Article class"), lambda case, _: case.locarno_class),
    Column("design", Text(ko="등록디자인", en="Design"), lambda case, _: case.design.design_id if case.design else ""),
    Column("article", Text(ko="등록 물품", en="Article"), lambda case, _: case.design.article if case.design else ""),
    Column("holder", Text(ko="권리자", en="Holder"), lambda case, _: case.holder.name if case.holder else ""),
    Column("importer", Text(ko="수입자", en="Importer"), lambda case, _: case.importer.name if case.importer else ""),
    Column(
        "finding",
        Text(ko="감정 결과", en="Finding"),
        lambda case, lang: Finding(case.finding).words.in_language(lang) if case.finding else "",
    ),
    Column(
        "disposition",
        Text(ko="처분", en="Disposition"),
        lambda case, lang: Disposition(case.disposition).words.in_language(lang) if case.disposition else "",
    ),
)
"""What an export holds; docs/do/cases.md tells of each. No reason, no remark, no address of a person."""


def record_export(*, account: Account, form: Format, tab: Tab, chosen: CaseFilter, now: datetime) -> None:
    """Keep who took which list along; called before the first byte leaves."""
    audit.tell(account, "cases.exported", "cases", "", now, {"format": form, "tab": tab, **chosen.set_fields()})


def csv_lines(cases: WorkList, language: str) -> Iterator[bytes]:
    return tables_out.csv_lines(_titles(language), _cells(cases, language))


def write_xlsx(cases: WorkList, language: str, path: Path) -> None:
    """Raises RequestError for more rows than fit."""
    check_fits(cases)
    tables_out.write_xlsx(path, "cases", _titles(language), _cells(cases, language))


def write_parquet(cases: WorkList, language: str, path: Path) -> None:
    """Columns by their ids. Raises RequestError for more than fit."""
    check_fits(cases)
    tables_out.write_parquet(path, [column.id for column in COLUMNS], _cells(cases, language))


def check_fits(cases: WorkList) -> None:
    if cases.count(MOST_IN_A_FILE) > MOST_IN_A_FILE:
        raise RequestError(
            Text(ko=f"목록이 {MOST_IN_A_FILE:,}건을 넘습니다.", en=f"The list has more than {MOST_IN_A_FILE:,} rows."),
            Text(ko="조건을 좁히거나 CSV로 내려받으십시오.", en="Narrow the filter, or take it as CSV."),
            code="export.too_many",
        )


def rows(cases: WorkList) -> Iterator[Case]:
    """Every case of a list in its order, a page in memory at a time."""
    after: Key | None = None
    while True:
        page = cases.page(after, ROWS_AT_ONCE)
        yield from page.cases
        if page.next is None:
            return
        after = page.next


def _titles(language: str) -> list[str]:
    return [column.title.in_language(language) for column in COLUMNS]


def _cells(cases: WorkList, language: str) -> Iterator[list[str]]:
    for case in rows(cases):
        yield [column.value(case, language) for column in COLUMNS]
