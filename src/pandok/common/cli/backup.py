"""`pandok backup TARGET`, `pandok backup verify|list|prune`, `pandok restore SOURCE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from pandok.cli.terminal import console, error_console, progress, say, start_django
from pandok.core.errors import Unavailable
from pandok.core.text import Text, counted
from pandok.engines.backup.sealed_keys import wrong_passphrase

if TYPE_CHECKING:
    from pandok.engines.backup.manifest import Manifest
    from pandok.engines.backup.signature import Signer


class MakeUnlessNamed(TyperGroup):
    """`pandok backup FOLDER` is `pandok backup make FOLDER`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["make", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=MakeUnlessNamed,
    help="백업 · `pandok backup FOLDER` makes a backup of this site; it may run meanwhile.",
    no_args_is_help=True,
)
_TARGET = typer.Argument(help="백업을 두는 폴더 · Folder that holds the backups.")
_ID = typer.Argument(help="백업 번호; 없으면 최신 · Id of a backup; else the newest.")
_PASSPHRASE = typer.Option(
    "--passphrase-file",
    help="키를 봉인하는 암호문 파일; 없으면 키를 뺍니다 · File with a passphrase; without it keys are left out.",
)


@app.callback()
def before() -> None:
    """백업 · Backups of this site."""


@app.command("make")
def make(target: Annotated[Path, _TARGET], passphrase_file: Annotated[Path | None, _PASSPHRASE] = None) -> None:
    """이 사이트를 백업합니다. 업무 중에도 됩니다 · Back this site up; it may go on working."""
    passphrase = _passphrase(passphrase_file)
    start_django()
    from datetime import UTC, datetime

    from pandok.common.backup.making import make_backup
    from pandok.engines.backup.pool import BackupFolder
    from pandok.settings import settings
    from pandok.version import __version__

    chosen = settings()
    outside = tuple(Path(one).name for one in (chosen.vault_key, chosen.ledger_key) if one)
    with progress(Text(ko="백업", en="Backing up")) as moved:
        made = make_backup(
            home=settings().home,
            target=target,
            actor="command line",
            now=datetime.now(UTC),
            version=__version__,
            site=chosen.site_name,
            passphrase=passphrase,
            keys_outside=outside,
            progress=moved,
        )
    size = sum(one.bytes for one in (made.database, *made.files)) / 1e6
    files = counted(len(made.files), "file")
    done = Text(
        ko=f"백업 {made.id}: 파일 {len(made.files)}개, {size:.1f} MB, 감사 기록 {made.audit_sequence}번째까지.",
        en=f"Backup {made.id}: {files}, {size:.1f} MB, audit log up to entry {made.audit_sequence}.",
    )
    console().print(say(done), style="green")
    _say_signer(BackupFolder(target).signer(made.id), is_new=True)
    if made.keys == "left_out":
        left_out = Text(
            ko="키는 백업에 넣지 않았습니다. keys 폴더와 secret-key를 따로 보관하십시오."
            " 잃으면 금고의 자료를 다시 열 수 없습니다.",
            en="The keys are not in it. Keep the folder keys and the file secret-key elsewhere: without them the vault"
            " never opens again.",
        )
        error_console().print(say(left_out), style="yellow")
    for name in made.keys_outside:
        kept = Text(ko=f"키 파일 {name}은(는) 백업에 없습니다.", en=f"The key file {name} is not in the backup.")
        error_console().print(say(kept), style="yellow")


@app.command("verify")
def verify(target: Annotated[Path, _TARGET], backup_id: Annotated[str, _ID] = "") -> None:
    """백업을 모두 다시 읽어 봅니다 · Read a backup whole; exit code 1 where something is missing or changed."""
    from pandok.common.backup.copying import sqlite_fault
    from pandok.common.backup.postgresql import archive_fault
    from pandok.engines.backup.pool import BackupFolder

    folder = BackupFolder(target)
    manifest = folder.manifest(backup_id)
    _say_signer(folder.signer(manifest.id))
    wrong = []
    with progress(Text(ko="백업 점검", en="Checking the backup")) as moved:
        for number, (one, fault) in enumerate(folder.faults(manifest)):
            moved(number, len(manifest.files) + 1)
            if fault:
                wrong.append((one.path, fault))
    if not wrong:
        stored = folder.content(manifest.database)
        try:
            if manifest.store == "sqlite":
                fault = sqlite_fault(stored, manifest.audit_sequence, manifest.audit_hash)
            else:
                fault = archive_fault(stored)
        except Unavailable as missing:  # of its bytes none is changed
            error_console().print(say(missing.what), style="yellow")
            fault = ""
        wrong += [(manifest.database.path, fault)] if fault else []
    for path, fault in wrong:
        console().print(f"{fault}\t{path}", style="red")
    if wrong:
        broken = Text(
            ko=f"백업 {manifest.id}: {len(wrong)}건이 맞지 않습니다.",
            en=f"Backup {manifest.id}: {counted(len(wrong), 'fault')}.",
        )
        console().print(say(broken), style="bold red")
        raise typer.Exit(1)
    whole = Text(
        ko=f"백업 {manifest.id}이(가) 온전합니다: 파일 {len(manifest.files) + 1}개.",
        en=f"Backup {manifest.id} is whole: {counted(len(manifest.files) + 1, 'file')}.",
    )
    console().print(say(whole), style="green")


