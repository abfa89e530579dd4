"""`pandok xray retention …`: which images may go, propose their deletion, finish what two persons agreed on."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pandok.cli.terminal import console, error_console, print_json, say, start_django
from pandok.core.text import Text

app = typer.Typer(help="X-ray 영상 보존과 삭제 · Retention of X-ray images.", no_args_is_help=True)


@app.callback()
def before() -> None:
    """X-ray 영상 보존과 삭제 · Retention of X-ray images."""


@app.command("plan")
def plan(
    by: Annotated[str, typer.Option("--by", help="제안하는 관리자 계정 · The administrator who proposes.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="제안 사유 · Why.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """기한이 지난 영상을 보입니다. --by가 있으면 삭제를 제안합니다 · Show what may go; with --by, propose it.

    두 번째 사람의 확인은 화면에서만 합니다 · The second person confirms on the page only.
    """
    start_django()
    from datetime import UTC, datetime

    from pandok.common import house
    from pandok.common.cli.account_named import account_named
    from pandok.fields.xray.acts.retention.deleting import propose_deletion
    from pandok.fields.xray.lists.retention import current_policy, due_scans

    now = datetime.now(UTC)
    policy, blobs = current_policy(now), house.blobs()
    found = due_scans(policy=policy, now=now, blobs=blobs)
    rows = [
        {"inspection": one.scan.inspection.number, "kind": one.rule, "due_on": one.due_on.isoformat()}
        for one in found.scans
    ]
    answer: dict[str, Any] = {"scans": rows, "held": found.held, "more": found.more}
    if by:
        made = propose_deletion(actor=account_named(by), reason=reason, now=now, policy=policy, blobs=blobs)
        answer["proposed"] = made.number
    if as_json:
        print_json(answer)
        return
    for row in rows:
        console().print("\t".join(row.values()), soft_wrap=True, markup=False)
    if by:
        number = answer["proposed"]
        told = Text(
            ko=f"삭제 {number}을(를) 제안했습니다. 다른 사람이 화면에서 확인해야 합니다.",
            en=f"Deletion {number} is proposed. Another person must confirm it on the page.",
        )
        error_console().print(say(told))


@app.command("apply")
def apply() -> None:
    """두 사람이 확인한 삭제 가운데 중단된 것을 끝냅니다 · Finish deletions that were confirmed and interrupted."""
    start_django()
    from datetime import UTC, datetime

    from pandok.common import house
    from pandok.fields.xray.acts.retention.deleting import carry_out, unfinished
    from pandok.fields.xray.similar_index import indexes_at
    from pandok.settings import settings

    for deletion_id in unfinished():
        done = carry_out(
            deletion_id,
            blobs=house.blobs(),
            indexes=indexes_at(settings().home),
            clock=lambda: datetime.now(UTC),
        )
        console().print(say(Text(ko=f"삭제 {done.number} 완료", en=f"Deletion {done.number} is done")), style="green")
