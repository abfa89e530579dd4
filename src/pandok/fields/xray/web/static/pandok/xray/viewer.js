// The viewer of scans: joins images, functions, suspicions and keys. What it is told stands in `data-scan` of its element:
// { language, views: [{ name, rows, columns, planes, preview, planes_url, pitch_mm: [row, column] | null, approximate,
// penetration_limit_t }], marks: [{ view, box }], candidates: [{ view, box, reason, number }], past: [{ title, views }],
// keys: [{ keys, words }] }. Boxes are [x1, y1, x2, y2] in pixels of the view. What it tells: the hidden fields
// `data-xray-marks` and `data-xray-functions` as JSON, each with a `change`; the events `xray:exact` (once: all images that are
// shown are exact) and `xray:function` on its element.
import { direction, keyOf, writing } from "./keys.js";
import { KeySheet, everywhere } from "./keysheet.js";
import { candidateList, legend, markList } from "./lists.js";
import { Marks, grown, moved } from "./marks.js";
import { Pane, html } from "./pane.js";
import { PLAIN } from "./reference.js";
import { Tools } from "./tools.js";
import { speaker } from "./words.js";

const STEP = 1.5;
const PAN_SHARE = 0.12; // of the room, at one press of an arrow
const CURSOR_CSS_PX = 6;
const HELD_TIMES = 4; // a key that is held down moves so much faster
const HELD = new Set(["arrow", "grow", "in", "out"]); // what goes on while the key is held down
const SAY_AFTER_MS = 350;
const WIDE = "(min-width: 64rem)";
const BASES = ["colour", "high", "low"];

// options: { most } largest texture, { flat } without the graphics card; for tests and old machines.
export function mount(element, options = {}) {
  return (element.viewer ??= new Viewer(element, options));
}

