"""`pandok lab vault …`: the deposits, who used a record, whether every seal holds, and deposits from a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pandok.cli.terminal import console, error_console, print_json, progress, say, start_django
from pandok.common.cli.account_named import account_named
from pandok.core.errors import RequestError
from pandok.core.text import Text, counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pandok.fields.lab.acts.vault.uploads import NamedBytes
    from pandok.fields.lab.models import Deposit

app = typer.Typer(help="금고 · The vault of the proving lab.", no_args_is_help=True)
_JSON = typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")


@app.callback()
def before() -> None:
    """금고 · The vault of the proving lab."""


@app.command("list")
def list_deposits(as_json: Annotated[bool, _JSON] = False) -> None:
    """기탁을 보입니다 · Show the deposits."""
    start_django()
    from rich.table import Table

    from pandok.fields.lab.models import Deposit

    rows = [
        {
            "id": str(one.pk),
            "name": one.name,
            "owner": one.owner,
            "objects": one.contents.filter(deleted_at=None).count(),
            "expires_at": one.expires_at.isoformat(timespec="minutes"),
            "keys_destroyed_at": one.keys_destroyed_at.isoformat(timespec="seconds") if one.keys_destroyed_at else "",
        }
        for one in Deposit.objects.all()
    ]
    if as_json:
        print_json(rows)
        return
    table = Table("번호 id", "기탁 deposit", "소유 owner", "자료 objects", "만료 expires", "키 파기 key destroyed")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    console().print(table)


@app.command("uses")
def uses(
    record: Annotated[str, typer.Argument(help="기록 번호, sha256 또는 파일 · Record id, sha256, or a file.")],
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """이 기록이 쓰였는지 보입니다 · Was this record used, by whom, for what; answered also after deletion."""
    start_django()
    from rich.table import Table

    from pandok.fields.lab.acts.vault.site_vault import site_vault
    from pandok.fields.lab.acts.vault.uses import hashes_of, uses_of

    ledger, path = site_vault().ledger, Path(record)
    asked: dict[str, Any] = {"data": path.read_bytes()} if path.is_file() else {"text": record}
    rows = [
        {
            "at": one.at.isoformat(timespec="seconds"),
            "what": one.sort,
            "who": one.who or ("lab runner" if one.sort == "opened" else ""),
            "purpose": one.purpose,
            "project": one.project,
            "run": one.run_id,
            "model": one.model_sha256,
            "left": one.what,
            "object": one.object_name,
            "certain": one.certain,
        }
        for one in uses_of(*hashes_of(ledger, **asked))
    ]
    if as_json:
        print_json(rows)
        return
    table = Table("언제 when", "무엇 what", "누가 who", "목적 purpose", "실행 run", "모델 model", "자료 object")
    for row in rows:
        what = f"{row['what']} {row['left']}".strip() + ("" if row["certain"] else " ?")
        table.add_row(
            str(row["at"]),
            what,
            *(str(row[name]) for name in ("who", "purpose", "run")),
            str(row["model"])[:12],
            str(row["object"]),
        )
    console().print(table)
    error_console().print(say(Text(ko=f"기록 {len(rows)}건", en=f"{counted(len(rows), 'entry', 'entries')}")))


@app.command("verify")
def verify() -> None:
    """모든 봉인을 검사합니다 · Check every seal; exit code 1 where one does not hold."""
    start_django()
    from pandok.fields.lab.acts.vault.site_vault import site_vault
    from pandok.fields.lab.acts.vault.upkeep import verify as check

    count, faults = check(site_vault())
    for fault in faults:
        console().print(f"{fault.what}\t{fault.object}\t{fault.deposit}", style="red")
    if faults:
        broken = Text(
            ko=f"{count}개 중 {len(faults)}건이 맞지 않습니다.",
            en=f"{counted(len(faults), 'fault')} in {counted(count, 'object')}.",
        )
        console().print(say(broken), style="bold red")
        raise typer.Exit(1)
    whole = Text(ko=f"자료 {count}개의 봉인이 온전합니다.", en=f"The seals of {counted(count, 'object')} hold.")
    console().print(say(whole), style="green")


@app.command("held")
def held(as_json: Annotated[bool, _JSON] = False) -> None:
    """확인을 기다리며 보류된 문서를 보입니다 · Documents that are held back until a steward has looked."""
    start_django()
    from pandok.core.lab.personal_data import PersonalDataReport
    from pandok.fields.lab.acts.vault.held_back import all_held

    rows: list[dict[str, Any]] = []
    for one in all_held():
        report = PersonalDataReport.model_validate(one.report) if one.report else None
        counts = {kind.value: count for kind, count in report.counts.items()} if report else None
        rows.append({"id": str(one.pk), "deposit": one.deposit.name, "name": one.name, "personal_data": counts})
    if as_json:
        print_json(rows)
        return
    for row in rows:
        found = row["personal_data"]
        not_yet = say(Text(ko="아직 점검하지 않음", en="not looked through yet"))
        words = not_yet if found is None else ", ".join(f"{kind} {count}" for kind, count in found.items()) or "–"
        console().print(f"{row['id']}\t{row['deposit']}\t{row['name']}\t{words}", markup=False)
    error_console().print(say(Text(ko=f"보류된 문서 {len(rows)}건", en=f"{counted(len(rows), 'document')} held back")))


@app.command("confirm")
def confirm(
    object_id: Annotated[str, typer.Argument(help="`held`가 보인 문서 번호 · Id of a document that `held` shows.")],
    by: Annotated[str, typer.Option("--by", help="데이터 관리자 계정 · The data steward's account.")],
    reason: Annotated[str, typer.Option("--reason", help="문서를 보고 판단한 사유 · What you saw, and why.")],
) -> None:
    """보류된 문서를 직접 확인했음을 기록합니다 · A steward has looked at a held document and answers for it."""
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.lab.acts.vault.held_back import confirm_sharing
    from pandok.fields.lab.models import VaultObject

    actor = account_named(by)
    found = VaultObject.objects.filter(pk=object_id).first() if _is_uuid(object_id) else None
    if found is None:
        raise RequestError(
            Text(ko="그런 문서가 없습니다.", en="There is no such document."),
            Text(ko="`pandok lab vault held`로 번호를 확인하십시오.", en="See `pandok lab vault held`."),
            code="request.object",
        )
    confirm_sharing(object=found, actor=actor, reason=reason, now=datetime.now(UTC))
    done = Text(ko=f"'{found.name}'의 확인을 기록했습니다.", en=f"The confirmation of '{found.name}' is recorded.")
    console().print(say(done), style="green", markup=False)


@app.command("quarantine")
def quarantine(
    erase: Annotated[bool, typer.Option("--erase", help="완전히 삭제합니다 · Erase for good.")] = False,
    by: Annotated[str, typer.Option("--by", help="삭제하는 사람의 계정 · The account of who erases.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="삭제 사유 · Why.")] = "",
) -> None:
    """데이터베이스에 없어 격리한 파일을 보이거나 삭제합니다 · Files that no row named: show them, or erase them."""
    start_django()
    from pandok.fields.lab.acts.vault.site_vault import site_vault
    from pandok.fields.lab.acts.vault.upkeep import erase_quarantine

    vault = site_vault()
    if erase:
        count = erase_quarantine(vault, actor=account_named(by), reason=reason)
        console().print(say(Text(ko=f"격리된 파일 {count}개를 삭제했습니다.", en=f"Erased {counted(count, 'file')}.")))
        return
    found = sorted(one for one in vault.quarantine.glob("*/*") if one.is_file())
    for one in found:
        console().print(f"{one.parent.name}/{one.name}\t{one.stat().st_size}")
    error_console().print(
        say(Text(ko=f"격리된 파일 {len(found)}개", en=f"{counted(len(found), 'file')} in quarantine"))
    )


@app.command("deposit")
def deposit(
    deposit_id: Annotated[str, typer.Argument(help="화면에서 만든 기탁의 번호 · Id of a deposit made on the page.")],
    source: Annotated[Path, typer.Argument(help="폴더, zip 또는 파일 · A folder, a zip, or a file.")],
    by: Annotated[str, typer.Option("--by", help="데이터 관리자 계정 · The data steward's account.")],
) -> None:
    """파일을 기탁에 봉인합니다. 중단되면 다시 실행하십시오 · Seal files; run it again where it was interrupted."""
    start_django()
    from datetime import UTC, datetime

    from pandok.fields.lab.acts.vault.depositing import deposit_files
    from pandok.fields.lab.acts.vault.masked_copies import ask_for_masking
    from pandok.fields.lab.acts.vault.site_vault import site_vault
    from pandok.fields.lab.acts.vault.uploads import sealed_words

    actor, found = account_named(by), deposit_of(deposit_id)
    files, left_out = _files(source)
    with progress(Text(ko="봉인", en="Sealing")) as moved:
        kept = deposit_files(deposit=found, files=files, actor=actor, vault=site_vault(), progress=moved)
    ask_for_masking(deposit=found, actor=actor, now=datetime.now(UTC))
    console().print(say(sealed_words(len(kept), left_out)), style="green")


def deposit_of(deposit_id: str) -> Deposit:
    """Raises RequestError where there is none."""
    from pandok.fields.lab.models import Deposit

    found = Deposit.objects.filter(pk=deposit_id).first() if _is_uuid(deposit_id) else None
    if found is None:
        raise RequestError(
            Text(ko="그런 기탁이 없습니다.", en="There is no such deposit."),
            Text(ko="`pandok lab vault list`로 번호를 확인하십시오.", en="See `pandok lab vault list`."),
            code="request.deposit",
        )
    return found


def _files(source: Path) -> tuple[Iterable[NamedBytes], int]:
    """The files, of a folder one after the other, so that a large one needs little memory; and how many by-products of
    systems were left out."""
    from pandok.engines.files.zip_names import is_by_product
    from pandok.fields.lab.acts.vault.uploads import incoming, named

    if source.is_dir():
        found = sorted(one for one in source.rglob("*") if one.is_file() and not one.is_symlink())
        kept = [one for one in found if not is_by_product(one.relative_to(source).as_posix())]
        files = (named(one.relative_to(source).as_posix(), one.read_bytes()) for one in kept)
        return files, len(found) - len(kept)
    elif source.is_file():
        sent = incoming(source.name, source.read_bytes(), most_bytes=4_000_000_000)
        return sent, sent.left_out
    else:
        raise no_such_file(source)


def no_such_file(source: Path) -> RequestError:
    return RequestError(
        Text(ko=f"'{source}'이(가) 없습니다.", en=f"There is no '{source}'."),
        Text(ko="경로를 확인하십시오.", en="Check the path."),
        code="request.source",
    )


def _is_uuid(text: str) -> bool:
    from uuid import UUID

    try:
        UUID(text)
    except ValueError:
        return False
    return True
