"""`pandok street register-replay`, `read-replay`, `prove-replay`: a stored period as evidence for a reader, in three
steps by different people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, print_json, say, start_django
from pandok.core.text import Text

MOST_BYTES = 65_536
By = Annotated[str, typer.Option("--by", help="계정 · Account of the person who does it.")]


def register_replay(
    plan: Annotated[Path, typer.Argument(help="계획 JSON · The plan as JSON.", exists=True, dir_okay=False)],
    by: By,
) -> None:
    """물음을 먼저 잠급니다 · Lock the question before the stored period is read for it."""
    start_django()
    import json
    from datetime import UTC, datetime

    from pandok.common.cli.account_named import account_named
    from pandok.fields.street.acts.keeping_history import history_folder
    from pandok.fields.street.refusals import refusal
    from pandok.fields.street.replay import registered
    from pandok.settings import settings

    try:
        with plan.open("rb") as opened:
            values = json.loads(opened.read(MOST_BYTES))
    except (ValueError, RecursionError) as error:
        raise refusal("bad_plan") from error
    made = registered.register_replay(
        registered.plan_from(values),
        folder=history_folder(settings().home),
        site=settings().site_name,
        actor=account_named(by),
        now=datetime.now(UTC),
    )
    told = Text(
        ko=f"재생 등록 {made.pk}번, sha256 {made.sha256}", en=f"Registered replay {made.pk}, sha256 {made.sha256}"
    )
    console().print(say(told), soft_wrap=True)


def read_replay(number: Annotated[int, typer.Argument(help="등록 번호 · Number of the registration.")], by: By) -> None:
    """등록한 물음에 저장된 기간을 한 번 재생합니다 · Read the stored period for a registered question, once."""
    start_django()
    from datetime import UTC, datetime
    from time import perf_counter

    from pandok.common.cli.account_named import account_named
    from pandok.fields.street.acts.keeping_history import history_folder
    from pandok.fields.street.hazards_of_site import shipped_flood_model
    from pandok.fields.street.replay.registered import read_registered
    from pandok.settings import settings

    kept = read_registered(
        number,
        folder=history_folder(settings().home),
        flood=shipped_flood_model(),
        lateness_s=settings().street_lateness_s,
        actor=account_named(by),
        now=datetime.now(UTC),
        clock=perf_counter,
    )
    print_json(kept.result)
    said = Text(ko=f"재생 실험 {kept.pk}번, sha256 {kept.sha256}", en=f"Replay {kept.pk}, sha256 {kept.sha256}")
    console().print(say(said), soft_wrap=True)


def prove_replay(
    number: Annotated[int, typer.Argument(help="재생 번호 · Number of the replay.")],
    by: By,
    out: Annotated[Path | None, typer.Option("--out", help="입증서 파일 · Write proof.zip here as well.")] = None,
) -> None:
    """재생 결과를 입증서로 만듭니다 · Make a proof of a registered replay, as an evaluator who took no part in it."""
    start_django()
    from datetime import UTC, datetime

    from pandok.common import house
    from pandok.common.cli.account_named import account_named
    from pandok.engines.files.durable import write_durably
    from pandok.engines.proof_pack.site_key import site_signing_key
    from pandok.fields.street.replay import proven
    from pandok.settings import settings

    made = proven.prove_replay(
        number,
        actor=account_named(by),
        now=datetime.now(UTC),
        key=site_signing_key(settings().home),
        blobs=house.blobs(),
        valid_days=settings().lab_proof_days,
    )
    if out is not None:
        write_durably(out, house.blobs().get(made.pack_sha256), overwrite=True)
    told = Text(ko=f"입증서 {made.number}: {made.verdict}", en=f"Proof {made.number}: {made.verdict}")
    console().print(say(told), soft_wrap=True)
