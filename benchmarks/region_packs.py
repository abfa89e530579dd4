"""Question: what does a simple model come to on the packs of the regions' fields, carried through the lab?

    PANDOK_SHARED=../shared python -m benchmarks.region_packs --out benchmarks/results/region_packs.json

Each pack is built, sealed and locked in a home that is thrown away; the model is fitted on the public part alone,
handed in, run in the sandbox on the feedback part, released by two, then run once on the confirm part. What comes out
is written down as it is. Models and penalties were written down before a sealed part was looked at, and not changed
after. One rule of practice was: that of `inspection-choice` got the capacity of each part, because with one limit for
all parts it opened more than five in a hundred. `carried_s`: wall time of the whole way.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result

QUESTION = "What does a simple model come to on the packs of the regions' fields?"


def measured(home: Path) -> dict[str, Any]:
    from pandok.cli.terminal import start_django

    start_django()
    from datetime import UTC, datetime

    from pandok.common.people.accounts import DEMO_PREFIX, ensure_demo_accounts
    from pandok.demo.cli.problems import build_pack
    from pandok.demo.field_examples import carried
    from pandok.demo.lab_people import open_way
    from pandok.demo.packs.region_fields import FIELD_PACKS
    from pandok.fields.lab.models import ComparisonRecord

    ensure_demo_accounts(datetime.now(UTC))
    way = open_way(DEMO_PREFIX, site="Pandok, development", reason="benchmarks/region_packs.py")
    found = {}
    for field in FIELD_PACKS:
        began = time.perf_counter()
        pack = build_pack(field.pack_id, home / field.pack_id)
        run = carried(way, field, pack, home)
        record = ComparisonRecord.objects.filter(run=run).first()
        if record is None:
            raise SystemExit(f"{field.pack_id}: no comparison, the run is {run.state}")
        comparison = record.comparison
        found[field.pack_id] = {
            "field": field.topic.value,
            "verdict": comparison.verdict,
            "cases": comparison.reached,
            "sandbox_level": comparison.measured.sandbox_level if comparison.measured else None,
            "model_sha256": hashlib.sha256(field.fit(pack).model).hexdigest(),
            "endpoints": [
                {
                    "metric": one.metric.value,
                    "aim": one.aim.value,
                    "margin": one.margin,
                    "model": round(one.model.value, 6),
                    "practice": round(one.practice.value, 6),
                    "difference": round(one.difference, 6),
                    "interval": [round(bound, 6) for bound in one.interval],
                }
                for one in comparison.endpoints
            ],
            "carried_s": round(time.perf_counter() - began, 1),
        }
    return {"packs": found}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/region_packs.json"))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pandok-region-packs-") as home:
        os.environ |= {"PANDOK_HOME": home, "PANDOK_SITE_NAME": "Pandok, development"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pandok.web.django_settings")
        write_result(chosen.out, QUESTION, 20261201, measured(Path(home)))


if __name__ == "__main__":
    main()
