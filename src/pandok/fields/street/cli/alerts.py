"""`pandok street alerts`: what is wrong now, worst first."""

from __future__ import annotations

from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, say, start_django
from pandok.core.text import Text


def alerts(
    in_json: Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")] = False,
) -> None:
    """진행 중인 경보를 심한 것부터 보입니다 · Open alerts, worst first."""
    start_django()
    from pandok.fields.street.lists.now import open_alerts
    from pandok.fields.street.readers_in_words import LEVELS, reader_words

    rows = list(open_alerts())
    if in_json:
        print_json(
            [
                {
                    "id": one.pk,
                    "pole": one.pole.key if one.pole else None,
                    "feeder": one.feeder,
                    "reader": one.reader,
                    "level": one.level,
                    "case_level": one.case_level,
                    "state": one.state,
                    "onset_at": one.onset_at.isoformat(),
                    "reason": {"ko": one.reason_ko, "en": one.reason_en},
                }
                for one in rows
            ]
        )
        return
    for one in rows:
        where = one.pole.key if one.pole else one.feeder
        why = say(Text(ko=one.reason_ko, en=one.reason_en))
        said = (
            f"{say(LEVELS[one.case_level])}\t{say(reader_words(one.reader))}\t{where}\t{say(one.stands.words)}\t{why}"
        )
        console().print(said, markup=False, soft_wrap=True)
    if not rows:
        console().print(say(Text(ko="진행 중인 경보가 없습니다.", en="No alert is open.")))