class Viewer {
  constructor(element, options) {
    const told = JSON.parse(element.dataset.scan);
    const past = (told.past ?? []).map((one) => ({ ...one, views: one.views.map(checked) }));
    Object.assign(this, { element, options, views: told.views.map(checked), past, candidates: told.candidates ?? [] });
    this.say = speaker(told.language);
    this.chosen = { ...PLAIN };
    this.ended = new AbortController();
    this.panes = new Map();
    this.used = [];
    [this.view, this.pastShown, this.tool, this.candidate] = [0, null, null, -1];
    [this.linked, this.helped] = [true, this.candidates.length > 0];
    if (this.views.length > 1 && matchMedia(WIDE).matches) this.view = this.views.length; // all
    const field = (name) => element.querySelector(`[data-xray-${name}]`);
    this.functions = field("functions");
    this.marks = new Marks(field("marks"), told.marks ?? []);
    this.marks.chosen = this.marks.all.length - 1;

    this.images = [...element.querySelectorAll("[data-xray-preview]")];
    this.room = html("div", "xv-room");
    this.said = html("p", "xv-said");
    this.said.setAttribute("role", "status");
    this.lists = html("div", "xv-lists");
    this.tools = new Tools(this);
    this.wide = element.dataset.keys === "page";
    this.sheet = new KeySheet(this, told.keys ?? [], this.wide);
    element.querySelector("[data-xray-plain]")?.remove();
    element.append(this.tools.root, this.said, this.room, legend(this), this.lists, this.sheet.root);
    this.arrange();
    this.list();
    const where = this.wide ? document : element;
    where.addEventListener("keydown", (event) => this.key(event), { capture: true, signal: this.ended.signal });
    const free = !document.activeElement || document.activeElement === document.body || document.activeElement.matches("h1, main");
    if (this.wide && free) this.active.stage.focus({ preventScroll: true });
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

  arrange() {
    const { shown } = this;
    this.room.replaceChildren(...shown.map((one) => one.root));
    this.room.dataset.panes = shown.length;
    if (!shown.includes(this.active)) this.activate(shown[0]);
    this.lead(this.active);
    for (const one of shown) {
      one.load();
      one.resize();
      one.reshade();
    }
    this.tools.show();
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

  // A pane was moved or zoomed: the others follow.
  placed(pane) {
    pane.redraw();
    this.lead(pane);
    const percent = Math.round(100 * pane.place.size);
    if (percent !== pane.spoken) {
      pane.spoken = percent;
      this.later(this.say(pane.place.whole ? "whole_said" : "zoom_said", { percent }));
    }
  }

  lead(pane) {
    if (!this.linked || !pane) return;
    for (const one of this.shown) {
      if (one === pane) continue;
      one.place.follow(pane.place.shared);
      one.redraw();
    }
  }

  // ---- functions

  offers(name) {
    if (["candidates", "candidate"].includes(name)) return this.candidates.length > 0;
    if (["past", "no_past"].includes(name)) return this.past.length > 0;
    if (name === "view") return this.views.length > 1;
    if (name === "link") return this.views.length > 1 || this.past.length > 0;
    return true;
  }

  can(name) {
    const has = (plane) => this.views.some((one) => one.planes.includes(plane));
    if (["organic", "inorganic"].includes(name)) return has("material");
    if (name === "base") return has("material") || has("low");
    return true;
  }

  key(event) {
    const row = keyOf(event);
    const inside = this.element.contains(event.target);
    if (!row || this.sheet.root.open || writing(event.target)) return;
    if (!inside && (!this.wide || !everywhere() || row.inside)) return;
    const onImage = Boolean(event.target.closest?.(".xv-stage"));
    if (row.inside && !onImage) return;
    if (["enter", "escape"].includes(row.does) && !this.tool) return;
    if (!this.offers(row.does)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.repeat && !HELD.has(row.does)) return;
    if (["arrow", "grow"].includes(row.does)) this.arrow(direction(event), row.does === "grow", event.repeat ? HELD_TIMES : 1);
    else this.does(row.does);
  }

  does(name) {
    if (!this.can(name)) {
      this.tell(this.say("not_here", { what: this.say(name === "base" ? "base_low" : name) }));
      return;
    }
    if (this[`do_${name}`]) this[`do_${name}`]();
    else this.toggle(name);
    this.tools.show();
  }

  // A function that is on or off.
  toggle(name) {
    const { chosen, say } = this;
    let on;
    if (name === "organic" || name === "inorganic") {
      on = chosen.strip !== name;
      chosen.strip = on ? name : "";
    } else on = chosen[name] = !chosen[name];
    this.noted(name);
    this.reshade();
    this.tell(say(on ? "on" : "off", { what: say(name) }));
  }

  reshade() {
    for (const one of this.shown) one.reshade();
  }

  noted(name) {
    this.used.push(name);
    if (this.functions) {
      this.functions.value = JSON.stringify(this.used);
      this.functions.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.element.dispatchEvent(new CustomEvent("xray:function", { bubbles: true, detail: { name, chosen: { ...this.chosen } } }));
  }

  do_plain() {
    Object.assign(this.chosen, PLAIN);
    this.noted("plain");
    this.reshade();
    this.tell(this.say("plain_said"));
  }

  do_base() {
    const has = (plane) => this.views.some((one) => one.planes.includes(plane));
    const able = BASES.filter((one) => one === "high" || (one === "colour" ? has("material") : has("low")));
    this.chosen.base = able[(able.indexOf(this.chosen.base) + 1) % able.length];
    this.noted(`base_${this.chosen.base}`);
    this.reshade();
    this.tell(this.say(`base_${this.chosen.base}`));
  }

  do_in() {
    this.active.zoom(STEP);
  }

  do_out() {
    this.active.zoom(1 / STEP);
  }

  do_whole() {
    this.active.place.fit();
    this.placed(this.active);
  }

  do_actual() {
    this.active.zoomAt(1);
  }

  do_view() {
    this.leave();
    this.view = (this.view + 1) % (this.views.length + 1);
    this.refocus(() => this.arrange());
    this.tell(this.view < this.views.length ? this.say("image", { name: this.views[this.view].name }) : this.say("all_views"));
  }

  do_link() {
    this.linked = !this.linked;
    this.lead(this.active);
    this.tell(this.say(this.linked ? "on" : "off", { what: this.say("link") }));
  }

  do_past() {
    const next = this.pastShown === null ? 0 : this.pastShown + 1;
    if (next >= this.past.length) {
      this.do_no_past();
      return;
    }
    this.pastShown = next;
    this.noted("past");
    this.refocus(() => this.arrange());
    this.tell(this.say("past_said", { number: next + 1, all: this.past.length, name: this.past[next].title }));
  }

  do_no_past() {
    this.pastShown = null;
    this.refocus(() => this.arrange());
    this.tell(this.say("past_gone"));
  }

  // The focus stays in an image, though images are put again.
  refocus(act) {
    const held = document.activeElement?.closest?.(".xv-stage");
    act();
    if (held) this.active.stage.focus({ preventScroll: true });
  }

  do_keys() {
    this.sheet.open();
  }

  // ---- suspicions and lengths

  arrow([x, y], grow, times) {
    const pane = this.active;
    const step = (CURSOR_CSS_PX * times * pane.ratio) / pane.place.size;
    const [dx, dy] = [Math.max(1, step / pane.place.wide) * x, Math.max(1, step / pane.place.high) * y];
    if (this.tool === "mark" && pane.cursor) {
      pane.cursor = grow ? grown(pane.cursor, 2 * dx, 2 * dy, pane.view) : moved(pane.cursor, dx, dy, pane.view);
      this.follow(pane, pane.cursor);
      this.later(this.say("cursor", this.boxWords(pane.view, pane.cursor)));
    } else if (this.tool === "ruler" && pane.length) {
      const end = grow ? 0 : 1;
      pane.length[end] = held([pane.length[end][0] + dx, pane.length[end][1] + dy], pane.view);
      const [column, row] = pane.length[end];
      this.follow(pane, [column, row, column, row]);
      this.later(this.lengthWords(pane));
    } else if (!grow) {
      pane.move(-x * PAN_SHARE * times * pane.stage.clientWidth, -y * PAN_SHARE * times * pane.stage.clientHeight);
    }
  }

  follow(pane, box) {
    pane.place.look(box);
    this.placed(pane);
  }

  do_mark() {
    const on = this.tool === "mark";
    this.leave();
    if (on) return;
    if (this.active.past) this.activate(this.shown[0]);
    const pane = this.active;
    const [x1, y1, x2, y2] = pane.place.visible;
    const [x, y, wide, high] = [(x1 + x2) / 2, (y1 + y2) / 2, (x2 - x1) / 12, (y2 - y1) / 12];
    pane.cursor = [x - wide, y - high, x + wide, y + high];
    this.begin("mark", pane, "marking");
  }

  do_ruler() {
    const on = this.tool === "ruler";
    this.leave();
    if (on) return;
    const pane = this.active;
    const [x1, y1, x2, y2] = pane.place.visible;
    pane.length = [[x1 + (x2 - x1) / 3, (y1 + y2) / 2], [x1 + (2 * (x2 - x1)) / 3, (y1 + y2) / 2]];
    this.begin("ruler", pane, "measuring");
  }

  begin(tool, pane, words) {
    this.tool = tool;
    this.room.dataset.tool = tool;
    pane.stage.focus({ preventScroll: true });
    pane.redraw();
    this.tell(this.say(words));
  }

  leave() {
    this.tool = null;
    delete this.room.dataset.tool;
    for (const one of this.panes.values()) {
      one.cursor = one.length = null;
      one.redraw();
    }
  }

  do_escape() {
    if (!this.tool) return;
    this.leave();
    this.tell(this.say("left"));
  }

  do_enter() {
    if (this.tool === "mark" && this.active.cursor) this.marked(this.active, this.active.cursor);
    else if (this.tool === "ruler") this.measured(this.active);
  }

  marked(pane, box) {
    const kept = this.marks.add(pane.view, box);
    this.leave();
    this.list();
    this.tools.show();
    this.tell(this.say("marked", { number: this.marks.all.length, size: this.sizeWords(pane.view, kept.box) }));
  }

  // The length stays on the image until the ruler is put away.
  measured(pane) {
    this.noted("ruler");
    this.tell(this.lengthWords(pane));
  }

  choose(pane, [column, row]) {
    const found = this.marks.all.findLastIndex(
      ({ view, box: [x1, y1, x2, y2] }) => view === pane.view.name && column >= x1 && column <= x2 && row >= y1 && row <= y2,
    );
    if (found >= 0) this.show(found);
  }

  show(index) {
    this.marks.chosen = index;
    const one = this.marks.all[index];
    this.see(one);
    this.list();
    this.tell(`${this.say("mark_name", { number: index + 1 })}: ${this.placeWords(one)}`);
  }

  // Brings the place of a mark or candidate into sight, in the view where it lies.
  see({ view, box }) {
    const place = this.views.findIndex((one) => one.name === view);
    if (place < 0) return;
    if (this.view < this.views.length && this.view !== place) {
      this.view = place;
      this.refocus(() => this.arrange());
    }
    const pane = this.pane(place);
    this.activate(pane);
    pane.place.look(box);
    this.placed(pane);
  }

  do_next_mark() {
    if (this.marks.step(1)) this.show(this.marks.chosen);
    else this.tell(this.say("no_marks"));
  }

  do_last_mark() {
    if (this.marks.step(-1)) this.show(this.marks.chosen);
    else this.tell(this.say("no_marks"));
  }

  do_delete() {
    if (this.marks.all.length) this.remove(this.marks.chosen);
    else this.tell(this.say("no_marks"));
  }

  remove(index) {
    const inList = this.lists.contains(document.activeElement);
    if (!this.marks.remove(index)) return;
    this.list();
    for (const one of this.shown) one.redraw();
    if (inList) (this.lists.querySelector("button") ?? this.active.stage).focus({ preventScroll: true });
    this.tell(this.say("deleted", { number: index + 1, left: this.marks.all.length }));
  }

  do_candidate() {
    this.showCandidate((this.candidate + 1) % this.candidates.length);
  }

  showCandidate(index) {
    [this.candidate, this.helped] = [index, true];
    const one = this.candidates[index];
    this.noted("candidate");
    this.see(one);
    this.list();
    this.tools.show();
    this.tell(this.say("candidate", { number: one.number ?? index + 1, reason: one.reason }));
  }

  do_candidates() {
    this.helped = !this.helped;
    this.noted(this.helped ? "candidates_on" : "candidates_off");
    for (const one of this.shown) one.redraw();
    this.tell(this.say(this.helped ? "on" : "off", { what: this.say("candidates") }));
  }

  list() {
    this.lists.replaceChildren(markList(this), ...(this.candidates.length ? [candidateList(this)] : []));
    for (const one of this.shown) one.redraw();
  }

  // ---- words

  sizeWords({ pitch_mm: pitch }, [x1, y1, x2, y2]) {
    const [x, y] = [(x2 - x1) * (pitch?.[1] ?? 1), (y2 - y1) * (pitch?.[0] ?? 1)].map(Math.round);
    return this.say(pitch ? "millimetres" : "pixels", { x, y });
  }

  boxWords(view, box) {
    const share = (a, b, most) => Math.round((50 * (a + b)) / most);
    return { x: share(box[0], box[2], view.columns), y: share(box[1], box[3], view.rows), size: this.sizeWords(view, box) };
  }

  placeWords({ view: name, box }) {
    const view = this.views.find((one) => one.name === name);
    return view ? this.say("mark_place", { view: name, ...this.boxWords(view, box) }) : name;
  }

  lengthWords(pane) {
    const [from, to] = pane.length;
    const mm = pane.place.length(from, to);
    if (mm !== null) return this.say("length_mm", { length: mm < 100 ? mm.toFixed(1) : Math.round(mm) });
    return this.say("length_px", { length: Math.round(Math.hypot(to[0] - from[0], to[1] - from[1])) });
  }

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

const held = ([x, y], view) => [Math.min(view.columns, Math.max(0, x)), Math.min(view.rows, Math.max(0, y))];
