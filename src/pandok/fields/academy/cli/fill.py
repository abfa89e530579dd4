"""`pandok academy fill`: a bank of computed pictures."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, progress, say, start_django
from pandok.core.text import Text

FILLING = Text(ko="학습 영상 만들기", en="Making pictures")


def fill(
    pictures: Annotated[int, typer.Option("--pictures", min=1, max=20_000, help="모두 몇 장 · How many in all.")],
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="같은 값은 같은 영상 · Same, same.")] = 1,
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """학습·시험용 계산 영상을 채웁니다 · Fill the bank with computed pictures; goes on where it was cut off."""
    start_django()
    from pandok.common import house
    from pandok.fields.academy.acts.bank.filling import fill as fill_bank

    begin = time.process_time()
    with progress(FILLING) as moved:
        found = fill_bank(
            pictures=pictures,
            seed=seed,
            actor=None,
            blobs=house.blobs(),
            clock=lambda: datetime.now(UTC),
            progress=moved,
        )
    taken = time.process_time() - begin
    each = taken / found.added if found.added else 0.0
    if in_json:
        print_json(
            {
                "pictures": found.there,
                "added": found.added,
                "refused": found.refused,
                "processor_s_a_picture": round(each, 3),
            }
        )
        return
    said = Text(
        ko=f"영상 {found.there}장(이번에 {found.added}장, 둘 자리 없던 가방 {found.refused}개), 장당 {each:.2f} CPU초",
        en=f"Pictures: {found.there} (now {found.added}); bags without a place: {found.refused}; {each:.2f} CPU s each",
    )
    console().print(say(said), markup=False)
