"""`pandok audit verify`: is the hash chain of the audit log whole?"""

from __future__ import annotations

import typer

from pandok.cli.terminal import console, say, start_django
from pandok.core.text import Text

app = typer.Typer(help="감사 기록 · The audit log.", no_args_is_help=True)


@app.callback()
def before() -> None:
    """감사 기록 · The audit log."""


@app.command("verify")
def verify() -> None:
    """감사 기록의 해시 사슬을 검사합니다 · Check the hash chain of the audit log; exit code 1 where it is broken."""
    start_django()
    from pandok.register.audit import verify as verify_log
    from pandok.register.models import AuditEntry

    broken = verify_log()
    if broken is None:
        count = AuditEntry.objects.count()
        whole = Text(ko=f"감사 기록 {count}건이 온전합니다.", en=f"The audit log is whole: {count} entries.")
        console().print(say(whole), style="green")
        return
    message = Text(
        ko=f"감사 기록이 {broken.sequence}번째 항목에서 끊어졌습니다({broken.fault}). 백업과 비교하십시오.",
        en=f"The audit log is broken at entry {broken.sequence} ({broken.fault}). Compare it with a backup.",
    )
    console().print(say(message), style="bold red")
    raise typer.Exit(1)
