"""Question: how soon after the deciding key does the next scan stand on the reader's screen, preview and all 16 bits?

    python -m benchmarks.xray_desk --scans 20 --out benchmarks/results/xray_desk.json

A reader at the desk of `pandok serve` on this machine, with records, audit trail and sessions in SQLite: scans of 800
rows and 1,000 columns, dual energy with material index, noise in every pixel. Chromium with software GL. Counted from
the key that decides on one scan: `preview_ms` until the browser says that the preview of the next one was painted,
`exact_ms` until its exact image was drawn and one of its pixels read back from the card. The decision is recorded and
audited within that time, the next scan given, and its page made. Before each key the reader looks as long as it takes
to fetch the next scan ahead (`ahead_ms`, from the exact image on). `without_ahead`: the same keys in a browser that
fetches nothing ahead, as over plain http. The server's start is over before that. How busy the
machine was with other work stands beside it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result
from benchmarks.xray_import import ready
from benchmarks.xray_viewer import COLUMNS, GOALS_MS, ROWS, SOFTWARE_GL, busy, scan, spread

WARM = 2
STARTED = 0.1
"""Share of the cores below which nothing of the start is going on any more; waited for at most a minute."""
PASSWORD = "open sesame 27"
LISTEN = """
window.desk = { key: 0, found: {} };
addEventListener("keydown", (event) => { window.desk = { key: event.timeStamp, found: {} }; }, true);
document.addEventListener("xray:ahead", () => { desk.fetched = true; });
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    const at = one.renderTime || one.loadTime;
    if (at > desk.key) desk.found.preview_ms ??= at - desk.key;
  }
}).observe({ type: "element", buffered: true });
document.addEventListener("xray:exact", (event) => {
  const { gl } = event.target.viewer.active.painter;
  gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  desk.found.exact_ms = performance.now() - desk.key;
  desk.found.card = Boolean(gl);
});
"""
NO_SEALS = "Object.defineProperty(crypto, 'subtle', { value: undefined });"
FETCHED = "() => desk.fetched"


def fill(home: Path, scans: int, seed: int) -> None:
    """Scans that wait, and one reader."""
    ready(home)
    from datetime import UTC, datetime

    from django.contrib.auth.models import Group

    from pandok.common.models import Account
    from pandok.common.people.accounts import ensure_role_groups
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.xray.acts.beginning import Shares
    from pandok.fields.xray.acts.importing import begin_with
    from pandok.fields.xray.acts.keeping import store_scan
    from pandok.fields.xray.acts.machines import DEFAULT
    from pandok.fields.xray.declaration import Declaration
    from pandok.readers.xray.formats.reading import NamedBytes
    from pandok.readers.xray.physics.spectra import shipped
    from pandok.readers.xray.standard import StandardScan

    ensure_role_groups()
    reader = Account.objects.create_user("reader", password=PASSWORD)
    reader.groups.add(Group.objects.get(name="scan-reader"))
    blobs, now = FolderBlobs(home / "blobs"), datetime.now(UTC)
    for number in range(scans):
        made = StandardScan((scan(seed + number),), format="computed")
        stored = store_scan(made, [NamedBytes("scan", str(number).encode())], blobs, shipped(DEFAULT))
        begin_with(
            stored,
            declaration=Declaration(goods="오렌지", hs_code="0805"),
            site=None,
            actor=None,
            now=now,
            shares=Shares(0.2, 0.0),
            chance=lambda: 0.5,
            from_generator=True,
        )


@contextmanager
def served(home: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PANDOK_HOME": str(home), "PANDOK_TWO_STEP": "off"}
    program = str(Path(sys.executable).with_name("pandok"))
    server = subprocess.Popen([program, "serve", "--port", str(port)], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/sign-in/", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()


def session(browser: Any, address: str, scans: int, *, ahead: bool) -> list[dict[str, float]]:
    """One reader's scans after each other, the first of them not counted."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address).new_page()
    page.add_init_script(LISTEN if ahead else NO_SEALS + LISTEN)
    page.goto("/sign-in/?next=/xray/")
    page.fill("#id_username", "reader")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/xray/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/xray/read/**")
    found = []
    for _ in range(scans + WARM):
        page.wait_for_function("() => desk.found.exact_ms", timeout=60_000)
        looked = time.perf_counter()
        if ahead:
            page.wait_for_function(FETCHED, timeout=60_000)
        looked = time.perf_counter() - looked
        page.keyboard.press("Space")
        page.wait_for_function("() => desk.found.exact_ms && desk.found.preview_ms", timeout=60_000)
        told = dict(page.evaluate("desk.found"))
        if not told.pop("card"):
            raise SystemExit("no software GL in this browser")
        found.append({**told, "ahead_ms": 1000 * looked})
    page.context.close()
    return found[WARM:]


def settled() -> dict[str, float]:
    """How busy the machine is with other work, once the server's workers have done what a start asks of them."""
    others, tries = busy(3.0), 19
    while others["all"] >= STARTED and tries:
        others, tries = busy(3.0), tries - 1
    return others


def measured(scans: int, seed: int) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        fill(home, 2 * (scans + WARM) + 4, seed)
        with served(home) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SOFTWARE_GL)
            version = browser.version
            others, load = settled(), os.getloadavg()
            rounds = {
                "next": session(browser, address, scans, ahead=True),
                "without_ahead": session(browser, address, scans, ahead=False),
            }
            browser.close()
    times = {kind: {name: spread([one[name] for one in found]) for name in found[0]} for kind, found in rounds.items()}
    return {
        "scans": scans,
        "image": {"rows": ROWS, "columns": COLUMNS, "planes": ["low", "high", "material"]},
        "browser": f"Chromium {version}, software GL (SwiftShader)",
        "goals_ms": GOALS_MS,
        "reached": {
            kind: {name: found[name]["p95"] <= goal for name, goal in GOALS_MS.items()} for kind, found in times.items()
        },
        "times": times,
        "other_work": {
            "share_of_cores_before": others,
            "load_average_before": [round(one, 2) for one in load],
            "load_average_after": [round(one, 2) for one in os.getloadavg()],
        },
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--scans", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=11)
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    result = measured(given.scans, given.seed)
    if given.out:
        question = "How soon after the deciding key does the next scan stand on the reader's screen?"
        write_result(given.out, question, given.seed, result)
    for kind, found in result["times"].items():
        for name, values in found.items():
            print(f"{kind} {name}: median {values['median']}, p95 {values['p95']}, least {values['least']}")
    print(result["other_work"])


if __name__ == "__main__":
    main()
