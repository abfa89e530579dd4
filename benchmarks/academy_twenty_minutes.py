"""Question: does a sitting of twenty minutes run by keyboard alone to its end, and what does the trainee see then?

    make demo SERVE=0
    python -m benchmarks.academy_twenty_minutes --home .pandok --reader demo-trainee:PASSWORD:ko \\
        --reader demo-scan-reader:PASSWORD:en --out benchmarks/results/academy_twenty_minutes.json

A real `pandok serve` on the home of the demonstration (the passwords are those that it printed), and a Chromium for
each reader and language, all at once and in real time: nothing but keys after signing in. The answers are drawn, as by
a person of `ABILITY`, from what the records say of the picture (the model of pandok.proof.ability.answers); a look
takes `LOOK_S`, one picture in twenty is left until its time is over, one pause is made. Told: how long it went, how
many pictures, what the pages said in the end, and whether every key is in the records. The sittings stay in that home.
No figure says anything about people.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import shutil
import sqlite3
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result
from benchmarks.xray_desk import served
from benchmarks.xray_viewer import SOFTWARE_GL, spread

SEED, ABILITY, CRITERION = 13, 0.6, 0.2
LOOK_S, FEEDBACK_S, SURE_S, PAUSE_S = (3.0, 9.0), (1.5, 5.0), (0.5, 1.5), 20.0
LEFT, PAUSED_AT = 0.05, 10
EXACT = "() => [...document.querySelectorAll('.xv-pane')].every(one => ['gl', 'flat'].includes(one.dataset.exact))"
WHERE = """() => document.querySelector('[data-left-ms]') ? 'picture' : document.querySelector('[name=confidence]')
  ? 'confidence' : document.querySelector('#next-picture') ? 'between' : document.querySelector('#go-on')
  ? 'paused' : location.pathname.includes('/result') ? 'result' : ''"""
LONGEST_S = 3600.0


def picture_of(home: Path, sitting: str) -> tuple[bool, float, float, float]:
    """What the records say of the picture that is shown: threat, slope, difficulty, innocence."""
    with sqlite3.connect(f"file:{home / 'pandok.db'}?mode=ro", uri=True) as database:
        row = database.execute(
            "select p.threat, p.slope, p.difficulty, p.innocence from academy_shown s"
            " join academy_picture p on p.id = s.picture_id where s.sitting_id = ?",
            [sitting],
        ).fetchone()
    return bool(row[0]), *map(float, row[1:])


def stops(found: tuple[bool, float, float, float], draw: random.Random) -> bool:
    threat, slope, difficulty, innocence = found
    logit = slope * (ABILITY - difficulty) + CRITERION if threat else CRITERION - innocence
    return draw.random() < 1 / (1 + math.exp(-logit))


def sitting_of(home: str, address: str, reader: str, seed: int) -> dict[str, Any]:
    """One reader, from the start page of the academy to the result. Gives what was seen."""
    from playwright.sync_api import sync_playwright

    name, password, language = reader.split(":")
    draw = random.Random(f"{seed}:{name}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SOFTWARE_GL)
        context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
        context.add_cookies([{"name": "pandok_language", "value": language, "url": address}])
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto("/sign-in/?next=/academy/")
        page.fill("#id_username", name)
        page.fill("#id_password", password)
        page.press("#id_password", "Enter")
        page.wait_for_url("**/academy/")
        began = time.monotonic()
        page.keyboard.press("Enter")
        page.wait_for_url("**/academy/sittings/**")
        sitting = page.url.rstrip("/").split("/")[-1].replace("-", "")
        keyed = {"stop": 0, "clear": 0, "left": 0, "confidence": 0, "pauses": 0}
        exact_s: list[float] = []
        while time.monotonic() - began < LONGEST_S:
            where = page.wait_for_function(WHERE).json_value()
            if where == "result":
                break
            if where == "paused":
                time.sleep(PAUSE_S)
                page.keyboard.press("Enter")
            elif where == "between":
                if sum(keyed[one] for one in ("stop", "clear")) == PAUSED_AT and not keyed["pauses"]:
                    keyed["pauses"] += 1
                    page.keyboard.press("z")
                else:
                    time.sleep(draw.uniform(*FEEDBACK_S))
                    page.keyboard.press("Enter")
            elif where == "confidence":
                time.sleep(draw.uniform(*SURE_S))
                keyed["confidence"] += 1
                page.keyboard.press(f"Digit{draw.randint(2, 5)}")
            elif draw.random() < LEFT:
                keyed["left"] += 1
                page.wait_for_selector("#answer-title", timeout=60_000)
                continue
            else:
                asked = time.monotonic()
                page.wait_for_function(EXACT)
                exact_s.append(time.monotonic() - asked)
                time.sleep(draw.uniform(*LOOK_S))
                stop = stops(picture_of(Path(home), sitting), draw)
                keyed["stop" if stop else "clear"] += 1
                for key in ("s", "ArrowLeft", "ArrowLeft", "Enter", "Enter") if stop else ("Space",):
                    page.keyboard.press(key)
            page.wait_for_function(f"before => ({WHERE})() !== before", arg=where, timeout=60_000)
        minutes = (time.monotonic() - began) / 60
        facts = dict(
            zip(page.locator(".facts dt").all_inner_texts(), page.locator(".facts dd").all_inner_texts(), strict=False)
        )
        repeat = page.locator("section:has(> #repeat-title) li").all_text_contents()
        heading = page.locator("h1").inner_text()
        page.goto("/academy/results/")
        results = page.locator("main").inner_text()
        browser.close()
    return {
        "language": language,
        "minutes": round(minutes, 2),
        "keyed": keyed,
        "exact_s": spread(exact_s),
        "page_errors": wrong,
        "heading": heading,
        "result_page": facts,
        "what_to_repeat": repeat,
        "lines_of_all_results": len(results.splitlines()),
        "sitting": sitting,
    }


def kept(home: Path, sitting: str) -> dict[str, Any]:
    with sqlite3.connect(f"file:{home / 'pandok.db'}?mode=ro", uri=True) as database:
        said = dict(
            database.execute(
                "select said, count(*) from academy_trialanswer where sitting_id = ? group by said", [sitting]
            )
        )
        sure = database.execute(
            "select count(*) from academy_trialanswer where sitting_id = ? and confidence is not null", [sitting]
        ).fetchone()[0]
        state, spent = database.execute("select state, spent_s from academy_sitting where id = ?", [sitting]).fetchone()
        hits, threats = database.execute(
            "select sum(said = 'stop'), count(*) from academy_trialanswer where sitting_id = ? and threat", [sitting]
        ).fetchone()
    return {
        "said": said,
        "with_confidence": sure,
        "state": state,
        "spent_minutes": round(spent / 60, 2),
        "hits": hits,
        "threats": threats,
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--home", type=Path, required=True)
    arguments.add_argument("--reader", action="append", required=True, help="NAME:PASSWORD:LANGUAGE")
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    home = given.home.resolve()
    with served(home) as address, ProcessPoolExecutor(len(given.reader)) as readers:
        asked = [readers.submit(sitting_of, str(home), address, one, given.seed) for one in given.reader]
        found = [one.result() for one in asked]
    for one in found:
        one["kept"] = kept(home, one.pop("sitting"))
        print(one)
    write_result(
        given.out,
        "Twenty minutes of training by keyboard alone, and what is seen at the end",
        given.seed,
        {"ability": ABILITY, "look_s": LOOK_S, "load_average_after": os.getloadavg(), "sittings": found},
    )


if __name__ == "__main__":
    main()
