"""`pandok lab vault trained`: a model was made of deposited data, outside; who asks about a record learns of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, say, start_django
from pandok.common.cli.account_named import account_named
from pandok.core.text import Text, counted
from pandok.fields.lab.cli.vault import deposit_of, no_such_file


def trained(
    deposit_id: Annotated[str, typer.Argument(help="기탁 번호 · Id of the deposit.")],
    model: Annotated[Path, typer.Argument(help="모델 파일 · The file of the model.")],
    tool: Annotated[str, typer.Option("--tool", help="학습에 쓴 도구 · What trained it.")],
    by: Annotated[str, typer.Option("--by", help="데이터 관리자 계정 · The data steward's account.")],
    kind: Annotated[str, typer.Option("--kind", help="쓴 자료의 단계; 없으면 모두 · Of which kind; else all.")] = "",
) -> None:
    """이 기탁의 자료로 모델을 만들었음을 기록합니다 · Note that a model was made of a deposit's data."""
    start_django()
    import hashlib
    from datetime import UTC, datetime

    from pandok.fields.lab.acts.vault.lineage import model_made_from

    found = deposit_of(deposit_id)
    if not model.is_file():
        raise no_such_file(model)
    kept = found.contents.filter(deleted_at=None)
    objects = list(kept.filter(kind=kind) if kind else kept)
    with model.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    model_made_from(
        objects=objects,
        model_sha256=sha256,
        step="train",
        tool=tool,
        actor=account_named(by),
        now=datetime.now(UTC),
    )
    done = Text(
        ko=f"자료 {len(objects)}개로 만든 모델 {sha256[:12]}을(를) 기록했습니다.",
        en=f"Noted: model {sha256[:12]} was made of {counted(len(objects), 'object')}.",
    )
    console().print(say(done), style="green", markup=False)
