// The viewer of scans: joins images, functions, suspicions and keys.
//
// What it is told stands as JSON in `data-scan` of its element: { language, views: [{ name, rows, columns, planes,
// preview, planes_url, pitch_mm: [row, column] | null, approximate, penetration_limit_t }], marks: [{ view, box }],
// candidates: [{ view, box, reason, number }], past: [{ title, views }], keys: [{ keys, words }] }. Boxes are [x1,
// y1, x2, y2] in pixels of the view. `data-keys="page"`: letters act wherever the focus is.
//
// What it tells: the hidden fields `data-xray-marks` and `data-xray-functions` as JSON, each with a `change`; the
// events `xray:exact` (once: all images that are shown are exact) and `xray:function` on its element.
import { Choices } from "./choices.js";
import { direction, keyOf, writing } from "./keys.js";
import { KeySheet, everywhere } from "./keysheet.js";
import { legend } from "./lists.js";
import { Pane, html } from "./pane.js";
import { pastButtons } from "./past.js";
import { Suspicions } from "./suspicions.js";
import { Tools } from "./tools.js";
import { speaker } from "./words.js";

const STEP = 1.5;
const PAN_SHARE = 0.12; // of the room, at one press of an arrow
const HELD_TIMES = 4; // a key that is held down moves so much faster
const HELD = new Set(["arrow", "grow", "in", "out", "slice_back", "slice_on"]); // what goes on while the key is held down
const SAY_AFTER_MS = 350;
const WIDE = "(min-width: 64rem)";

// options: { most } largest texture, { flat } without the graphics card; for tests and old machines.
export function mount(element, options = {}) {
  return (element.viewer ??= new Viewer(element, options));
}

class Viewer {
  constructor(element, options) {
    const told = JSON.parse(element.dataset.scan);
    const past = (told.past ?? []).map((one) => ({ ...one, views: one.views.map(checked) }));
    Object.assign(this, { element, options, views: told.views.map(checked), past });
    this.say = speaker(told.language);
    this.ended = new AbortController();
    this.panes = new Map();
    const all = this.views.length > 1 && matchMedia(WIDE).matches;
    [this.view, this.pastShown, this.linked] = [all ? this.views.length : 0, null, true];
    const field = (name) => element.querySelector(`[data-xray-${name}]`);
    this.choices = new Choices(this, field("functions"));
    this.suspicions = new Suspicions(this, field("marks"), told.marks ?? [], told.candidates ?? []);
    this.acts = { ...this.own(), ...this.choices.acts, ...this.suspicions.acts };
    this.showPast = pastButtons(this);
    this.build(told.keys ?? []);
    const where = this.wide ? document : element;
    where.addEventListener("keydown", (event) => this.key(event), { capture: true, signal: this.ended.signal });
    const { activeElement: now } = document;
    const free = !now || now === document.body || now.matches("h1, main");
    // Not at once: it would have the page laid out before the first picture.
    if (this.wide && free) requestAnimationFrame(() => this.active.stage.focus({ preventScroll: true }));
  }

  build(keys) {
    const { element } = this;
    this.wide = element.dataset.keys === "page";
    this.images = [...element.querySelectorAll("[data-xray-preview]")];
    this.room = html("div", "xv-room");
    this.said = html("p", "xv-said");
    this.said.setAttribute("role", "status");
    this.tools = new Tools(this);
    this.sheet = new KeySheet(this, keys, this.wide);
    element.querySelector("[data-xray-plain]")?.remove();
    element.append(this.tools.root, this.said, this.room, legend(this), this.suspicions.lists, this.sheet.root);
    this.arrange();
    this.suspicions.list();
  }

  get chosen() {
    return this.choices.chosen;
  }

  // ---- images

  pane(view, past = null) {
    const key = `${past ?? ""}:${view}`;
    if (!this.panes.has(key)) {
      const of = past === null ? this.views : this.past[past].views;
      const image = past === null ? this.images[view] : null;
      this.panes.set(key, new Pane(this, of[view], image, past === null ? null : this.past[past]));
    }
    return this.panes.get(key);
  }

  get shown() {
    const views = this.view < this.views.length ? [this.view] : this.views.map((_, index) => index);
    const own = views.map((view) => this.pane(view));
    if (this.pastShown === null) return own;
    const most = this.past[this.pastShown].views.length;
    const others = [...new Set(views.map((view) => Math.min(view, most - 1)))];
    return [...own, ...others.map((view) => this.pane(view, this.pastShown))];
  }

  // Puts the images that are shown; the focus stays in an image if it was in one.
  arrange() {
    const inside = document.activeElement?.closest?.(".xv-stage");
    const { shown } = this;
    this.room.replaceChildren(...shown.map((one) => one.root));
    this.room.dataset.panes = shown.length;
    if (!shown.includes(this.active)) this.activate(shown[0]);
    this.lead(this.active);
    for (const one of shown) {
      one.load();
      one.reshade();
    }
    this.tools.show();
    this.showPast();
    if (inside) this.active.stage.focus({ preventScroll: true });
  }

  activate(pane) {
    this.active = pane;
    for (const one of this.panes.values()) one.root.classList.toggle("xv-active", one === pane);
  }

