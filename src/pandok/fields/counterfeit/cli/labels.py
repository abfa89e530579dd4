"""`pandok designs labels FOLDER`: closed cases as an evaluation folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pandok.cli.terminal import console, print_json, progress, say, start_django
from pandok.core.text import Text, counted

if TYPE_CHECKING:
    from datetime import date


def labels(
    folder: Annotated[Path, typer.Argument(help="새 폴더 · A new folder.")],
    since: Annotated[str, typer.Option(help="이 달부터(2026-01) · From this month on.")] = "",
    whole_register: Annotated[
        bool,
        typer.Option("--whole-register", help="등록부 전체를 담습니다 · All designs, not only those met."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """정답이 확인된 종결 사건을 평가 폴더로 냅니다 · Closed cases with known truth, as `evaluate` reads them."""
    month = _month(since)
    start_django()
    from datetime import UTC, datetime

    from pandok.core.terms.zone import OFFICE_ZONE
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.counterfeit.acts.learning.case_figures import follow_cases
    from pandok.fields.counterfeit.acts.learning.labels import export_folder
    from pandok.fields.counterfeit.acts.retention.policy import current_policy
    from pandok.settings import settings

    now = datetime.now(UTC)
    while follow_cases():
        pass
    with progress(Text(ko="등록 도면", en="Registered views")) as moved:
        done = export_folder(
            folder=folder,
            actor="command line",
            now=now,
            blobs=FolderBlobs(settings().home / "blobs"),
            policy=current_policy(now.astimezone(OFFICE_ZONE).date()),
            since=month,
            whole_register=whole_register,
            progress=moved,
        )
    if as_json:
        print_json(
            {"pairs": done.pairs, "designs": done.designs, "views": done.views, "left_out": done.left_out}, indent=None
        )
        return
    told = Text(
        ko=f"정답 {done.pairs}쌍, 디자인 {done.designs}건, 도면 {done.views}장을 담았습니다. "
        f"제외: {sum(done.left_out.values())}. 다음: pandok designs evaluate {folder}",
        en=f"{counted(done.pairs, 'pair')}, {counted(done.designs, 'design')}, {counted(done.views, 'view')}. Left "
        f"out: {sum(done.left_out.values())}. "
        f"Next: pandok designs evaluate {folder}",
    )
    console().print(say(told))


def _month(text: str) -> date | None:
    from datetime import date

    from pandok.core.errors import RequestError

    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise RequestError(
            Text(ko=f"--since {text[:20]}: 달이 아닙니다.", en=f"--since {text[:20]}: not a month."),
            Text(ko="2026-01처럼 적으십시오.", en="Write it like 2026-01."),
            code="request.month",
        ) from error
