"""A real browser on a real server: Debian's Chromium, without any network but this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group

from pandok.common.models import Account
from pandok.common.people.accounts import ensure_role_groups
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.register.models import Design, View
from pandok.web.held_answers import WATCH
from tests.browser.all_answered import wait_until_answered
from tests.chosen import Choose
from tests.fields.designs.fakes import NOON, VIEW_SIZE, FakeDesk, drawing, photograph, reading
from tests.roles import Role

# Playwright's synchronous driver keeps an event loop in this thread; the database is only used between its calls.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PASSWORD = "open sesame 27"
AXE = Path(__file__).parent / "vendor" / "axe-4.14.1.min.js"
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "manual" / "pictures"
SCREENS = {"phone": (390, 844), "desktop": (1280, 900)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def answered_before_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whoever opened a page, the fixture or a test itself: its requests are answered before the tables are emptied."""
    if "live_server" not in request.fixturenames:
        yield
        return
    server = request.getfixturevalue("live_server").thread
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()
    WATCH.closed = True  # answers that are held for a screen that is gone: as at the end of a server
    try:
        wait_until_answered((server.host, server.port))
    finally:
        WATCH.closed = False


@pytest.fixture(params=[("phone", "ko"), ("desktop", "en")], ids="-".join)
def setting(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Screen size and language; two of the four suffice for most pages."""
    screen, language = request.param
    return str(screen), str(language)


@pytest.fixture
def screen(setting: tuple[str, str]) -> str:
    return setting[0]


@pytest.fixture
def language(setting: tuple[str, str]) -> str:
    return setting[1]


@pytest.fixture
def page(browser: Any, live_server: Any, screen: str, language: str) -> Iterator[Any]:
    """A page of one screen size in one language, that fails the test on any error of the page or foreign request."""
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if screen == "phone" else 1,
        has_touch=screen == "phone",
        base_url=live_server.url,
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "pandok_language", "value": language, "url": live_server.url}])
    faults: list[str] = []
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda line: faults.append(f"{line.text} {line.location}") if "Content Security Policy" in line.text else None,
    )
    page.on("request", lambda request: faults.append(request.url) if _foreign(request.url, live_server.url) else None)
    yield page
    context.close()
    assert faults == []


def _foreign(url: str, home: str) -> bool:
    return not url.startswith((home, "blob:", "data:"))


@pytest.fixture
def desk(transactional_db: None, tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch) -> FakeDesk:  # noqa: ARG001
    choose(home=tmp_path)
    ensure_role_groups()
    officer = Account.objects.create_user("officer", password=PASSWORD)
    officer.groups.add(Group.objects.get(name=Role.OFFICER.value))
    blobs = FolderBlobs(tmp_path / "blobs")
    views = [blobs.put(drawing(wide)) for wide in (100, 92, 84, 76, 68)]
    for place, sha256 in enumerate(views):
        View.objects.create(
            design=Design.objects.create(design_id=f"30-{place:04d}"),
            name="front",
            sha256=sha256,
            media_type="image/png",
            width=VIEW_SIZE[0],
            height=VIEW_SIZE[1],
            added_at=NOON,
        )
    fake = FakeDesk(reading(views))
    monkeypatch.setattr("pandok.fields.designs.server_desk._desk", fake)
    return fake


@pytest.fixture
def keep_picture(screen: str, language: str) -> Callable[[Any, str], None]:
    """Picture of the whole page for the manual, where PANDOK_PICTURES=1; else into PANDOK_PICTURES as a folder."""
    wanted = os.environ.get("PANDOK_PICTURES", "")

    def keep(page: Any, name: str) -> None:
        if not wanted:
            return
        folder = PICTURES if wanted == "1" else Path(wanted)
        folder.mkdir(parents=True, exist_ok=True)
        # Pictures further down load when they are scrolled to.
        page.evaluate("document.querySelectorAll('img').forEach(one => one.loading = 'eager')")
        page.wait_for_load_state("networkidle")
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=folder / f"{name}-{screen}-{language}.png", full_page=screen == "desktop" or wanted != "1")

    return keep


def serious_findings(page: Any, context: dict[str, Any] | None = None) -> list[Any]:
    """What axe finds on a page, or in what `context` names of it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return [
        (one["id"], [node["html"][:200] for node in one["nodes"]])
        for one in page.evaluate(RUN_AXE, context)
        if one["impact"] in SERIOUS
    ]


SERIOUS = ("serious", "critical")
RUN_AXE = """async context => {
    const lesser = axe._audit.rules.filter(one => !['serious', 'critical'].includes(one.impact));
    const chosen = context ? JSON.stringify(context.include) : '';
    const found = await axe.run(context || document, {
        resultTypes: ['violations'],
        rules: Object.fromEntries(lesser.map(one => [one.id, {enabled: false}])),
        preload: chosen.includes('main') ? false : {assets: ['cssom']},
    });
    return found.violations.map(({id, impact, nodes}) => ({id, impact, nodes: nodes.map(({html}) => ({html}))}));
}"""
"""Rules of lesser impact, which are left out of the findings, are not asked, and no film is loaded for one of them.
Style sheets are read for a rule about the whole page alone."""


@pytest.fixture
def accessible() -> Callable[[Any], None]:
    def check(page: Any) -> None:
        assert serious_findings(page) == []
        assert page.evaluate(OVERLAPPING) == []

    return check


OVERLAPPING = """() => {
    const seen = [...document.querySelectorAll('.top a, .top button, .top summary')].filter(one => one.offsetParent);
    const boxes = seen.filter(one => !one.closest('.more-links')).map(one => [one, one.getBoundingClientRect()]);
    return boxes.flatMap(([one, a], place) => boxes.slice(place + 1).filter(([other, b]) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
    ).map(([other]) => `${one.innerText} lies on ${other.innerText}`));
}"""
"""Places in the head of the page that lie on each other, which axe does not see."""


@pytest.fixture
def shots(tmp_path: Path) -> list[str]:
    paths = []
    for number in (1, 2):
        path = tmp_path / f"shot-{number}.jpg"
        path.write_bytes(photograph(12 * (number - 1)))
        paths.append(str(path))
    return paths
