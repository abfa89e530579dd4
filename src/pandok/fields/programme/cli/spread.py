"""`pandok programme hand-over`, `check-hand-over`: a package for other sites, made and checked."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, say, start_django
from pandok.core.text import Text


def hand_over(
    number: Annotated[str, typer.Argument(help="협약 번호 · Number of the agreement.")],
    proof: Annotated[str, typer.Option("--proof", help="입증서 번호 · Number of the proof.")],
    sheet: Annotated[Path, typer.Option("--sheet", help="운영서 JSON · Operating sheet as JSON.")],
    out: Annotated[Path, typer.Option("--out", help="만들 묶음 · Package to write.")],
    by: Annotated[str, typer.Option("--by", help="책임지는 계정 · Account that answers for it.")],
    reader: Annotated[
        Path | None, typer.Option("--reader", help="입증한 모델 파일 · File of the model that was proven.")
    ] = None,
) -> None:
    """인계 묶음을 만듭니다 · Make a hand-over of a measured agreement and a proof, signed by this site."""
    start_django()
    from pandok.common import house
    from pandok.common.cli.account_named import account_named
    from pandok.engines.proof_pack.site_key import site_signing_key
    from pandok.fields.lab.cli.command_files import read_bytes
    from pandok.fields.programme.acts.spread.making import make_hand_over
    from pandok.fields.programme.agreement_refusals import refusal
    from pandok.fields.programme.models import Agreement
    from pandok.fields.programme.spread_refusals import refusal as spread_refusal
    from pandok.settings import settings

    found = Agreement.objects.filter(number=number).first()
    if found is None:
        raise refusal("not_there")
    try:
        said = json.loads(read_bytes(sheet))
    except (ValueError, RecursionError) as error:
        raise spread_refusal("bad_sheet") from error
    made = make_hand_over(
        found.pk,
        proof_number=proof,
        sheet=said if isinstance(said, dict) else {},
        reader=read_bytes(reader) if reader else b"",
        site=settings().site_name,
        key=site_signing_key(settings().home),
        blobs=house.blobs(),
        actor=account_named(by),
        now=datetime.now(UTC),
    )
    out.write_bytes(house.blobs().get(made.package))
    console().print(f"{made.number}\t{made.package}\t{out}", soft_wrap=True, markup=False)


def check_hand_over(
    package: Annotated[Path, typer.Argument(help="hand-over.zip")],
    key: Annotated[list[Path], typer.Option("--key", help="만든 기관의 공개키 파일 · Public key file of the site.")],
) -> None:
    """인계 묶음을 오프라인으로 확인합니다 · Check a hand-over with nothing but the file and public keys."""
    from pandok.engines.hand_over.package import unpacked
    from pandok.engines.proof_pack.keys import read_keys
    from pandok.fields.lab.cli.command_files import key_bytes, read_bytes

    keys = [public for path in key for public in read_keys(key_bytes(path))]
    found = unpacked(read_bytes(package), keys)
    said = found.statement
    console().print(f"{said.number} · {said.title} · {said.site}", soft_wrap=True, markup=False)
    for one in said.kpis:
        value = "-" if one.value is None else f"{one.value:.4g} {one.unit}"
        console().print(f"{one.key}\t{value}\t{one.verdict}", soft_wrap=True, markup=False)
    whole = Text(
        ko=f"묶음이 온전합니다. 입증서 {said.proof.number}는 `pandok proof verify`로 따로 확인하십시오.",
        en=f"The package holds. Check proof {said.proof.number} by itself with `pandok proof verify`.",
    )
    console().print(say(whole), style="green", soft_wrap=True, markup=False)
