"""`pandok xray compare`: containers that came in before enough empty ones were known."""

from __future__ import annotations

from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, progress, say, start_django
from pandok.core.text import Text, counted
from pandok.fields.xray.cli.empties import CARGO_SPECTRA
from pandok.fields.xray.cli.shown import site_of_code

COMPARING = Text(ko="컨테이너 비교", en="Comparing containers")


def compare(
    code: Annotated[str, typer.Option("--type", help="ISO 6346 형식 · Type after ISO 6346, as 22G1.")],
    site: Annotated[str, typer.Option("--site", help="세관 부호 · Code of the customs office.")] = "",
    spectrum: Annotated[
        str, typer.Option("--spectrum", help="장비 스펙트럼 이름 · Name of the machine's spectra.")
    ] = CARGO_SPECTRA,
    computed: Annotated[bool, typer.Option("--computed", help="계산 영상 · Computed scans.")] = False,
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """이미 가져온 컨테이너 영상을 빈 컨테이너와 비교합니다 · Compare containers that came in before."""
    start_django()
    from datetime import UTC, datetime

    from pandok.common import house
    from pandok.fields.xray.acts.structure.catching_up import compare_known
    from pandok.fields.xray.acts.structure.container_types import kind_named
    from pandok.fields.xray.lists.structure import BankKey
    from pandok.readers.xray.containers.comparing import LEAST_BANK

    key = BankKey(site_of_code(site), kind_named(code).code, spectrum, from_generator=computed)
    known = key.rows.count()
    with progress(COMPARING) as moved:
        done = compare_known(key, actor=None, blobs=house.blobs(), clock=lambda: datetime.now(UTC), progress=moved)
    if in_json:
        print_json({"empties": known, "compared": done.compared, "without_container": done.without})
    elif known < LEAST_BANK:
        said = Text(
            ko=f"빈 컨테이너 영상이 {known}건뿐입니다. {LEAST_BANK}건부터 비교합니다.",
            en=f"Empty containers known: {known:,}. Scans are compared from {LEAST_BANK} on.",
        )
        console().print(say(said), style="yellow")
    else:
        said = Text(
            ko=f"영상 {done.compared:,}건을 비교했습니다. 컨테이너를 찾지 못한 영상 {done.without:,}건.",
            en=f"{counted(done.compared, 'scan')} compared; {done.without:,} without a container to be seen.",
        )
        console().print(say(said), style="green")
    if known < LEAST_BANK:
        raise typer.Exit(1)
