"""`pandok lab problems …`: the shipped packs, what is in a pack, and bringing one in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pandok.cli.terminal import console, error_console, language, progress, say, start_django
from pandok.core.errors import RequestError
from pandok.core.shown_letters import shown_letters
from pandok.core.text import Text

if TYPE_CHECKING:
    from pandok.fields.lab.acts.packs.pack import Pack

app = typer.Typer(help="과제 묶음 · Problems as packs.", no_args_is_help=True)


@app.command("show")
def show(
    pack: Annotated[Path, typer.Argument(help="과제 묶음의 폴더나 zip · Folder or zip of a pack.")],
    public: Annotated[bool, typer.Option("--public", help="공개 부분만 있는 묶음 · The public part only.")] = False,
) -> None:
    """묶음을 점검해 보이고, 고칠 곳은 모두 줄까지 알립니다 · Check and show a pack, every fault with its line."""
    from pandok.fields.lab.acts.packs.pack_faults import PackRefused
    from pandok.fields.lab.cli.command_files import pack_at

    try:
        opened = pack_at(pack, whole=not public)
    except PackRefused as refused:
        for fault in refused.faults:
            typer.echo(shown_letters(fault.said(language())), err=True)
        raise
    print_pack(opened, with_power=not public)


@app.command("import")
def bring_in(
    pack: Annotated[Path, typer.Argument(help="과제 묶음의 폴더나 zip · Folder or zip of a pack.")],
    by: Annotated[str, typer.Option("--by", help="현업 책임자 계정 · The field owner's account.")],
    deposit: Annotated[str, typer.Option("--deposit", help="기탁 번호 · Id of the deposit it belongs to.")],
    project: Annotated[str, typer.Option("--project", help="프로젝트 이름 · Name of the project.")],
    reason: Annotated[str, typer.Option("--reason", help="사유 · Why.")],
) -> None:
    """과제를 들여와 봉인합니다 · Import a problem and seal its parts."""
    from datetime import UTC, datetime

    from pandok.fields.lab.cli.command_files import pack_at

    opened = pack_at(pack, whole=True)
    start_django()
    from django.core.exceptions import ValidationError

    from pandok.common.models import Account
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.lab.acts.packs.importing import import_pack
    from pandok.fields.lab.acts.vault.site_vault import site_vault
    from pandok.fields.lab.acts.vault.uploads import left_out_words
    from pandok.fields.lab.models import Deposit, LabProject
    from pandok.settings import settings

    account = Account.objects.filter(username=by, is_active=True).first()
    try:
        kept = Deposit.objects.filter(pk=deposit).first()
    except ValidationError:
        kept = None
    granted = LabProject.objects.filter(name=project).first()
    if account is None or kept is None or granted is None:
        raise RequestError(
            Text(ko="계정, 기탁, 프로젝트 가운데 없는 것이 있습니다.", en="Account, deposit or project is unknown."),
            Text(ko="실증랩 화면의 금고에서 확인하십시오.", en="Look them up in the lab's vault pages."),
            code="request.unknown",
        )
    home = settings().home
    with progress(Text(ko="봉인", en="Sealing")) as moved:
        made = import_pack(
            pack=opened,
            deposit=kept,
            project=granted,
            actor=account,
            reason=reason,
            now=datetime.now(UTC),
            vault=site_vault(home),
            blobs=FolderBlobs(home / "blobs"),
            progress=moved,
        )
    typer.echo(f"{made.problem_id} {made.version} {made.root}")
    if opened.files.left_out:
        error_console().print(say(left_out_words(opened.files.left_out)))


def site_rows(language: str) -> list[tuple[str, ...]]:
    start_django()
    from pandok.fields.lab.models import ProblemPack

    rows: list[tuple[str, ...]] = []
    for kept in ProblemPack.objects.all():
        locked = kept.locked
        words = locked.sha256[:12] if locked else "–"
        rows.append((kept.problem_id, str(kept.version), kept.problem.title.in_language(language), "site", words))
    return rows


def print_pack(pack: Pack, *, with_power: bool) -> None:
    from collections import Counter

    from pandok.fields.lab.acts.packs.power import power_picture

    screen, lang, problem = console(), language(), pack.problem
    screen.print(f"{problem.title.in_language(lang)}  ({problem.id} {problem.version})", style="bold", markup=False)
    screen.print(problem.question.in_language(lang), markup=False)
    screen.print(f"· {problem.practice.what.in_language(lang)}", markup=False)
    for endpoint in problem.endpoints:
        margin = f" Δ {endpoint.margin}" if endpoint.margin else ""
        screen.print(f"· {endpoint.metric} {endpoint.aim}{margin}", markup=False)
    screen.print(f"· {problem.margin_reason.in_language(lang)}", markup=False)
    counts = Counter(f"{one.part} {one.role}" for one in pack.cases.values())
    screen.print("· " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items())), markup=False)
    picture = power_picture(pack) if with_power else None
    if picture is None:
        return
    from rich.table import Table

    table = Table("차이 difference", "엇갈림 discordant", f"n={picture.n}", f"clusters={picture.clusters or '–'}")
    for line in picture.lines:
        discordant = f"{line.discordant:.0%}" if line.discordant is not None else "–"
        clusters = f"{line.clusters:.0%}" if line.clusters is not None else "–"
        table.add_row(f"{line.difference:+.2f}", discordant, f"{line.cases:.0%}", clusters)
    screen.print(table)
