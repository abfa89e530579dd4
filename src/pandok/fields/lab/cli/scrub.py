"""`pandok scrub`: read every stored file again."""

from __future__ import annotations

from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, say, stage_progress, start_django
from pandok.core.text import Text, counted

_STAGES = {
    "blobs": Text(ko="사진과 서류", en="Photographs and papers"),
    "named": Text(ko="기록이 가리키는 파일", en="Files that rows name"),
    "vault": Text(ko="금고", en="Vault"),
    "index": Text(ko="색인", en="Index"),
}


def scrub(
    restart: Annotated[
        bool, typer.Option("--restart", help="처음부터 다시 합니다 · Start again from the beginning.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """저장된 모든 파일을 다시 읽습니다 · Read every stored file again, going on where it stopped; 1 for faults."""
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.lab.acts.scrubbing import scrub as look
    from pandok.fields.lab.acts.vault.site_vault import site_vault
    from pandok.settings import settings

    with stage_progress(_STAGES) as moved:
        found = look(
            home=settings().home,
            vault=site_vault(),
            actor="command line",
            clock=lambda: datetime.now(UTC),
            restart=restart,
            progress=moved,
        )
    if as_json:
        print_json(found.model_dump(mode="json", exclude={"part", "after"}))
    else:
        for fault in found.faults:
            console().print(f"{fault.what}\t{fault.part}\t{fault.file}", style="red")
    if found.faults:
        broken = Text(
            ko=f"{found.checked}개 중 {len(found.faults)}건이 맞지 않습니다. 백업에서 되돌리거나 다시 올리십시오.",
            en=f"{counted(len(found.faults), 'fault')} in {counted(found.checked, 'file')}. Restore them from a "
            "backup, or send them again.",
        )
        if not as_json:
            console().print(say(broken), style="bold red")
        raise typer.Exit(1)
    if not as_json:
        whole = Text(
            ko=f"파일 {found.checked}개가 온전합니다.", en=f"{counted(found.checked, 'file is', 'files are')} whole."
        )
        console().print(say(whole), style="green")
