"""The viewer of scans: exact values, the same colours on card and processor, everything by keyboard, both languages."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pandok.readers.xray.colour.standard import pseudo_colour
from pandok.readers.xray.planes import transmission_of
from pandok.readers.xray.scan import Layer, Scan, ScanFacts, ScanImage, ScanKind
from pandok.readers.xray.standard import StandardView
from pandok.readers.xray.tomography import tomography_views
from tests.browser.conftest import SCREENS, _foreign
from tests.browser.scan_page import SOURCE, ScanSite, bag_view, drawn_view, scan_site
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.waited import expect

pytestmark = pytest.mark.browser

SOFTWARE_GL = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
NO_GL = ["--no-sandbox", "--disable-3d-apis"]
ALL_EXACT = "() => [...document.querySelectorAll('.xv-pane')].every(one => ['gl', 'flat'].includes(one.dataset.exact))"
DESKTOP = pytest.mark.parametrize("setting", [("desktop", "en")], ids="-".join, indirect=True)
LEAST_TOUCH_PX = 44

CHOICES: list[dict[str, Any]] = [
    {},
    {"base": "high"},
    {"base": "low"},
    {"inverse": True},
    {"strip": "organic"},
    {"strip": "inorganic"},
    {"contrast": True},
    {"fit": True},
    {"edge": True},
    {"base": "low", "contrast": True, "inverse": True},
    {"edge": True, "contrast": True, "fit": True, "strip": "organic", "inverse": True},
]
"""Every function alone, and some together."""

COMPARED = """async (choices) => {
  const { shaded, PLAIN, hatch } = await import('/static/pandok/xray/reference.js');
  const viewer = document.querySelector('.xv').viewer;
  const pane = viewer.active;
  const worst = (one, other) => one.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i])), 0);
  return choices.map((choice) => {
    Object.assign(viewer.chosen, PLAIN, choice);
    pane.reshade(true);
    const wanted = shaded(pane.scan, pane.applied);
    const { left, top, columns, rows } = pane.place;
    const screen = pane.painter.screen();
    const seen = new Uint8ClampedArray(wanted.length);
    const shown = new Uint8ClampedArray(wanted.length);
    for (let row = 0; row < rows; row += 1) for (let column = 0; column < columns; column += 1) {
      const [at, on] = [4 * (row * columns + column), 4 * ((top + row) * pane.canvas.width + left + column)];
      seen.set(screen.subarray(on, on + 4), at);
      const grey = hatch(left + column, top + row);
      shown.set(wanted[at + 3] ? wanted.subarray(at, at + 3) : [grey, grey, grey], at);
      shown[at + 3] = 255;
    }
    return { image: worst(pane.painter.colours(), wanted), screen: worst(seen, shown),
             distinct: new Set(new Uint32Array(wanted.buffer)).size };
  });
}"""


@pytest.fixture(scope="module")
def with_gl(browser: Any) -> Iterator[Any]:
    own = browser.browser_type.launch(executable_path=_chromium(), args=SOFTWARE_GL)
    yield own
    own.close()


@pytest.fixture(scope="module")
def without_gl(browser: Any) -> Iterator[Any]:
    own = browser.browser_type.launch(executable_path=_chromium(), args=NO_GL)
    yield own
    own.close()


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def site() -> Iterator[ScanSite]:
    with scan_site() as running:
        yield running


@pytest.fixture
def scan_tab(with_gl: Any, site: ScanSite, screen: str, language: str) -> Iterator[Any]:
    yield from _tab(with_gl, site, screen, language)


def _tab(browser: Any, site: ScanSite, screen: str, language: str) -> Iterator[Any]:
    """A page that fails the test on any error, break of the policy or foreign request."""
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if screen == "phone" else 1,
        has_touch=screen == "phone",
        locale="ko-KR" if language == "ko" else "en-GB",
    )
    faults: list[str] = []
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    page.on("request", lambda asked: faults.append(asked.url) if _foreign(asked.url, site.address) else None)
    yield page
    context.close()
    assert faults == []


def opened(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".xv-pane")
    page.wait_for_function(ALL_EXACT)


def marks(page: Any) -> list[dict[str, Any]]:
    return list(json.loads(page.input_value("[data-xray-marks]")))


def said(page: Any, words: str) -> None:
    page.wait_for_function("words => document.querySelector('.xv-said').textContent.includes(words)", arg=words)


def place(page: Any, pane: int = 0) -> tuple[float, float, float]:
    """Pixels of the canvas an image pixel, and the middle in pixels of the image."""
    found = page.evaluate(
        """pane => {
          const one = document.querySelector('.xv').viewer.shown[pane].place;
          return [one.size, ...one.middle];
        }""",
        pane,
    )
    return found[0], found[1], found[2]


def colours(page: Any) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """(rows, columns, 4) uint8 of the whole image, as the painter made it."""
    rows, columns, data = page.evaluate(
        """async () => {
          const { painter, scan } = document.querySelector('.xv').viewer.active;
          const reader = new FileReader();
          await new Promise((done) => {
            reader.onload = done;
            reader.readAsDataURL(new Blob([painter.colours()]));
          });
          return [scan.rows, scan.columns, reader.result.split(',')[1]];
        }"""
    )
    return np.frombuffer(base64.b64decode(data), np.uint8).reshape(rows, columns, 4)


# ---- what is on the screen


def scan_of(volume: np.ndarray) -> Scan:
    image = ScanImage(Layer(pitch_mm=(1.0, 1.0), slice_mm=2.0), volume)
    return Scan(ScanFacts(format="DICOS", kind=ScanKind.VOLUME), (image,))


@DESKTOP
def test_the_browser_holds_every_value_of_the_file(scan_tab: Any, site: ScanSite) -> None:
    scan = drawn_view()
    opened(scan_tab, site.page([site.add(scan)], "en"))
    found = scan_tab.evaluate(
        """async () => {
          const { scan } = document.querySelector('.xv').viewer.active;
          const digest = async (plane) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', plane))]
            .map((one) => one.toString(16).padStart(2, '0')).join('');
          return { low: await digest(scan.low), high: await digest(scan.high), material: await digest(scan.material) };
        }"""
    )
    assert found == {
        name: hashlib.sha256(plane.astype("<u2").tobytes()).hexdigest()
        for name, plane in zip(scan.planes, scan.levels(), strict=True)
    }
    assert len(np.unique(scan.levels()[1])) > 10_000, "more levels than a picture of 8 bits could hold"


@pytest.mark.parametrize("painter", ["gl", "flat"])
def test_every_function_draws_what_the_reference_computes(
    painter: str, with_gl: Any, without_gl: Any, site: ScanSite
) -> None:
    for tab in _tab(with_gl if painter == "gl" else without_gl, site, "desktop", "en"):
        opened(tab, site.page([site.add(drawn_view())], "en"))
        assert tab.locator(".xv-pane").get_attribute("data-exact") == painter
        tab.keyboard.press("1")
        assert place(tab)[0] == 1
        found = tab.evaluate(COMPARED, CHOICES)
        assert [one for one in zip(CHOICES, found, strict=True) if one[1]["image"] > 1 or one[1]["screen"] > 1] == []
        assert min(one["distinct"] for one in found) > 100, "the reference is a picture"


@DESKTOP
def test_the_plain_image_is_the_one_that_programs_draw(scan_tab: Any, site: ScanSite) -> None:
    scan = drawn_view()
    opened(scan_tab, site.page([site.add(scan)], "en"))
    seen = colours(scan_tab)
    wanted = pseudo_colour(scan.high, scan.material)
    assert np.abs(seen[..., :3].astype(int) - wanted).max() <= 1
    beyond = transmission_of(scan.levels()[1]) < scan.penetration_limit
    assert 0.01 < beyond.mean() < 0.9
    assert ((seen[..., 3] == 0) == beyond).all()
    unknown = np.isnan(scan.material)
    assert (np.ptp(seen[unknown][:, :3].astype(int), axis=1) <= 1).all()
    scan_tab.keyboard.press("i")
    level = np.sqrt(np.clip(scan.high, 0, 1))
    assert np.abs(colours(scan_tab)[unknown][:, 0] - 255 * (1 - level[unknown])).max() <= 1
    scan_tab.keyboard.press("i")
    scan_tab.keyboard.press("g")
    assert np.abs(colours(scan_tab)[..., 0] - 255 * level).max() <= 1


@DESKTOP
def test_an_image_larger_than_a_texture_is_drawn_in_tiles(scan_tab: Any, site: ScanSite) -> None:
    opened(scan_tab, site.page([site.add(drawn_view(150, 260))], "en"))
    worst = scan_tab.evaluate(
        """async (choices) => {
          const { GlPainter, cuts } = await import('/static/pandok/xray/gl.js');
          const { PLAIN, contrastMaps, shaded } = await import('/static/pandok/xray/reference.js');
          const { scan } = document.querySelector('.xv').viewer.active;
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [260, 150];
          const [tiled, whole] = [new GlPainter(canvas, 64), new GlPainter(canvas.cloneNode())];
          [whole.canvas.width, whole.canvas.height] = [260, 150];
          tiled.load(scan);
          whole.load(scan);
          if (tiled.tiles.length < 12) throw new Error('no tiles');
          return choices.map((choice) => {
            const maps = choice.contrast ? contrastMaps(scan, 'colour') : null;
            const chosen = { ...PLAIN, ...choice, maps, window: null };
            const wanted = shaded(scan, chosen);
            const off = (one, other) => one.map((value, i) => Math.abs(value - other[i]));
            const worst = (one, other) => off(Int16Array.from(one), other).reduce((a, b) => Math.max(a, b));
            const found = [];
            for (const painter of [tiled, whole]) {
              painter.shade(chosen);
              painter.draw({ left: -31, top: -17, across: 2.5, down: 2.5 });
            }
            return [worst(tiled.colours(), wanted), worst(tiled.screen(), whole.screen())];
          });
        }""",
        [{}, {"edge": True}, {"contrast": True}],
    )
    assert max(max(one) for one in worst) <= 1


@DESKTOP
def test_beyond_the_limit_is_hatched_and_never_black(scan_tab: Any, site: ScanSite) -> None:
    scan = drawn_view(limit=0.05)
    opened(scan_tab, site.page([site.add(scan)], "en"))
    scan_tab.keyboard.press("1")
    found = scan_tab.evaluate(
        """() => {
          const pane = document.querySelector('.xv').viewer.active;
          const { painter, place, canvas } = pane;
          pane.now();
          const screen = painter.screen();
          const line = [];
          for (let i = 0; i < 24; i += 1) line.push(screen[4 * ((place.top + 60) * canvas.width + place.left + 2 + i)]);
          return line;
        }"""
    )
    assert set(found) == {184, 72}


@DESKTOP
def test_one_energy_is_shown_in_grey_and_says_what_it_cannot(scan_tab: Any, site: ScanSite) -> None:
    view = site.add(StandardView("A", drawn_view().high))
    opened(scan_tab, site.page([{**view, "pitch_mm": [None, None]}], "en"))
    seen = colours(scan_tab)
    assert (np.ptp(seen[..., :3].astype(int), axis=2) == 0).all()
    scan_tab.keyboard.press("o")
    said(scan_tab, "not possible for this image")
    assert scan_tab.locator("[data-does=organic]").get_attribute("aria-disabled") == "true"
    scan_tab.keyboard.press("d")
    scan_tab.keyboard.press("Enter")
    said(scan_tab, "pixel pitch unknown")


@DESKTOP
def test_a_tomography_is_stepped_by_keyboard_and_says_what_its_values_are(scan_tab: Any, site: ScanSite) -> None:
    random = np.random.default_rng(5)
    volume = random.integers(0, 4000, (6, 60, 90)).astype(np.uint16)
    views = tomography_views(scan_of(volume))
    stack = views[0].high.reshape(volume.shape)
    scan_tab.goto(site.page([site.add(one) for one in views], "en"))
    state = scan_tab.locator(".xv-pane .xv-state").first
    expect(state).to_have_text("Slice 4 of 6")
    scan_tab.wait_for_function(ALL_EXACT)
    scan_tab.keyboard.press(".")
    expect(state).to_have_text("Slice 5 of 6")
    assert np.abs(colours(scan_tab)[..., :3].astype(int) - pseudo_colour(stack[4], None)).max() <= 1
    for _ in range(6):
        scan_tab.keyboard.press(",")
    expect(state).to_have_text("Slice 1 of 6")
    assert np.abs(colours(scan_tab)[..., :3].astype(int) - pseudo_colour(stack[0], None)).max() <= 1
    told = scan_tab.evaluate("document.querySelector('.xv').viewer.active.read([7, 3])")
    assert told == f"Value of the file {volume[0, 3, 7]} (no transmission)"
    assert json.loads(scan_tab.locator("[data-xray-functions]").input_value()).count("slice") == 7


@DESKTOP
def test_a_card_that_is_taken_away_leaves_the_image(scan_tab: Any, site: ScanSite) -> None:
    opened(scan_tab, site.page([site.add(drawn_view())], "en"))
    before = colours(scan_tab)
    scan_tab.evaluate("document.querySelector('.xv').viewer.active.painter.end()")
    scan_tab.wait_for_selector(".xv-pane[data-exact=flat]")
    assert np.abs(colours(scan_tab).astype(int) - before).max() <= 1


@DESKTOP
def test_the_preview_stays_where_the_exact_image_does_not_come(scan_tab: Any, site: ScanSite) -> None:
    view = site.add(drawn_view())
    kind, whole, zipped = site.files[view["planes_url"]]
    site.files[view["planes_url"]] = (kind, b"\0" * 100, False)
    scan_tab.goto(site.page([view], "en"))
    scan_tab.wait_for_selector("[data-exact=no]")
    expect(scan_tab.locator(".xv-state").first).to_contain_text("Preview only", use_inner_text=True)
    expect(scan_tab.locator(".xv-preview")).to_be_visible()
    scan_tab.keyboard.press("Equal")
    assert place(scan_tab)[0] > 0
    site.files[view["planes_url"]] = (kind, whole, zipped)
    scan_tab.click(".xv-state button")
    scan_tab.wait_for_selector("[data-exact=gl]")
    expect(scan_tab.locator(".xv-preview")).to_be_hidden()


def test_without_scripts_the_previews_stand_as_they_are(browser: Any, site: ScanSite) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(site.page([site.add(drawn_view()), site.add(drawn_view(name="B"), approximate=True)], "ko"))
    expect(page.locator(".xv-plain img:visible")).to_have_count(2)
    assert page.locator(".xv-plain img").first.bounding_box()["width"] > 150
    assert page.locator(".xv-plain img").first.get_attribute("alt") == "X-ray 영상: A"
    assert "근사 영상" in page.locator("figcaption").nth(1).inner_text()
    context.close()


@DESKTOP
def test_an_exchanged_page_goes_on_with_its_place_on_the_card(scan_tab: Any, site: ScanSite) -> None:
    opened(scan_tab, site.page([site.add(drawn_view())], "en"))
    gone = scan_tab.evaluate(
        """async () => {
          const old = document.querySelector('.xv');
          const { gl } = old.viewer.active.painter;
          const fresh = document.createElement('div');
          fresh.className = 'xv';
          Object.assign(fresh.dataset, { scan: old.dataset.scan, keys: 'page' });
          old.replaceWith(fresh);
          document.dispatchEvent(new CustomEvent('htmx:afterSettle', { detail: { elt: document.body } }));
          return [gl.isContextLost(), !old.viewer, fresh.viewer.active.painter.gl === gl];
        }"""
    )
    assert gone == [False, True, True]
    scan_tab.wait_for_function(ALL_EXACT)
    scan_tab.keyboard.press("i")
    said(scan_tab, "Invert on")


# ---- hands and keys


@DESKTOP
def test_keys_work_while_a_korean_input_method_is_on(scan_tab: Any, site: ScanSite) -> None:
    opened(scan_tab, site.page([site.add(drawn_view())], "en"))
    session = scan_tab.context.new_cdp_session(scan_tab)
    for kind in ("rawKeyDown", "keyUp"):
        session.send(
            "Input.dispatchKeyEvent",
            {"type": kind, "key": "Process", "code": "KeyI", "windowsVirtualKeyCode": 229},
        )
    said(scan_tab, "Invert on")
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "ㅑ", "code": "KeyI"})
    said(scan_tab, "Invert off")
    assert json.loads(scan_tab.input_value("[data-xray-functions]")) == ["inverse", "inverse"]


@DESKTOP
def test_suspicions_are_marked_moved_and_deleted_by_keyboard(scan_tab: Any, site: ScanSite) -> None:
    scan = drawn_view(pitch_mm=(2.0, 1.0))
    opened(scan_tab, site.page([site.add(scan)], "en"))
    scan_tab.evaluate(
        "window.changes = 0; document.querySelector('form').addEventListener('change', () => (window.changes += 1))"
    )
    press = scan_tab.keyboard.press
    press("s")
    said(scan_tab, "Suspicion: drag, or move with the arrows")
    first = scan_tab.evaluate("document.querySelector('.xv').viewer.active.cursor")
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "Shift+ArrowRight"):
        press(key)
    moved = scan_tab.evaluate("document.querySelector('.xv').viewer.active.cursor")
    assert moved[0] < first[0]
    assert moved[1] < first[1]
    assert moved[2] - moved[0] > first[2] - first[0]
    said(scan_tab, "% from the left")
    press("Enter")
    assert marks(scan_tab) == [{"view": "A", "box": [round(one) for one in moved]}]
    assert scan_tab.evaluate("changes") == 1
    x1, y1, x2, y2 = marks(scan_tab)[0]["box"]
    said(scan_tab, f"Suspicion 1 marked: {x2 - x1} mm wide, {2 * (y2 - y1)} mm high")
    press("s")
    press("Escape")
    assert len(marks(scan_tab)) == 1
    press("s")
    for _ in range(80):
        press("ArrowRight")
    press("Enter")
    assert marks(scan_tab)[1]["box"][2] == scan.shape[1], "held at the border"
    expect(scan_tab.locator(".xv-list li")).to_have_count(2)
    press("BracketRight")
    said(scan_tab, "Suspicion 1:")
    press("Delete")
    said(scan_tab, "Suspicion 1 deleted, 1 left")
    assert len(marks(scan_tab)) == 1
    scan_tab.get_by_role("button", name="Delete suspicion 1").click()
    assert marks(scan_tab) == []
    assert scan_tab.evaluate("changes") == 4


@DESKTOP
def test_everything_else_by_keyboard(scan_tab: Any, site: ScanSite) -> None:
    views = [site.add(drawn_view(name=name)) for name in ("A", "B")]
    past = [{"title": "2026-10-02", "views": [site.add(drawn_view(90, 200, name="A"))]}]
    opened(scan_tab, site.page(views, "en", past=past, keys=[{"keys": "Enter", "words": "Open"}]))
    press = scan_tab.keyboard.press
    whole = place(scan_tab)
    press("Equal")
    press("Equal")
    assert place(scan_tab)[0] == pytest.approx(whole[0] * 2.25)
    assert place(scan_tab, 1)[0] == pytest.approx(place(scan_tab)[0]), "the other view follows"
    press("ArrowRight")
    press("ArrowDown")
    now = place(scan_tab)
    assert now[1] > whole[1]
    assert now[2] > whole[2]
    press("k")
    press("f")
    assert place(scan_tab) == whole
    assert place(scan_tab, 1)[0] > whole[0], "no longer together"
    press("k")
    press("p")
    said(scan_tab, "Past image 1 of 1")
    scan_tab.wait_for_function(ALL_EXACT)
    expect(scan_tab.locator(".xv-pane")).to_have_count(3)
    press("0")
    press("Equal")
    sizes = scan_tab.evaluate("document.querySelector('.xv').viewer.shown.map(one => one.place.shared[0])")
    assert sizes == pytest.approx([1.5] * 3), "the past image is linked"
    press("Shift+P")
    press("v")
    said(scan_tab, "X-ray image: A")
    expect(scan_tab.locator(".xv-pane")).to_have_count(1)
    for key, words in {
        "g": "Grey, high energy", "r": "Standard image", "o": "Organic out on", "m": "Inorganic out on",
        "l": "Local contrast on", "w": "Fit brightness on", "e": "Edges on",
    }.items():  # fmt: skip
        press(key)
        said(scan_tab, words)
    used = json.loads(scan_tab.input_value("[data-xray-functions]"))
    assert used == ["past", "base_high", "plain", "organic", "inorganic", "contrast", "fit", "edge"]
    press("d")
    press("ArrowRight")
    press("Enter")
    said(scan_tab, " mm")
    press("Escape")
    press("Shift+Slash")
    sheet = scan_tab.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    rows = sheet.locator("tbody th").all_inner_texts()
    assert "Enter" in rows
    assert "Shift + ← → ↑ ↓" in rows
    press("i")
    assert scan_tab.evaluate("document.querySelector('.xv').viewer.chosen.inverse") is False, "the list takes no keys"
    press("Escape")
    expect(sheet).to_be_hidden()
    assert scan_tab.evaluate("document.activeElement.className").startswith("xv-stage"), "back where it was"


@DESKTOP
def test_keys_of_the_page_and_of_writing_are_left_alone(scan_tab: Any, site: ScanSite) -> None:
    opened(scan_tab, site.page([site.add(drawn_view())], "en"))
    scan_tab.evaluate("window.got = []; document.addEventListener('keydown', event => window.got.push(event.code))")
    for key in ("Enter", "Space", "5", "Control+i", "i"):
        scan_tab.keyboard.press(key)
    got = scan_tab.evaluate("got.filter(one => !one.startsWith('Control'))")
    assert got == ["Enter", "Space", "Digit5", "KeyI"], "the last was the viewer's"
    chosen = "document.querySelector('.xv').viewer.chosen.inverse"
    assert scan_tab.evaluate(chosen) is True
    scan_tab.click("[name=remark]")
    scan_tab.keyboard.type("i1s")
    expect(scan_tab.locator("[name=remark]")).to_have_value("i1s")
    scan_tab.focus("h1 ~ form button")
    scan_tab.keyboard.press("i")
    assert scan_tab.evaluate(chosen) is False
    scan_tab.keyboard.press("Shift+Slash")
    scan_tab.get_by_label("Use letter keys wherever").uncheck()
    scan_tab.keyboard.press("Escape")
    scan_tab.evaluate("document.activeElement.blur()")
    scan_tab.keyboard.press("i")
    assert scan_tab.evaluate(chosen) is False
    scan_tab.focus(".xv-stage")
    scan_tab.keyboard.press("i")
    assert scan_tab.evaluate(chosen) is True


@DESKTOP
def test_the_mouse_zooms_where_it_points_moves_and_draws(scan_tab: Any, site: ScanSite) -> None:
    opened(scan_tab, site.page([site.add(drawn_view())], "en"))
    box = scan_tab.locator(".xv-stage").bounding_box()
    x, y = box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.5
    under = f"""() => document.querySelector('.xv').viewer.active.point({{ clientX: {x}, clientY: {y} }})"""
    before, whole = scan_tab.evaluate(under), place(scan_tab)
    scan_tab.mouse.move(x, y)
    scan_tab.mouse.wheel(0, -500)
    scan_tab.wait_for_function(f"() => document.querySelector('.xv').viewer.active.place.size > {whole[0] * 2}")
    assert scan_tab.evaluate(under) == pytest.approx(before, abs=1)
    at = place(scan_tab)
    scan_tab.mouse.down()
    scan_tab.mouse.move(x - 80, y - 30, steps=4)
    scan_tab.mouse.up()
    assert place(scan_tab)[1] > at[1]
    scan_tab.keyboard.press("f")
    corner = scan_tab.evaluate(under)
    scan_tab.keyboard.down("Shift")
    scan_tab.mouse.move(x, y)
    scan_tab.mouse.down()
    scan_tab.mouse.move(x + 120, y + 60, steps=4)
    scan_tab.mouse.up()
    scan_tab.keyboard.up("Shift")
    assert marks(scan_tab)[0]["box"][:2] == pytest.approx(corner, abs=1)
    expect(scan_tab.locator(".xv-values").first).to_contain_text(re.compile("Transmission|limit"), use_inner_text=True)


@pytest.mark.parametrize("setting", [("phone", "ko")], ids="-".join, indirect=True)
def test_two_fingers_zoom_on_a_phone(scan_tab: Any, site: ScanSite) -> None:
    opened(scan_tab, site.page([site.add(drawn_view())], "ko"))
    session = scan_tab.context.new_cdp_session(scan_tab)
    box = scan_tab.locator(".xv-stage").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    whole = place(scan_tab)[0]

    def touch(kind: str, *points: tuple[float, float]) -> None:
        given = [{"x": one, "y": other, "id": number} for number, (one, other) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": given})

    touch("touchStart", (x - 20, y), (x + 20, y))
    for apart in (40, 60, 80):
        touch("touchMove", (x - apart, y), (x + apart, y))
    touch("touchEnd")
    scan_tab.wait_for_function(f"() => document.querySelector('.xv').viewer.active.place.size > {whole * 2.5}")
    assert scan_tab.evaluate("visualViewport.scale") == 1
    said(scan_tab, "배율")


@DESKTOP
def test_help_is_drawn_with_number_and_reason_and_is_nowhere_where_there_is_none(scan_tab: Any, site: ScanSite) -> None:
    views = [site.add(drawn_view(name=name)) for name in ("A", "B")]
    opened(scan_tab, site.page(views, "en"))
    expect(scan_tab.locator(".candidate, [data-does=candidates]")).to_have_count(0)
    assert "help" not in scan_tab.inner_text("main").lower()
    scan_tab.keyboard.press("b")
    assert scan_tab.evaluate("document.querySelector('.xv').viewer.suspicions.helped") is False
    help_ = [{"view": "B", "box": [20, 20, 60, 60], "number": 4, "reason": "even organic mass"}]
    opened(scan_tab, site.page(views, "en", candidates=help_, marks=[{"view": "A", "box": [1, 2, 30, 40]}]))
    assert scan_tab.locator(".xv-pane").nth(1).locator(".candidate text").all_text_contents() == ["4"]
    expect(scan_tab.locator(".xv-lists").first).to_contain_text("Candidate 4: even organic mass", use_inner_text=True)
    expect(scan_tab.locator(".mark")).to_have_count(1)
    assert marks(scan_tab) == [{"view": "A", "box": [1, 2, 30, 40]}]
    scan_tab.keyboard.press("n")
    said(scan_tab, "Candidate 4: even organic mass")
    scan_tab.keyboard.press("b")
    scan_tab.wait_for_function("() => !document.querySelector('.candidate')")
    assert json.loads(scan_tab.input_value("[data-xray-functions]")) == ["candidate", "candidates_off"]


# ---- how it looks


def test_the_page_is_accessible_in_both_languages_and_sizes(
    scan_tab: Any,
    site: ScanSite,
    language: str,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    views = [site.add(drawn_view(300, 400, name=name), approximate=name == "B") for name in ("A", "B")]
    given = {
        "candidates": [{"view": "A", "box": [30, 60, 120, 160], "reason": "—"}],
        "marks": [{"view": "A", "box": [200, 100, 290, 200]}],
        "past": [{"title": "2026-10-02", "views": [views[1]]}],
    }
    opened(scan_tab, site.page(views, language, **given))
    accessible(scan_tab)
    no_sideways_scroll(scan_tab)
    sizes = scan_tab.evaluate(
        """[...document.querySelectorAll('.xv button')].filter(one => one.offsetParent)
            .map(one => one.getBoundingClientRect()).map(one => Math.min(one.width, one.height))"""
    )
    assert min(sizes) >= LEAST_TOUCH_PX
    korean = any("가" <= letter <= "힣" for letter in scan_tab.inner_text("main"))
    assert korean == (language == "ko")
    keep_picture(scan_tab, "scan-viewer")
    scan_tab.keyboard.press("Shift+Slash")
    assert any("가" <= letter <= "힣" for letter in scan_tab.inner_text("dialog")) == (language == "ko")
    accessible(scan_tab)
    keep_picture(scan_tab, "scan-viewer-keys")


@DESKTOP
def test_a_real_bag_looks_like_its_preview(
    scan_tab: Any, site: ScanSite, shared: Path, keep_picture: Callable[[Any, str], None]
) -> None:
    scan = bag_view(shared / "data" / "xray_pairs", 101, "A", cut=(slice(120, 300), slice(120, 480)))
    opened(scan_tab, site.page([site.add(scan)], "en"))
    wanted = pseudo_colour(scan.high, scan.material)
    assert np.abs(colours(scan_tab)[..., :3].astype(int) - wanted).max() <= 1
    keep_picture(scan_tab, "scan-viewer-bag")


# ---- what stands twice


def test_the_page_asks_for_every_module_and_the_manual_shows_every_key() -> None:
    folder = SOURCE / "fields/xray/web"
    modules, waiting = set(), ["start.js"]
    while waiting:
        name = waiting.pop()
        if name not in modules:
            modules.add(name)
            text = (folder / "static/pandok/xray" / name).read_text(encoding="utf-8")
            waiting += re.findall(r'from "\./([\w-]+\.js)"', text)
    assert len(modules) > 10
    asked = (folder / "templates/pandok/xray/parts/viewer_scripts.html").read_text(encoding="utf-8")
    assert set(re.findall(r"pandok/xray/([\w-]+\.js)", asked)) == modules
    keys = (folder / "static/pandok/xray/keys.js").read_text(encoding="utf-8")
    rows = re.findall(r'^  (?:look|image|mark|page)\("\w+", [^,]+, "([^"]+)", "([^"]+)", "([^"]+)"', keys, re.MULTILINE)
    assert len(rows) == len(re.findall(r"^  (?:look|image|mark|page)\(", keys, re.MULTILINE)) > 20
    manual = (SOURCE.parent.parent / "docs/do/look-at-a-scan.md").read_text(encoding="utf-8")
    assert [row for row in rows if f"| `{row[0]}` | {row[2]} | {row[1]} |" not in manual] == []
