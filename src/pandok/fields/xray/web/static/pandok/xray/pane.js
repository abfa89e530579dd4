// One image on the screen: its preview at once, its exact values as soon as they are there, and the hand on it.
import { take } from "./ahead.js";
import { FlatPainter } from "./flat.js";
import { GlPainter } from "./gl.js";
import { hands } from "./hands.js";
import { box, element, line } from "./overlay.js";
import { Place } from "./place.js";
import { painted } from "./painted.js";
import { giveBack, lent } from "./painters.js";
import { CANNOT_TELL, TRANSMISSION_OF_ONE, materialIndex, unpacked } from "./planes.js";
import { HATCH, contrastMaps, windowOf } from "./reference.js";

const STILL_MS = 120; // so long a place is kept until brightness is fitted to it
let number = 0;

export class Pane {
  // desk: the viewer; image: the <img> of the preview that the page brought, or null. past: of another inspection.
  constructor(desk, view, image, past = null) {
    Object.assign(this, { desk, view, past, place: new Place(view), scan: null, painter: null });
    const { say } = desk;
    number += 1;
    this.root = html("div", "xv-pane");
    this.title = html("p", "xv-title");
    this.title.append(html("b", "", past ? `${past.title} · ${view.name}` : view.name));
    if (view.approximate) this.title.append(html("span", "badge badge-unsure", say("approximate")));
    this.waits = (view.slices ?? 1) > 1 ? "loading_stack" : "loading";
    this.status = html("span", "xv-state", say(this.waits));
    this.zoomed = html("span", "xv-zoom number");
    this.values = html("span", "xv-values number");
    this.title.append(this.status, this.zoomed, this.values);
    this.stage = html("div", "xv-stage");
    this.stage.style.setProperty(
      "--xv-shape",
      (this.place.columns * this.place.wide) / (this.place.rows * this.place.high),
    );
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "application");
    this.stage.setAttribute(
      "aria-label",
      say(past ? "past_image" : "image", { name: past ? `${past.title}, ${view.name}` : view.name }),
    );
    this.stage.setAttribute("aria-description", say("how"));
    this.image = image || new Image();
    if (!image) this.image.src = view.preview;
    this.image.alt = "";
    this.image.draggable = false;
    this.image.className = "xv-preview";
    this.painter = lent(desk.options);
    this.canvas = this.painter?.canvas ?? html("canvas", "xv-canvas");
    this.canvas.hidden = true;
    if (this.painter) this.watchCard();
    this.layer = element("svg", { class: "xv-layer", "aria-hidden": "true" });
    this.stage.append(this.image, this.canvas, this.layer);
    this.root.append(this.title, this.stage);
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(this.stage);
    hands(this);
  }

  get ratio() {
    return this.canvas.width / (this.stage.clientWidth || 1);
  }

  async load() {
    const { desk } = this;
    if (this.loading) return this.loading;
    this.status.textContent = desk.say(this.waits);
    this.loading = (async () => {
      const here = take(this.view.planes_url);
      const asked = here ? null : bytes(this.view.planes_url, desk.ended.signal);
      asked?.catch(() => null); // said below, after the preview
      await painted(this.image);
      if (desk.ended.signal.aborted) return;
      this.paint(); // the card gets ready while the bytes are on their way
      this.painter.warm?.();
      const planes = await (here ? here().catch(() => bytes(this.view.planes_url, desk.ended.signal)) : asked);
      if (desk.ended.signal.aborted) return; // the place on the card shows another scan by now
      this.scan = unpacked(planes, this.view);
      this.painter.load(this.scan);
      this.resize();
      this.reshade(true);
      this.canvas.hidden = false;
      this.image.hidden = true;
      this.state();
      this.root.dataset.exact = this.painter instanceof GlPainter ? "gl" : "flat";
      performance.mark("xray-exact", { detail: this.view.name });
      desk.exact(this);
    })().catch((error) => {
      if (error.name === "AbortError") return;
      this.loading = null;
      this.status.textContent = desk.say("only_preview");
      const again = html("button", "button chip", desk.say("again"));
      again.type = "button";
      again.addEventListener("click", () => this.load());
      this.status.append(" ", again);
      this.root.dataset.exact = "no";
      console.warn(`exact image: ${error.message}`);
    });
    return this.loading;
  }

  paint() {
    if (this.painter) return;
    try {
      if (this.desk.options.flat) throw new Error("flat");
      this.painter = new GlPainter(this.canvas, this.desk.options.most);
      this.watchCard();
    } catch {
      this.painter = new FlatPainter(this.canvas);
    }
  }

  watchCard() {
    this.canvas.addEventListener(
      "webglcontextlost",
      (event) => {
        event.preventDefault();
        this.fallBack();
      },
      { signal: this.desk.ended.signal },
    );
  }

  // The card was taken away: the processor goes on, on a canvas of its own.
  fallBack() {
    const fresh = html("canvas", "xv-canvas");
    this.canvas.replaceWith(fresh);
    this.canvas = fresh;
    this.painter = new FlatPainter(fresh);
    if (!this.scan) return;
    this.painter.load(this.scan);
    this.resize();
    this.reshade(true);
    this.root.dataset.exact = "flat";
  }

  // Shows another slice of a tomography. Gives false where this is none, or not here yet.
  step(by) {
    const { scan } = this;
    if (!scan?.slices) return false;
    scan.show(scan.slice + by);
    this.maps = null;
    this.painter.load(scan);
    this.reshade(true);
    this.state();
    return true;
  }

  state() {
    const { scan, desk } = this;
    const number = scan.slices ? { number: scan.slice + 1, all: scan.slices } : null;
    this.status.textContent = number ? desk.say("slice", number) : desk.say("exact");
  }

  resize() {
    const [width, height] = [this.stage.clientWidth, this.stage.clientHeight];
    if (!width || !height) return;
    const ratio = window.devicePixelRatio || 1;
    const size = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== size[0] || this.canvas.height !== size[1]) [this.canvas.width, this.canvas.height] = size;
    this.place.resize(...size);
    this.now();
  }

  // The functions that the reader chose, made for this image.
  reshade(now = false) {
    if (!this.scan) return;
    const { chosen } = this.desk;
    this.window = chosen.fit ? windowOf(this.scan, chosen.base, this.place.visible) : null;
    if (!chosen.contrast) this.maps = null;
    else if (!this.maps || this.mapsOf !== chosen.base)
      [this.maps, this.mapsOf] = [contrastMaps(this.scan, chosen.base), chosen.base];
    this.applied = { ...chosen, window: this.window, maps: this.maps };
    this.painter.shade(this.applied);
    if (now) this.now();
    else this.redraw();
  }

  redraw() {
    this.asked ??= requestAnimationFrame(() => this.now());
  }

  now() {
    if (this.asked) cancelAnimationFrame(this.asked);
    this.asked = null;
    const { place, image, ratio } = this;
    if (this.scan) {
      this.painter.draw({
        left: place.left,
        top: place.top,
        across: place.across,
        down: place.down,
        period: HATCH.period * Math.max(1, Math.round(ratio)),
      });
    }
    image.style.left = `${place.left / ratio}px`;
    image.style.top = `${place.top / ratio}px`;
    image.style.width = `${(place.columns * place.across) / ratio}px`;
    image.style.height = `${(place.rows * place.down) / ratio}px`;
    this.zoomed.textContent = `${this.percent} %`;
    this.stage.classList.toggle("xv-zoomed", !place.whole);
    this.overlay();
    if (this.desk.chosen.fit && this.scan) {
      clearTimeout(this.still);
      const seen = place.visible.join();
      if (seen !== this.fitted) this.still = setTimeout(() => ((this.fitted = seen), this.reshade()), STILL_MS);
    }
  }

  get percent() {
    return Math.round(100 * this.place.size);
  }

  overlay() {
    const { desk, place, ratio } = this;
    const { marks, candidates, candidate, helped } = desk.suspicions;
    const at = (column, row) => place.seen(column, row).map((one) => one / ratio);
    const drawn = [];
    if (!this.past) {
      if (helped) {
        candidates.forEach((one, index) => {
          if (one.view !== this.view.name) return;
          drawn.push(
            box(at, one.box, index === candidate ? "candidate chosen" : "candidate", String(one.number ?? index + 1)),
          );
        });
      }
      marks.all.forEach((one, index) => {
        if (one.view !== this.view.name) return;
        drawn.push(
          box(
            at,
            one.box,
            index === marks.chosen ? "mark chosen" : "mark",
            desk.say("mark_tag", { number: index + 1 }),
          ),
        );
      });
    }
    if (this.cursor) drawn.push(box(at, this.cursor, "cursor"));
    if (this.length) drawn.push(line(at, this.length, desk.suspicions.lengthWords(this)));
    this.layer.replaceChildren(...drawn);
  }

  // (x, y) of the window → pixel of the image, with fractions.
  point(event) {
    const area = this.stage.getBoundingClientRect();
    return this.place.point((event.clientX - area.left) * this.ratio, (event.clientY - area.top) * this.ratio);
  }

  zoomAt(size, event = null) {
    const area = this.stage.getBoundingClientRect();
    const at = event ? [(event.clientX - area.left) * this.ratio, (event.clientY - area.top) * this.ratio] : [];
    this.place.zoom(size, ...at);
    this.desk.placed(this);
  }

  zoom(times, event = null) {
    this.zoomAt(this.place.size * times, event);
  }

  move(x, y) {
    this.place.move(x * this.ratio, y * this.ratio);
    this.desk.placed(this);
  }

  // Values of the pixel under the hand.
  read([column, row]) {
    const { scan, desk } = this;
    const [x, y] = [Math.floor(column), Math.floor(row)];
    if (!scan || x < 0 || y < 0 || x >= scan.columns || y >= scan.rows) return "";
    const at = y * scan.columns + x;
    if (this.view.values) {
      const [at1, at0] = this.view.values;
      const value = at1 + (1 - scan.high[at] * TRANSMISSION_OF_ONE) * (at0 - at1);
      return desk.say("value_of_file", { value: value.toPrecision(6).replace(/\.?0+$/, "") });
    }
    if (scan.high[at] < scan.limit) return desk.say("beyond");
    const t = (100 * scan.high[at] * TRANSMISSION_OF_ONE).toFixed(1);
    if (!scan.material) return desk.say("values_plain", { t });
    const f = scan.material[at] === CANNOT_TELL ? desk.say("unknown") : materialIndex(scan.material[at]).toFixed(2);
    return desk.say("values", { t, f });
  }

  end() {
    this.watch.disconnect();
    clearTimeout(this.still);
    if (this.asked) cancelAnimationFrame(this.asked);
    if (this.painter) giveBack(this.painter, this.desk.options);
  }
}

async function bytes(address, signal) {
  const answer = await fetch(address, { signal }); // as the page's preload asked for it
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.arrayBuffer();
}

export function html(name, classes = "", text = "") {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  if (text) made.textContent = text;
  return made;
}
