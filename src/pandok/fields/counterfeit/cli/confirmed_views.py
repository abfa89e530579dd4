"""`pandok cases …`: confirmed photographs of a closed case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from pandok.cli.terminal import console, error_console, say, start_django
from pandok.core.errors import RequestError
from pandok.core.text import Text

if TYPE_CHECKING:
    from pandok.common.models import Account
    from pandok.fields.counterfeit.models import Case
    from pandok.fields.designs.models import SignalPhotograph

app = typer.Typer(help="사건의 확인 사진 · Confirmed photographs of cases.", no_args_is_help=True)

Number = Annotated[str, typer.Argument(help="사건번호 · Case number, 2026-000123.")]
Place = Annotated[int, typer.Option("--photograph", min=1, help="몇 번째 사진인지 · Which photograph, from 1.")]
By = Annotated[str, typer.Option("--by", help="처리하는 세관 직원 계정 · The officer's account.")]
Why = Annotated[str, typer.Option("--reason", help="사유 · Why.")]


@app.callback()
def before() -> None:
    """사건의 확인 사진 · Confirmed photographs of cases."""


@app.command("photographs")
def photographs(
    number: Number,
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """사건의 사진과 확인 사진을 보입니다 · Photographs of a case, and which later readings are compared with."""
    start_django()
    from pandok.fields.counterfeit.acts.learning.confirming import design_shown_by

    case = _case(number)
    design = design_shown_by(case)
    standing = {one.photograph_id: one for one in case.confirmed_views.filter(withdrawn_at=None)}
    rows = [
        {
            "photograph": one.position + 1,
            "sha256": one.sha256,
            "confirmed_by": found.confirmed_by.get_username() if (found := standing.get(one.pk)) else None,
            "reason": found.reason if found else "",
        }
        for one in case.signal.photographs.all()
    ]
    if as_json:
        shown = {"case": case.number, "design_id": design.design_id if design else None, "photographs": rows}
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    known = design.design_id if design else Text(ko="확인되지 않음", en="not known")
    told = known if isinstance(known, str) else say(known)
    console().print(f"{case.number}: {told}")
    for row in rows:
        used = Text(ko=f"확인 사진 ({row['confirmed_by']})", en=f"confirmed ({row['confirmed_by']})")
        state = used if row["confirmed_by"] else Text(ko="쓰지 않음", en="not used")
        console().print(f"{row['photograph']}. {str(row['sha256'])[:16]} {say(state)} {row['reason']}".rstrip())


@app.command("confirm-photograph")
def confirm_photograph(number: Number, by: By, reason: Why, photograph: Place = 1) -> None:
    """종결 사건의 사진을 앞으로의 판독에 씁니다 · Compare later readings with a photograph of a closed case."""
    start_django()
    import uuid
    from datetime import UTC, datetime

    from pandok.common.cli.account_named import account_named
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.counterfeit.acts.learning.confirming import Wish, confirm, design_shown_by
    from pandok.settings import settings

    actor = account_named(by)
    case = _case(number, actor)
    design = design_shown_by(case)
    wish = Wish(case, _photograph(case, photograph), design.design_id if design else "", actor, reason)
    blobs = FolderBlobs(settings().home / "blobs")
    done = confirm(wish, now=datetime.now(UTC), blobs=blobs, form=uuid.uuid4())
    name = done.view.design.design_id
    told = Text(
        ko=f"사진 {photograph}을(를) 디자인 {name}의 확인 사진으로 추가했습니다. 언제든지 거둘 수 있습니다.",
        en=f"Photograph {photograph} is a confirmed one of design {name} now. It can be taken back at any time.",
    )
    error_console().print(say(told), style="green")


@app.command("withdraw-photograph")
def withdraw_photograph(number: Number, by: By, reason: Why, photograph: Place = 1) -> None:
    """확인 사진을 거둡니다 · Take a confirmed photograph back."""
    start_django()
    from datetime import UTC, datetime

    from pandok.common.cli.account_named import account_named
    from pandok.fields.counterfeit.acts.learning.confirming import take_back

    actor = account_named(by)
    case = _case(number, actor)
    found = case.confirmed_views.filter(photograph=_photograph(case, photograph), withdrawn_at=None)
    confirmed = found.select_related("case").first()
    if confirmed is None:
        raise RequestError(
            Text(ko="확인 사진으로 쓰이지 않는 사진입니다.", en="That photograph is not used as a confirmed one."),
            Text(
                ko=f"`pandok cases photographs {case.number}`로 확인하십시오.",
                en=f"See `pandok cases photographs {case.number}`.",
            ),
            code="view.not_confirmed",
        )
    take_back(confirmed=confirmed, actor=actor, reason=reason, now=datetime.now(UTC))
    told = Text(ko=f"사진 {photograph}을(를) 철회하였습니다.", en=f"Photograph {photograph} is taken back.")
    error_console().print(say(told), style="green")


def _case(number: str, actor: Account | None = None) -> Case:
    """Of the whole house for who looks at the server's command line; for who acts, one that they may see."""
    from pandok.fields.counterfeit.lists.visible import case_numbered, cases_of_customs
    from pandok.fields.counterfeit.models import Case

    cases = Case.objects.all() if actor is None else cases_of_customs(actor)
    return case_numbered(cases.select_related("signal", "reading", "design"), number)


def _photograph(case: Case, place: int) -> SignalPhotograph:
    found = case.signal.photographs.filter(position=place - 1).first()
    if found is None:
        raise RequestError(
            Text(
                ko=f"사건 {case.number}에 {place}번째 사진이 없습니다.",
                en=f"Case {case.number} has no photograph {place}.",
            ),
            Text(
                ko=f"`pandok cases photographs {case.number}`로 확인하십시오.",
                en=f"See `pandok cases photographs {case.number}`.",
            ),
            code="view.no_photograph",
        )
    return found
