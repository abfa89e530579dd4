"""`pandok audit …`: is the hash chain of the audit log whole, what is its head, who saw what?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, error_console, print_json, progress, say, start_django
from pandok.core.text import Text, counted

app = typer.Typer(help="감사 기록 · The audit log.", no_args_is_help=True)

COMMAND_LINE = "command line"


@app.callback()
def before() -> None:
    """감사 기록 · The audit log."""


@app.command("verify")
def verify(
    full: Annotated[
        bool,
        typer.Option("--full/--since-last", help="처음부터, 또는 지난 검사 뒤부터 · All, or behind the last check."),
    ] = True,
    anchor: Annotated[
        Path | None, typer.Option("--anchor", help="따로 보관한 앵커 파일 · Anchor file that was kept elsewhere.")
    ] = None,
) -> None:
    """감사 기록의 해시 사슬을 검사합니다 · Check the hash chain of the audit log; exit code 1 where it is broken,
    3 where nothing outside the database says what it was."""
    start_django()
    from datetime import UTC, datetime

    from pandok.common.audit.anchor import compare, read_anchor
    from pandok.common.audit.chain import ask_for_check, run_check
    from pandok.common.audit.noted_heads import noted_heads

    kept = read_anchor(_bytes_of(anchor)) if anchor is not None else None
    unnoted = kept is None and noted_heads().are_gone(datetime.now(UTC))
    check = ask_for_check(asked_by=COMMAND_LINE, full=full, now=datetime.now(UTC))
    with progress(Text(ko="감사 기록 검사", en="Checking the audit log")) as moved:
        check = run_check(check.id, clock=lambda: datetime.now(UTC), progress=moved)
    if check.fault:
        _broken(check.fault_sequence or 0, check.fault)
    broken = compare(kept) if kept is not None else None
    if broken is not None:
        _broken(broken.sequence, broken.fault)
    count = check.sequence - check.start_sequence
    entries = counted(count, "entry", "entries")
    if full:
        whole = Text(ko=f"감사 기록 {count}건이 온전합니다.", en=f"The audit log is whole: {entries}.")
    else:
        whole = Text(
            ko=f"{check.start_sequence}번째 뒤의 감사 기록 {count}건이 온전합니다.",
            en=f"The audit log is whole after entry {check.start_sequence}: {entries}.",
        )
    console().print(say(whole), style="green")
    if unnoted:
        _unnoted()


def _unnoted() -> None:
    """Whole in itself, and nothing outside the database says what it was."""
    message = Text(
        ko="다만 데이터베이스 밖에 적어 둔 해시(audit-heads.json)가 없어, 통째로 다시 쓴 기록은 드러나지 않습니다. "
        "따로 보관한 앵커와 비교하십시오(--anchor).",
        en="But no hash is noted outside the database (audit-heads.json): a rewritten log would not show. "
        "Compare it with an anchor that was kept elsewhere (--anchor).",
    )
    error_console().print(say(message), style="bold yellow")
    raise typer.Exit(3)


@app.command("head")
def head(
    out: Annotated[Path | None, typer.Option("--out", help="저장할 파일 · File to write; else printed.")] = None,
) -> None:
    """서명된 최신 해시(앵커)를 냅니다. 다른 곳에 보관하십시오 · The signed newest hash, to be kept elsewhere."""
    start_django()
    from datetime import UTC, datetime

    from django.conf import settings

    from pandok.common.audit.anchor import make_anchor

    made = make_anchor(actor=COMMAND_LINE, secret_key=settings.SECRET_KEY, now=datetime.now(UTC))
    text = made.model_dump_json(indent=1)
    if out is None:
        typer.echo(text)
        return
    out.write_text(text + "\n", encoding="utf-8")
    error_console().print(say(Text(ko=f"{out}에 저장했습니다.", en=f"Written to {out}.")))


@app.command("who-saw")
def who_saw(
    about: Annotated[str, typer.Argument(help="사진의 sha256 또는 사건번호 · sha256 of a picture, or a case number.")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """누가 언제 보았는지 보입니다 · Who saw a picture, or the photographs and papers of a case, and when."""
    start_django()
    from rich.table import Table

    from pandok.common.audit.search import who_saw as looks_at
    from pandok.core.terms.zone import OFFICE_ZONE

    looks = looks_at(about)
    if as_json:
        rows = [
            {"sequence": one.sequence, "at": one.at.isoformat(), "actor": one.actor, "action": one.action}
            | {"object": one.object, "details": one.details}
            for one in looks
        ]
        print_json(rows)
        return
    table = Table("#", "언제 when", "누가 who", "무엇을 what", "어디서 in")
    for one in looks:
        at = one.at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(str(one.sequence), at, one.actor, one.object, str(one.details.get("in", "")))
    console().print(table)
    error_console().print(say(Text(ko=f"본 기록 {len(looks)}건", en=f"{counted(len(looks), 'look')}")))


def _bytes_of(path: Path) -> bytes:
    from pandok.core.errors import RequestError

    try:
        return path.read_bytes()
    except OSError as error:
        raise RequestError(
            Text(ko=f"파일 '{path}'을(를) 읽을 수 없습니다.", en=f"The file '{path}' cannot be read."),
            Text(ko="경로를 확인하십시오.", en="Check the path."),
            code="request.anchor_file",
        ) from error


@app.command("resume")
def resume(
    reason: Annotated[str, typer.Option("--reason", help="확인한 내용과 이어 가는 사유 · What was found, and why.")],
) -> None:
    """되돌린(더 오래된) 데이터베이스로 이어 갑니다. 사유가 감사 기록에 남습니다 · Go on with an older database."""
    start_django()
    from datetime import UTC, datetime

    from pandok.common.audit.noted_heads import noted_heads
    from pandok.common.reasons import checked_reason

    count = noted_heads().resume(actor=COMMAND_LINE, reason=checked_reason(reason), now=datetime.now(UTC))
    went_on = Text(
        ko=f"여기서부터 이어 갑니다. 이 데이터베이스에 없는 기록 {count}건은 파일에 남겨 두었습니다.",
        en=f"The log goes on from here; {counted(count, 'note')} that this database lacks: still in the file.",
    )
    console().print(say(went_on))


@app.command("confirm-clock")
def confirm_clock(
    reason: Annotated[str, typer.Option("--reason", help="무엇과 비교했는지 · What the clock was compared with.")],
) -> None:
    """서버 시각이 맞다고 확인합니다. 두 사람이 필요합니다 · Say that the clock is right; takes two persons."""
    start_django()
    from pandok.common.jobs.work import wall_clock
    from pandok.common.trust import clock
    from pandok.engines.files.clock_note import this_boot

    if clock.confirm_clock(actor=None, reason=reason, now=wall_clock(), boot=this_boot()):
        done = Text(ko="확인했습니다. 멈춘 작업이 이어집니다.", en="Confirmed; what was stopped goes on.")
    else:
        done = Text(
            ko="관리자 한 사람이 72시간 안에 감사 사슬 화면에서 확인하면 이어집니다.",
            en="It goes on when an administrator confirms on the page of the audit chain within 72 hours.",
        )
    console().print(say(done))


def _broken(sequence: int, fault: str) -> None:
    from pandok.core.audit_faults import fault_words

    words = fault_words(fault)
    message = Text(
        ko=f"감사 기록이 {sequence}번째 항목에서 맞지 않습니다: {words.ko}({fault}). 백업과 비교하십시오.",
        en=f"The audit log is broken at entry {sequence}: {words.en} ({fault}). Compare it with a backup.",
    )
    console().print(say(message), style="bold red")
    raise typer.Exit(1)
