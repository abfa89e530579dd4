"""Question: how much does a phone load, and how long is it until the first reading, on a slow network?

    python -m benchmarks.phone_profile http://127.0.0.1:8000 --user demo-officer --password … --photograph goods.jpg

A real Chromium against a running server, in the size of a phone, with the network and processor of a slow one: 1.6
Mbit/s down, .75 Mbit/s up, 150 ms of delay (Lighthouse's "slow 4G"), processor four times slower. Counted are bytes
over the wire of a first visit (empty cache, sign-in page and capture page together) and of later ones, the time until
the capture page has taken the camera over, and from pressing to the reading on the screen. What a service worker loads
in the background is not counted by the page.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result

DOWN_BIT_PER_S, UP_BIT_PER_S, DELAY_MS, SLOWER = 1_600_000, 750_000, 150, 4


def measure(address: str, user: str, password: str, photograph: Path, rounds: int) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True)
        page = context.new_page()
        page.set_default_timeout(120_000)
        tools, received = context.new_cdp_session(page), [0]

        def count(event: dict[str, Any]) -> None:
            received[0] += event["encodedDataLength"]

        tools.on("Network.loadingFinished", count)
        tools.send("Network.enable")
        tools.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": DELAY_MS,
                "downloadThroughput": DOWN_BIT_PER_S / 8,
                "uploadThroughput": UP_BIT_PER_S / 8,
            },
        )
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        started = time.perf_counter()
        page.goto(f"{address.rstrip('/')}/sign-in/", wait_until="commit")
        page.wait_for_selector("#id_username")
        first = {"sign_in_page_s": round(time.perf_counter() - started, 2)}
        page.wait_for_load_state("networkidle")
        page.fill("#id_username", user)
        page.fill("#id_password", password)
        visits, readings = [], []
        for number in range(rounds):
            started = time.perf_counter()
            if number:
                received[0] = 0
                page.goto(address, wait_until="commit")
            else:
                page.press("#id_password", "Enter")
            # Started: the page's script has taken the form over, so that the camera's picture is shown at once.
            page.wait_for_selector("#capture[data-started]")
            ready = time.perf_counter() - started
            page.wait_for_load_state("networkidle")
            visits.append({"bytes": round(received[0]), "capture_ready_s": round(ready, 2)})
            page.set_input_files("input[capture]", str(photograph))
            page.wait_for_selector(".thumb:nth-child(1) img")
            started = time.perf_counter()
            page.click("#read")
            page.wait_for_selector(".verdict")
            readings.append(round(time.perf_counter() - started, 2))
        browser.close()
    return {"first_visit": {**first, **visits[0]}, "later_visits": visits[1:], "pressed_to_reading_s": readings}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("--user", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--photograph", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    measured = {
        "network": {"down_bit_per_s": DOWN_BIT_PER_S, "up_bit_per_s": UP_BIT_PER_S, "delay_ms": DELAY_MS},
        "processor_slower_times": SLOWER,
        **measure(options.address, options.user, options.password, options.photograph, options.rounds),
    }
    print(json.dumps(measured, indent=1))
    if options.out:
        write_result(options.out, __doc__.splitlines()[0].removeprefix("Question: "), 0, measured)


if __name__ == "__main__":
    main()