@app.command("list")
def list_backups(target: Annotated[Path, _TARGET]) -> None:
    """그 폴더의 백업을 보입니다 · The backups in a folder, oldest first."""
    from pandok.engines.backup.pool import BackupFolder

    folder = BackupFolder(target)
    for backup_id in folder.ids():
        one = folder.manifest(backup_id)
        console().print(f"{one.id}\t{one.version}\t{one.store}\t{len(one.files)}\t{one.keys}")


@app.command("prune")
def prune(
    target: Annotated[Path, _TARGET],
    keep: Annotated[int, typer.Option("--keep", min=1, help="남길 최신 백업 수 · How many of the newest stay.")],
) -> None:
    """오래된 백업을 지웁니다. 파기한 자료도 여기서 사라집니다 · Remove old backups, and what only they held."""
    from pandok.engines.backup.pool import BackupFolder

    backups, contents = BackupFolder(target).prune(keep)
    console().print(
        say(
            Text(
                ko=f"백업 {backups}개, 파일 {contents}개를 지웠습니다.",
                en=f"Removed {counted(backups, 'backup')}, {counted(contents, 'file')}.",
            )
        )
    )


def restore(
    source: Annotated[Path, _TARGET],
    backup_id: Annotated[str, _ID] = "",
    passphrase_file: Annotated[Path | None, _PASSPHRASE] = None,
    signed_by: Annotated[
        str, typer.Option(help="백업할 때 표시된 키 지문 · Fingerprint of the key that must have signed it.")
    ] = "",
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="서명 없는 예전 백업도 씁니다 · Take an older backup without signature.")
    ] = False,
) -> None:
    """백업을 빈 홈 폴더(PANDOK_HOME)에 되살립니다. 덮어쓰지 않습니다 · Bring a backup up in an empty home folder."""
    from pandok.settings import settings

    passphrase = _passphrase(passphrase_file)
    home = Path(settings().home)
    from pandok.common.backup.restoring import restore_files
    from pandok.engines.backup.pool import BackupFolder
    from pandok.web.database import database

    with progress(Text(ko="복원", en="Restoring")) as moved:
        manifest = restore_files(
            source=source,
            backup_id=backup_id,
            home=home,
            passphrase=passphrase,
            signed_by=signed_by,
            accept_unsigned=unsigned,
            database=database(settings().store, home) if settings().store else None,
            progress=moved,
        )
    _say_signer(BackupFolder(source).signer(manifest.id))
    has_keys = (home / "secret-key").exists() or bool(settings().secret_key)
    if has_keys:
        _note(manifest)
    done = Text(
        ko=f"백업 {manifest.id}을(를) {home.name}에 되살렸습니다."
        " `pandok audit verify`와 `pandok scrub`으로 확인하십시오.",
        en=f"Backup {manifest.id} stands in {home.name}. Check it with `pandok audit verify` and `pandok scrub`.",
    )
    console().print(say(done), style="green")
    if (home / "keys" / "proof-signing-key").exists():
        of_then = Text(
            ko="서명 키는 백업할 때의 것입니다. 그 뒤에 키를 바꾸었다면 `pandok proof change-key`로 다시 바꾸고 새"
            " 공개키를 다른 기관에 보내십시오.",
            en="The signing key is the one of the backup. If it was changed since, change it again with"
            " `pandok proof change-key` and send the new public key to other sites.",
        )
        error_console().print(say(of_then), style="yellow")
    if not has_keys:
        keys = Text(
            ko="키는 되살리지 않았습니다. 따로 보관한 keys 폴더와 secret-key를 넣은 뒤 시작하십시오.",
            en="No keys were restored: put the folder keys and the file secret-key in before you start.",
        )
        error_console().print(say(keys), style="yellow")


def _say_signer(signer: Signer | None, *, is_new: bool = False) -> None:
    if signer is None:
        unsigned = Text(
            ko="서명이 없는 백업입니다. 누가 만들었는지 확인할 수 없습니다.",
            en="The backup is not signed: nothing shows who made it.",
        )
        error_console().print(say(unsigned), style="bold yellow")
        return
    shown = " ".join(signer.fingerprint[at : at + 8] for at in range(0, 32, 8))
    keep = Text(
        ko="백업과 따로 적어 두십시오." if is_new else "따로 적어 둔 지문과 비교하십시오.",
        en="Keep this apart from the backup." if is_new else "Compare with the one you kept.",
    )
    whose = Text(
        ko=f"서명: {signer.site}, 키 지문 {shown}. {keep.ko}", en=f"Signed by {signer.site}, key {shown}. {keep.en}"
    )
    console().print(say(whose))


def _note(manifest: Manifest) -> None:
    """On the record of the site that was restored. Only with its own keys: else new ones would be made here."""
    start_django()
    from datetime import UTC, datetime

    from pandok.common.audit import writing as audit

    details = {"entries_then": manifest.audit_sequence, "keys": manifest.keys, "made_at": manifest.made_at.isoformat()}
    now = datetime.now(UTC)
    audit.tell("command line", "backup.restored", f"backup:{manifest.id}", "", now, details)


def _passphrase(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise wrong_passphrase(
            Text(ko=f"파일 '{path}'을(를) 읽을 수 없습니다.", en=f"The file '{path}' cannot be read."),
            Text(ko="경로를 확인하십시오.", en="Check the path."),
        ) from error
