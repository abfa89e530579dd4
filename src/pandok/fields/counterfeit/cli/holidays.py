"""`pandok holidays …`: days that were declared holidays after this calendar was shipped."""

from __future__ import annotations

from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, say, start_django
from pandok.core.errors import RequestError
from pandok.core.text import Text

app = typer.Typer(help="휴일(임시공휴일·선거일) · Holidays declared later.", no_args_is_help=True)


@app.callback()
def before() -> None:
    """휴일(임시공휴일·선거일) · Holidays declared later."""


@app.command("list")
def show(as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False) -> None:
    """등록한 날을 보입니다 · Show the days that were entered."""
    start_django()
    from pandok.fields.counterfeit.acts.cases.dated_holidays import KINDS, dated_holidays

    rows = [
        {
            "day": one.day.isoformat(),
            "kind": one.kind,
            "name": one.name,
            "reason": one.reason,
            "withdrawn": one.withdrawn_at is not None,
        }
        for one in dated_holidays()
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        gone = say(Text(ko=" (철회)", en=" (withdrawn)")) if row["withdrawn"] else ""
        console().print(f"{row['day']} {say(KINDS[str(row['kind'])])} {row['name']}{gone}", markup=False)


@app.command("add")
def add(
    day: Annotated[str, typer.Argument(help="날짜(2026-06-03) · The day.")],
    name: Annotated[str, typer.Option("--name", help="이름 · What the day is called.")],
    reason: Annotated[str, typer.Option("--reason", help="사유 · Why.")],
    working: Annotated[
        bool, typer.Option("--working", help="달력의 휴일이 아닌 날로 · No holiday, whatever the calendar says.")
    ] = False,
) -> None:
    """하루를 휴일로 등록하고 진행 중인 기한을 다시 셉니다 · Enter a day, and recount running terms."""
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.counterfeit.acts.cases.dated_holidays import add_holiday, day_of_holiday
    from pandok.fields.counterfeit.models import DatedHoliday

    kind = DatedHoliday.WORKING if working else DatedHoliday.OFF
    add_holiday(day=day_of_holiday(day), kind=kind, name=name, actor=None, reason=reason, now=datetime.now(UTC))
    console().print(say(Text(ko=f"{day} 등록했습니다.", en=f"{day} was entered.")))


@app.command("withdraw")
def withdraw(
    day: Annotated[str, typer.Argument(help="날짜(2026-06-03) · The day.")],
    reason: Annotated[str, typer.Option("--reason", help="사유 · Why.")],
) -> None:
    """등록한 날을 철회하고 기한을 다시 셉니다 · Take a day back, and recount running terms."""
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.counterfeit.acts.cases.dated_holidays import day_of_holiday, withdraw_holiday
    from pandok.fields.counterfeit.models import DatedHoliday

    holiday = DatedHoliday.objects.filter(day=day_of_holiday(day), withdrawn_at=None).first()
    if holiday is None:
        raise RequestError(
            Text(ko=f"{day}은(는) 등록되어 있지 않습니다.", en=f"{day} is not entered."),
            Text(ko="'pandok holidays list'로 확인하십시오.", en="See `pandok holidays list`."),
            code="holiday.unknown",
        )
    withdraw_holiday(holiday=holiday, actor=None, reason=reason, now=datetime.now(UTC))
    console().print(say(Text(ko=f"{day} 철회했습니다.", en=f"{day} was withdrawn.")))
