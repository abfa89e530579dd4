"""`pandok retention …`: which files may go, propose their deletion, finish what two persons agreed on."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pandok.cli.terminal import console, error_console, print_json, say, start_django
from pandok.common.cli.account_named import account_named
from pandok.core.text import Text

app = typer.Typer(help="보존기간과 삭제 · Retention and deletion.", no_args_is_help=True)


@app.callback()
def before() -> None:
    """보존기간과 삭제 · Retention and deletion."""


@app.command("plan")
def plan(
    by: Annotated[str, typer.Option("--by", help="제안하는 관리자 계정 · The administrator who proposes.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="제안 사유 · Why.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """기한이 지난 파일을 보입니다. --by가 있으면 삭제를 제안합니다 · Show what may go; with --by, propose it.

    두 번째 사람의 확인은 화면에서만 합니다 · The second person confirms on the page only.
    """
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.counterfeit.acts.retention.deleting import propose_deletion
    from pandok.fields.counterfeit.acts.retention.due_files import due_files

    now = datetime.now(UTC)
    asked = _site(now)
    found = due_files(now=now, **asked)
    rows = [
        {"sha256": one.sha256, "kind": one.period, "due_on": one.due_on.isoformat(), "belongs_to": list(one.belongs_to)}
        for one in found.files
    ]
    answer: dict[str, Any] = {"files": rows, "held": found.held, "shared": found.shared, "more": found.more}
    if by:
        answer["proposed"] = propose_deletion(actor=account_named(by), reason=reason, now=now, **asked).number
    if as_json:
        print_json(answer)
        return
    from rich.table import Table

    table = Table("sha256", "종류 kind", "기한 term ended", "소속 belongs to")
    for row in rows:
        table.add_row(str(row["sha256"])[:16], str(row["kind"]), str(row["due_on"]), ", ".join(row["belongs_to"]))
    console().print(table)
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

    from pandok.fields.counterfeit.acts.retention.deleting import carry_out, unfinished
    from pandok.fields.counterfeit.acts.retention.policy import policy_version
    from pandok.fields.counterfeit.models import Deletion

    blobs = _site(datetime.now(UTC))["blobs"]
    for deletion_id in unfinished():
        policy = policy_version(Deletion.objects.get(id=deletion_id).policy)
        done = carry_out(deletion_id, policy=policy, blobs=blobs, clock=lambda: datetime.now(UTC))
        console().print(say(Text(ko=f"삭제 {done.number} 완료", en=f"Deletion {done.number} is done")), style="green")


def _site(now: Any) -> dict[str, Any]:
    from pandok.core.terms.zone import OFFICE_ZONE
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.counterfeit.acts.retention.policy import current_policy
    from pandok.settings import settings

    return {
        "policy": current_policy(now.astimezone(OFFICE_ZONE).date()),
        "blobs": FolderBlobs(settings().home / "blobs"),
    }