  exact() {
    if (this.whole || !this.shown.every((one) => one.past || one.scan)) return;
    this.whole = true;
    this.element.dispatchEvent(new CustomEvent("xray:exact", { bubbles: true }));
  }

  // An image was moved or zoomed: the others follow.
  placed(pane) {
    pane.redraw();
    this.lead(pane);
    const { percent } = pane;
    if (percent === pane.spoken) return;
    pane.spoken = percent;
    this.later(this.say(pane.place.whole ? "whole_said" : "zoom_said", { percent }));
  }

  lead(pane) {
    if (!this.linked || !pane) return;
    for (const one of this.shown) {
      if (one === pane) continue;
      one.place.follow(pane.place.shared);
      one.redraw();
    }
  }

  // Brings the place of a mark or candidate into sight, in the view where it lies.
  see({ view, box }) {
    const place = this.views.findIndex((one) => one.name === view);
    if (place < 0) return;
    if (this.view < this.views.length && this.view !== place) {
      this.view = place;
      this.arrange();
    }
    const pane = this.pane(place);
    this.activate(pane);
    pane.place.look(box);
    this.placed(pane);
  }

  // ---- what keys and buttons do

  own() {
    return {
      in: () => this.active.zoom(STEP),
      out: () => this.active.zoom(1 / STEP),
      whole: () => {
        this.active.place.fit();
        this.placed(this.active);
      },
      actual: () => this.active.zoomAt(1),
      slice_back: () => this.step(-1),
      slice_on: () => this.step(1),
      view: () => this.nextView(),
      link: () => {
        this.linked = !this.linked;
        this.lead(this.active);
        this.tell(this.say(this.linked ? "on" : "off", { what: this.say("link") }));
      },
      past: () => this.compare(this.pastShown === null ? 0 : this.pastShown + 1),
      no_past: () => this.compare(null),
      keys: () => this.sheet.open(),
    };
  }

  offers(name) {
    if (["candidates", "candidate"].includes(name)) return this.suspicions.candidates.length > 0;
    if (["past", "no_past"].includes(name)) return this.past.length > 0;
    if (name === "slice_back" || name === "slice_on") return this.views.some((one) => one.slices > 1);
    if (name === "view") return this.views.length > 1;
    if (name === "link") return this.views.length > 1 || this.past.length > 0;
    return true;
  }

  key(event) {
    const row = keyOf(event);
    const inside = this.element.contains(event.target);
    if (!row || this.sheet.root.open || writing(event.target)) return;
    if (!inside && (!this.wide || !everywhere() || row.inside)) return;
    if (row.inside && !event.target.closest?.(".xv-stage")) return;
    if (["enter", "escape"].includes(row.does) && !this.suspicions.tool) return;
    if (!this.offers(row.does)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.repeat && !HELD.has(row.does)) return;
    const grow = row.does === "grow";
    if (grow || row.does === "arrow") this.arrow(direction(event), grow, event.repeat ? HELD_TIMES : 1);
    else this.does(row.does);
  }

  arrow([x, y], grow, times) {
    if (this.suspicions.arrow([x, y], grow, times) || grow) return;
    const { stage } = this.active;
    this.active.move(-x * PAN_SHARE * times * stage.clientWidth, -y * PAN_SHARE * times * stage.clientHeight);
  }

  does(name) {
    if (this.choices.can(name)) this.acts[name]();
    else this.tell(this.say("not_here", { what: this.say(name === "base" ? "base_low" : name) }));
    this.tools.show();
  }

  // One slice further in the stack that has the focus, or else in the first that is shown.
  step(by) {
    const pane = [this.active, ...this.shown].find((one) => one.step(by));
    if (!pane) return;
    this.choices.noted("slice");
    this.later(this.say("slice", { number: pane.scan.slice + 1, all: pane.scan.slices }));
  }

  nextView() {
    this.suspicions.leave();
    this.view = (this.view + 1) % (this.views.length + 1);
    this.arrange();
    const one = this.views[this.view];
    this.tell(one ? this.say("image", { name: one.name }) : this.say("all_views"));
  }

  // Shows the past image of this number beside; after the last one, and for null, none.
  compare(number) {
    this.pastShown = number !== null && number < this.past.length ? number : null;
    this.arrange();
    if (this.pastShown === null) {
      this.tell(this.say("past_gone"));
      return;
    }
    this.choices.noted("past");
    const { title: name } = this.past[number];
    this.tell(this.say("past_said", { number: number + 1, all: this.past.length, name }));
  }

  // ---- words

  tell(words) {
    clearTimeout(this.speaking);
    this.said.textContent = words;
  }

  // What changes with every press is said once it rests.
  later(words) {
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => (this.said.textContent = words), SAY_AFTER_MS);
  }

  end() {
    this.ended.abort();
    clearTimeout(this.speaking);
    for (const one of this.panes.values()) one.end();
    delete this.element.viewer;
  }
}

// A pitch that is unknown or makes no sense is none.
const checked = (view) => ({ ...view, pitch_mm: view.pitch_mm?.every((one) => one > 0) ? view.pitch_mm : null });
