"""`pandok street edge`: the readers on the pole itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer


def edge(
    key: Annotated[str, typer.Argument(help="등주 번호 · Key of the pole.")],
    spool: Annotated[Path, typer.Option("--spool", help="보관 파일 · File of the spool.")],
    sensors: Annotated[list[str], typer.Option("--sensor", help="감지기:항목 · SENSOR:PROPERTY, as level-1:depth_cm.")],
    broker: Annotated[str, typer.Option("--broker", help="중개기 · Address of the broker; none: on its own.")] = "",
    latitude: Annotated[float | None, typer.Option("--latitude", help="위도 · Latitude.")] = None,
    longitude: Annotated[float | None, typer.Option("--longitude", help="경도 · Longitude.")] = None,
    act: Annotated[
        str, typer.Option("--act", help="판단마다 실행할 프로그램 · Program run for each decision, JSON on its input.")
    ] = "",
    resend_s: Annotated[float, typer.Option("--resend", min=0.05, help="재전송(초) · Seconds to resend.")] = 2.0,
) -> None:
    """등주에서 직접 판독합니다 · Read on the pole itself: a reading a line on standard input, as JSON."""
    import json
    import queue
    import subprocess
    import sys
    import threading
    import time

    from pydantic import ValidationError

    from pandok.engines.broker.address import broker_address
    from pandok.engines.broker.client import BrokerClient
    from pandok.fields.street.edge import EdgePole
    from pandok.fields.street.hazards import PoleToRead
    from pandok.fields.street.hazards_of_site import hazards_of_site
    from pandok.fields.street.messages import MOST_READINGS, ReadingSent, topic_of
    from pandok.fields.street.pole_end import PoleEnd
    from pandok.fields.street.spool import PoleSpool

    def acted(said: dict[str, Any]) -> None:
        line = json.dumps(said, ensure_ascii=False)
        print(line, flush=True)
        if act:
            subprocess.run([act], input=line, text=True, check=False, timeout=30)

    measured = tuple(sorted((name, of) for name, _, of in (one.partition(":") for one in sensors)))
    kept = PoleSpool(spool)
    here = EdgePole(kept, hazards_of_site(PoleToRead(key, measured, latitude, longitude)), acted)
    here.act()
    client = BrokerClient(broker_address(broker), name="", topics=[topic_of(key, "ack")]) if broker else None
    end = PoleEnd(key, kept, client, resend_s=resend_s) if client else None
    if client:
        client.start()
    lines: queue.Queue[str | None] = queue.Queue(MOST_READINGS)
    threading.Thread(target=_lines, args=(sys.stdin, lines), daemon=True).start()
    is_open = True
    while is_open or (end is not None and kept.waiting(1)):
        batch: list[ReadingSent] = []
        try:
            while is_open and len(batch) < MOST_READINGS:
                line = lines.get(timeout=0.05 if not batch else 0)
                if line is None:
                    is_open = False
                    break
                try:
                    batch.append(ReadingSent.model_validate_json(line))
                except ValidationError:
                    print(f"not a reading: {line[:200]}", file=sys.stderr)
        except queue.Empty:
            pass
        if batch:
            here.measured(batch)
        if end is not None:
            end.turn(time.monotonic(), round(time.time() * 1000), wait_s=0.05)
    if client:
        client.stop()
    kept.close()


def _lines(source: Any, lines: Any) -> None:
    for line in source:
        if line.strip():
            lines.put(line)
    lines.put(None)
