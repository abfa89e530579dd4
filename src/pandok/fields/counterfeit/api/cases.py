"""Cases: opened from a reading, listed as in the work list, with history and clocks."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, create_model

from pandok.common.models import Account
from pandok.core.declaration import OF_CASE, declare
from pandok.fields.counterfeit.acts.cases.opening import open_case
from pandok.fields.counterfeit.api.case_shapes import (
    CaseOut,
    CaseRow,
    ClockOut,
    EventOut,
    case_out,
    case_row,
    clock_out,
    event_out,
)
from pandok.fields.counterfeit.lists.case_filter import FILTERS, CaseFilter
from pandok.fields.counterfeit.lists.cases import Key, work_list
from pandok.fields.counterfeit.lists.cases import Page as ListPage
from pandok.fields.counterfeit.lists.visible import cases_of_customs, cases_visible_to, customs_parts, in_customs_hands
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.roles import Action
from pandok.fields.designs.acts.captures import declaration_of
from pandok.fields.designs.api.declared_goods import taken
from pandok.fields.designs.api.readings import visible_reading
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time, wrong_cursor
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import EARLIEST, LATEST, Asked, Cursor, Day, Limit, Page

router = Router(tags=["cases"])
_SEES = may(Action.SEE_CASES)
_SHOWN = ("site", "officer", "design__holder", "holder", "importer", "appraiser")
MOST_SERIAL = 2**62


class CaseIn(create_model("DeclaredOfCase", __base__=Asked, **taken(OF_CASE))):  # type: ignore[misc]  # made when read
    """What is left empty is taken from the declaration that came with the photographs."""

    reading_id: UUID


class _Tab(BaseModel):
    tab: Literal["mine", "overdue", "all"] = "all"


_DAYS = {one.name: (Day | None, None) for one in FILTERS if one.looks == "day"}
_FILTERS: dict[str, Any] = {name: (one.annotation, one) for name, one in CaseFilter.model_fields.items()} | _DAYS


class CaseQuery(create_model("CaseFilters", __base__=_Tab, **_FILTERS)):  # type: ignore[misc]  # made when read
    """`tab` as in the work list: one's own turn, overdue, or all. Parties have one list, by time of opening."""

    cursor: Cursor = ""
    limit: Limit = 50


@router.post(
    "",
    auth=may(Action.WORK_CASES),
    response={200: CaseOut, **answers(CaseOut, 201)},
    summary="Open the case of a reading",
)
@once(status=201)
def open_a_case(request: HttpRequest, asked: CaseIn) -> CaseOut:
    """A signal has one case: asking again gives the same one."""
    actor = actor_of(request)
    reading = visible_reading(actor, asked.reading_id)
    declared = declaration_of(reading.signal)
    typed = declare(**asked.model_dump(exclude={"reading_id"}))
    values = {name: value or getattr(declared, name) for name, value in typed.of_case().items()}
    case = open_case(reading=reading, actor=actor, now=timezone.now(), **values)
    return case_out(visible_case(actor, case.id), actor)


@router.get("", auth=_SEES, response=answers(Page[CaseRow]), summary="Cases, filtered, page by page")
def list_cases(request: HttpRequest, asked: Query[CaseQuery]) -> Page[CaseRow]:
    account, now = actor_of(request), timezone.now()
    if not is_customs(account):
        rows = cases_visible_to(account).select_related(*_SHOWN)
        if asked.state:
            rows = rows.filter(state=asked.state.value)
        return page_by_time(
            rows,
            field="opened_at",
            cursor=asked.cursor,
            limit=asked.limit,
            shape=lambda case: case_row(case, whole_file=False),
        )
    chosen = CaseFilter(**asked.model_dump(exclude={"tab", "cursor", "limit"}))
    found = work_list(account=account, tab=asked.tab, chosen=chosen, now=now)
    page: ListPage = found.page(_opened(asked.cursor, found.newest_first), asked.limit)
    shown = [case_row(case, whole_file=True) for case in page.cases]
    return Page(items=shown, next=_closed(page.next) if page.next else None)


@router.get("/{uuid:case_id}", auth=_SEES, response=answers(CaseOut), summary="One case")
def get_case(request: HttpRequest, case_id: UUID) -> CaseOut:
    account = actor_of(request)
    return case_out(visible_case(account, case_id), account)


@router.get("/{uuid:case_id}/clocks", auth=_SEES, response=answers(list[ClockOut]), summary="Legal terms of a case")
def get_clocks(request: HttpRequest, case_id: UUID) -> list[ClockOut]:
    case = visible_case(actor_of(request), case_id)
    now = timezone.now()
    return [clock_out(clock, case.law_version, now) for clock in case.clocks.order_by("started_at", "pk")]


@router.get("/{uuid:case_id}/history", auth=_SEES, response=answers(list[EventOut]), summary="History of a case")
def get_history(request: HttpRequest, case_id: UUID) -> list[EventOut]:
    """Customs only: officers' reasons are not for parties."""
    account = actor_of(request)
    case = visible_case(account, case_id)
    if not in_customs_hands(account, case):
        raise not_found()
    return [event_out(event) for event in case.events.select_related("actor").order_by("sequence")]


def visible_case(account: Account, case_id: UUID) -> Case:
    case = cases_visible_to(account).select_related(*_SHOWN).filter(id=case_id).first()
    if case is None:
        raise not_found()
    return case


def customs_case(account: Account, case_id: UUID) -> Case:
    """A case whose whole file the caller sees."""
    case = cases_of_customs(account).select_related(*_SHOWN).filter(id=case_id).first()
    if case is None:
        raise not_found()
    return case


def is_customs(account: Account) -> bool:
    """Whether somebody has work lists: who sees all, or some, by their office and not by notices."""
    parts = customs_parts(account)
    return parts is None or bool(parts)


def _closed(key: Key) -> str:
    at = key.at.isoformat() if key.at else None
    return base64.urlsafe_b64encode(json.dumps([at, key.serial]).encode()).decode()


def _opened(cursor: str, newest_first: bool) -> Key | None:
    if not cursor:
        return None
    try:
        at, serial = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        moment = datetime.fromisoformat(at) if at is not None else None
    except (ValueError, TypeError) as error:
        raise wrong_cursor() from error
    timed = moment is not None and moment.tzinfo is not None and EARLIEST <= moment <= LATEST
    fits = timed or (moment is None and not newest_first)
    if not fits or not isinstance(serial, int) or not 0 <= serial <= MOST_SERIAL:
        raise wrong_cursor()
    return Key(moment, serial)
