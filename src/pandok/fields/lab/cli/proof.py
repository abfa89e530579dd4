"""`pandok proof …`: check a proof with nothing but the file and public keys; no database, no home, no network. Those of
other sites are taken in by pandok.fields.lab.cli.proof_home."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pandok.cli.terminal import console, print_json, say
from pandok.core.text import Text, counted
from pandok.fields.lab.cli import proof_home, proof_report
from pandok.fields.lab.cli.command_files import key_bytes

if TYPE_CHECKING:
    from pandok.engines.proof_pack.verification import Checked, InForce

OUT_OF_FORCE = 3
app = typer.Typer(help="입증서 · Proofs.", no_args_is_help=True)
app.command("trust")(proof_home.trust)
app.command("import")(proof_home.bring_in)
app.command("list")(proof_home.listed)
app.command("change-key")(proof_home.change_key)
app.command("report")(proof_report.report)


@app.callback()
def before() -> None:
    """입증서 · Proofs."""


@app.command("verify")
def verify(
    pack: Annotated[Path, typer.Argument(help="proof.zip 또는 그 폴더 · proof.zip, or its folder.")],
    key: Annotated[
        list[Path] | None, typer.Option("--key", help="만든 기관의 공개키 파일 · Public key file of the site.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="이 날 유효했는지 · Whether it was in force that day."),
    ] = None,
) -> None:
    """입증서를 오프라인으로 확인합니다. 0 유효, 1 맞지 않음, 2 입증서가 아님, 3 기한 밖 · Check a proof offline.

    Exit codes: 0 everything holds and the proof is in force, 1 something does not hold, 2 this is no proof, 3 it holds
    but has expired, or is not in force yet. Without --key nobody's signature counts; a key file that names its site
    (as `pandok proof keys` writes it) speaks for that site only.
    """
    from pandok.engines.proof_pack.keys import read_keys
    from pandok.engines.proof_pack.pack_bytes import read_pack
    from pandok.engines.proof_pack.verification import check_pack

    keys = [public for path in key or [] for public in read_keys(key_bytes(path))]
    checked = check_pack(read_pack(pack), keys)
    # A day that was asked for is looked at as it ended, so that a proof made on that day was in force on it.
    now = on.replace(hour=23, minute=59, second=59).astimezone() if on else datetime.now().astimezone()
    force = checked.in_force(now)
    if as_json:
        print_json(_as_json(checked, force))
    else:
        _print(checked, force, has_keys=bool(keys))
    if not checked.holds:
        raise typer.Exit(1)
    if force != "yes":
        raise typer.Exit(OUT_OF_FORCE)


@app.command("show")
def show(pack: Annotated[Path, typer.Argument(help="proof.zip 또는 그 폴더 · proof.zip, or its folder.")]) -> None:
    """입증서의 내용을 보입니다. 확인하지는 않습니다 · Show what a proof says. Only `verify` checks it."""
    from pandok.engines.proof_pack.pack_bytes import read_pack
    from pandok.engines.proof_pack.parsed import parsed
    from pandok.engines.proof_pack.plain_lines import lines

    for line in lines(parsed(read_pack(pack))):
        console().print(say(line), markup=False, soft_wrap=True)


@app.command("keys")
def keys(
    name: Annotated[str, typer.Option("--site", help="적어 둘 기관 이름 · The site's name to write in.")] = "",
) -> None:
    """이 기관의 공개키를 냅니다. 입증서와 다른 경로로 전하십시오 · This site's public key, for those who check."""
    from pandok.engines.proof_pack.keys import key_file
    from pandok.engines.proof_pack.site_key import site_signing_key
    from pandok.settings import settings

    public = site_signing_key(settings().home).public
    typer.echo(key_file(public, site=name or settings().site_name), nl=False)


def _print(checked: Checked, force: InForce, *, has_keys: bool) -> None:
    statement, screen = checked.values.statement, console()
    screen.print(f"{statement.number} · {say(statement.title)} · {statement.site}", markup=False, soft_wrap=True)
    for check in checked.checks:
        mark, style = ("✓", "green") if check.held else ("✗", "bold red")
        found = f" · {check.found}" if check.found else ""
        screen.print(f"{mark} {say(check.words)}{found}", style=style, markup=False, soft_wrap=True)
    if checked.holds and force != "yes":
        screen.print(say(_out_of_force(checked, force)), style="bold red", markup=False, soft_wrap=True)
        return
    if checked.holds:
        verdict = say(checked.recomputed.verdict.words) if checked.recomputed else ""
        until = statement.expires_on.isoformat()
        whole = Text(
            ko=f"입증서가 온전합니다. 판정: {verdict}. 유효 기한: {until}.",
            en=f"The proof holds. Verdict: {verdict}. Valid until {until}.",
        )
        screen.print(say(whole), style="bold green", markup=False, soft_wrap=True)
        return
    if not has_keys:
        without = Text(
            ko="공개키가 없어 서명을 확인하지 못했습니다. 만든 기관의 공개키 파일을 --key로 주십시오.",
            en="No key was given, so no signature counts. Give the site's public key file with --key.",
        )
        screen.print(say(without), style="bold red", markup=False, soft_wrap=True)
    failed = sum(not check.held for check in checked.checks)
    told = Text(
        ko=f"맞지 않는 점이 {failed}가지 있습니다. 이 입증서를 쓰지 말고 만든 기관에 물으십시오.",
        en=f"{counted(failed, 'check does', 'checks do')} not hold. Do not rely on this proof; ask the site that "
        "made it.",
    )
    screen.print(say(told), style="bold red", markup=False, soft_wrap=True)


def _out_of_force(checked: Checked, force: InForce) -> Text:
    said = checked.values.statement
    if force == "expired":
        day = said.expires_on.isoformat()
        return Text(
            ko=f"입증서는 온전하나 유효 기한이 지났습니다({day}). 이 입증서를 근거로 쓰지 말고 새로 입증받으십시오.",
            en=f"The proof is whole but has expired ({day}). Do not rely on it; ask for a new proof.",
        )
    made = said.made_at.isoformat()
    return Text(
        ko=f"입증서는 온전하나 아직 효력이 없습니다(작성 {made}). 컴퓨터의 시계를 확인하고 만든 기관에 물으십시오.",
        en=f"The proof is whole but not in force yet (made {made}). Check this machine's clock, and ask the site.",
    )


def _as_json(checked: Checked, force: InForce) -> dict[str, Any]:
    statement = checked.values.statement
    return {
        "holds": checked.holds,
        "in_force": force.value,
        "number": statement.number,
        "site": statement.site,
        "verdict": statement.verdict,
        "expires_on": statement.expires_on.isoformat(),
        "checks": [
            {"name": one.name.value, "held": one.held, "found": one.found, "words": one.words.model_dump()}
            for one in checked.checks
        ],
    }
